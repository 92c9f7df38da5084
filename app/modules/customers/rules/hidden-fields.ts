/** What Shopify doesn't show of a customer is no statement about it: what is stored stays. */
import type { CustomerAddress } from '#app/modules/regions/rules/address.ts';
import type { CustomerRecord } from './customer-record.ts';

const FIELDS = [
  ['firstName', 'name'],
  ['lastName', 'name'],
  ['email', 'email'],
  ['phone', 'phone'],
] as const;

/**
 * Returns the fields without empty ones whose content (`name`, `email`, `phone`) the app is not approved to read: they
 * may have a value at Shopify.
 */
export function withoutHidden(
  fields: Readonly<Partial<CustomerRecord>>,
  unapproved: ReadonlySet<string>,
): Partial<CustomerRecord> {
  const shown = { ...fields };
  for (const [field, content] of FIELDS)
    if (unapproved.has(content) && shown[field] === null) delete shown[field];
  return shown;
}

/** Returns an address of which Shopify hides street and postal code: the known ones stay while the place is the same. */
export function withKnownStreet(
  shown: CustomerAddress | null,
  known: CustomerAddress | null,
): CustomerAddress | null {
  const isSamePlace =
    shown &&
    known &&
    shown.countryCode === known.countryCode &&
    shown.provinceCode === known.provinceCode &&
    shown.city === known.city;
  if (!isSamePlace) return shown;
  return {
    ...shown,
    street: shown.street ?? known.street,
    postalCode: shown.postalCode ?? known.postalCode,
  };
}
