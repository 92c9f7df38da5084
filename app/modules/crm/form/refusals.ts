/** Shopify's user errors at the fields of the form. */
import type { Refusal } from '#app/integrations/shopify/customer-refusals.ts';
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

/** Returns the errors that the form shows; one without a field of the form is shown above it. */
export function toFieldErrors(refusals: readonly Refusal[]): FieldErrors {
  const errors: FieldErrors = {};
  for (const { field, reason } of refusals) {
    const name = (field === null ? undefined : FIELDS.get(field)) ?? 'form';
    errors[name] ??= { code: name === 'form' ? 'refused' : CODES[reason] };
  }
  return refusals.length > 0 ? errors : { form: { code: 'refused' } };
}
