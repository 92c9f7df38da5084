/** The bit of each field in `customers.missing_fields`, set while the field is empty; the migration has the same list. */
export const RECORD_FIELD_BITS = {
  name: 1,
  phone: 2,
  email: 4,
  birthDate: 8,
  gender: 16,
  city: 32,
  street: 64,
  postalCode: 128,
  interests: 256,
  social: 512,
  nationalId: 1024,
  weddingDate: 2048,
  housing: 4096,
  weightGrams: 8192,
  heightMm: 16_384,
} as const;

export type CompletenessField = keyof typeof RECORD_FIELD_BITS;

/** Every field there is, those worth asking for first. */
export const COMPLETENESS_FIELDS = [
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
] as const satisfies readonly CompletenessField[];

/** The bits of these fields together. */
export function bitsOf(fields: readonly CompletenessField[]): number {
  return fields.reduce((bits, field) => bits | RECORD_FIELD_BITS[field], 0);
}
