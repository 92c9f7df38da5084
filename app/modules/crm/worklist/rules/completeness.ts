/** F11: how much is known of a customer, and what is missing. */
import {
  COMPLETENESS_FIELDS,
  RECORD_FIELD_BITS,
  type CompletenessField,
} from '#app/modules/customers/rules/field-bits.ts';

interface FieldRule {
  /** What it is worth in the score, against the others that are asked for. */
  weight: number;
  /** Only in shops that turned on sensitive fields (C10); `wedding` also with the anniversary gift. */
  asks: 'all' | 'sensitive' | 'wedding';
}

export const FIELD_RULES = {
  name: { weight: 15, asks: 'all' },
  phone: { weight: 20, asks: 'all' },
  email: { weight: 15, asks: 'all' },
  birthDate: { weight: 15, asks: 'all' },
  gender: { weight: 5, asks: 'all' },
  city: { weight: 10, asks: 'all' },
  street: { weight: 5, asks: 'all' },
  postalCode: { weight: 5, asks: 'all' },
  interests: { weight: 5, asks: 'all' },
  social: { weight: 5, asks: 'all' },
  nationalId: { weight: 10, asks: 'sensitive' },
  weddingDate: { weight: 5, asks: 'wedding' },
  housing: { weight: 5, asks: 'sensitive' },
  weightGrams: { weight: 3, asks: 'sensitive' },
  heightMm: { weight: 2, asks: 'sensitive' },
} as const satisfies Record<CompletenessField, FieldRule>;

/** Incomplete customers are counted exactly up to here; above it is "more than". */
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

/** How complete a record is whose empty fields are the bits of `missingBits`. */
export function completenessOf(missingBits: number, asked: Asked): Completeness {
  const fields = askedFields(asked);
  const missing = fields.filter((field) => (missingBits & RECORD_FIELD_BITS[field]) !== 0);
  const worth = (some: readonly CompletenessField[]) =>
    some.reduce((sum, field) => sum + FIELD_RULES[field].weight, 0);
  return { score: Math.floor((100 * (worth(fields) - worth(missing))) / worth(fields)), missing };
}

/** A field by its name in an address; null for any other text. */
export function readField(text: string | null): CompletenessField | null {
  return COMPLETENESS_FIELDS.find((field) => field === text) ?? null;
}
