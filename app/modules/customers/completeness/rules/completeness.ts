/** F11: how much is known of a customer, and what is missing. */

interface FieldRule {
  /** Its bit in `customers.missing_fields`; the migration has the same list. */
  bit: number;
  /** What it is worth in the score, against the others that are asked for. */
  weight: number;
  /** Asked for only by shops that switched on sensitive fields (C10); `wedding` also by those who give at weddings. */
  asks: 'all' | 'sensitive' | 'wedding';
}

export const FIELD_RULES = {
  name: { bit: 1, weight: 15, asks: 'all' },
  phone: { bit: 2, weight: 20, asks: 'all' },
  email: { bit: 4, weight: 15, asks: 'all' },
  birthDate: { bit: 8, weight: 15, asks: 'all' },
  gender: { bit: 16, weight: 5, asks: 'all' },
  city: { bit: 32, weight: 10, asks: 'all' },
  street: { bit: 64, weight: 5, asks: 'all' },
  postalCode: { bit: 128, weight: 5, asks: 'all' },
  interests: { bit: 256, weight: 5, asks: 'all' },
  social: { bit: 512, weight: 5, asks: 'all' },
  nationalId: { bit: 1024, weight: 10, asks: 'sensitive' },
  weddingDate: { bit: 2048, weight: 5, asks: 'wedding' },
  housing: { bit: 4096, weight: 5, asks: 'sensitive' },
  weightGrams: { bit: 8192, weight: 3, asks: 'sensitive' },
  heightMm: { bit: 16_384, weight: 2, asks: 'sensitive' },
} as const satisfies Record<string, FieldRule>;

export type CompletenessField = keyof typeof FIELD_RULES;

/** Every field there is, those worth asking for first. */
export const COMPLETENESS_FIELDS: readonly CompletenessField[] = [
  'phone',
  'name',
  'email',
  'birthDate',
  'city',
  'nationalId',
  'gender',
  'street',
  'postalCode',
  'interests',
  'social',
  'weddingDate',
  'housing',
  'weightGrams',
  'heightMm',
];

/** Customers who lack something are counted exactly so far; beyond it is "more than". */
export const COUNT_EXACT_MAX = 10_000;

/** What a shop asks of its customers. */
export interface Asked {
  sensitive: boolean;
  wedding: boolean;
}

export interface Completeness {
  /** Whole percent by weight, rounded down: 100 means that nothing is missing. */
  score: number;
  /** In the order of `COMPLETENESS_FIELDS`. */
  missing: CompletenessField[];
}

/** The fields that count for a shop, in the order of `COMPLETENESS_FIELDS`. */
export function askedFields(asked: Asked): CompletenessField[] {
  return COMPLETENESS_FIELDS.filter((field) => {
    const { asks } = FIELD_RULES[field];
    return asks === 'all' || (asks === 'wedding' && asked.wedding) || asked.sensitive;
  });
}

/** The bits of these fields together. */
export function bitsOf(fields: readonly CompletenessField[]): number {
  return fields.reduce((bits, field) => bits | FIELD_RULES[field].bit, 0);
}

/** How complete a record is whose empty fields are the bits of `missingBits`. */
export function completenessOf(missingBits: number, asked: Asked): Completeness {
  const fields = askedFields(asked);
  const missing = fields.filter((field) => (missingBits & FIELD_RULES[field].bit) !== 0);
  const worth = (some: readonly CompletenessField[]) =>
    some.reduce((sum, field) => sum + FIELD_RULES[field].weight, 0);
  return { score: Math.floor((100 * (worth(fields) - worth(missing))) / worth(fields)), missing };
}

/** A field by its name in an address; null for any other text. */
export function readField(text: string | null): CompletenessField | null {
  return COMPLETENESS_FIELDS.find((field) => field === text) ?? null;
}
