/** Shopify's refusals at the fields of the form. */
import type { Refusal } from '#app/integrations/shopify/customers.server.ts';
import type { FieldErrorCode, FieldErrors } from '#app/lib/field-errors.ts';

const FIELDS = new Map([
  ['email', 'email'],
  ['phone', 'phone'],
  ['firstName', 'firstName'],
  ['lastName', 'lastName'],
  ['note', 'note'],
  ['address1', 'street'],
  ['address2', 'street'],
  ['city', 'city'],
  ['province', 'provinceCode'],
  ['provinceCode', 'provinceCode'],
  ['country', 'countryCode'],
  ['countryCode', 'countryCode'],
  ['zip', 'postalCode'],
]);

const CODES: Record<Refusal['reason'], FieldErrorCode> = {
  taken: 'taken',
  too_long: 'too_long',
  required: 'required',
  invalid: 'refused',
};

/** What the form shows; a refusal of something that it has no field for stands above it. */
export function fieldErrorsOf(refusals: readonly Refusal[]): FieldErrors {
  const errors: FieldErrors = {};
  for (const { field, reason } of refusals) {
    const name = (field === null ? undefined : FIELDS.get(field)) ?? 'form';
    errors[name] ??= { code: name === 'form' ? 'refused' : CODES[reason] };
  }
  return refusals.length > 0 ? errors : { form: { code: 'refused' } };
}
