/** A customer's addresses at Shopify: several, of which the record holds the default one. */
import type { CustomerAddress } from '#app/modules/customers/rules/customer-record.ts';
import type { AddressPartsFragment } from '#app/types/admin.generated.d.ts';

/** As the list in `customerSet` takes it; with an id it is one that is there already. */
interface AddressInput {
  id?: string;
  firstName?: string | null;
  lastName?: string | null;
  company?: string | null;
  address1: string | null;
  address2: string | null;
  city: string | null;
  provinceCode: string | null;
  countryCode: string | null;
  zip: string | null;
  phone?: string | null;
}

/**
 * The whole list to send so that the default address becomes `wanted` and no other one is lost; null takes the default
 * one away. The record's address is the first of the list.
 */
export function addressesWith(
  known: readonly AddressPartsFragment[],
  defaultId: string | null,
  wanted: CustomerAddress | null,
): AddressInput[] {
  const held = known.find(({ id }) => id === defaultId);
  const others = known.filter((each) => each !== held).map(asInput);
  if (wanted === null) return others;
  return [{ ...(held ? asInput(held) : {}), ...placeOf(wanted, held) }, ...others];
}

function asInput({ countryCodeV2, province: _province, ...parts }: AddressPartsFragment): AddressInput {
  const { address1 = null, address2 = null, city = null, provinceCode = null, zip = null } = parts;
  return { ...parts, address1, address2, city, provinceCode, zip, countryCode: countryCodeV2 ?? null };
}

/** Shopify's two lines of a street stay two while the street is the same. */
function placeOf(wanted: CustomerAddress, held: AddressPartsFragment | undefined) {
  const isSameStreet = held !== undefined && streetOf(held) === wanted.street;
  return {
    address1: isSameStreet ? (held.address1 ?? null) : wanted.street,
    address2: isSameStreet ? (held.address2 ?? null) : null,
    city: wanted.city,
    provinceCode: wanted.provinceCode,
    countryCode: wanted.countryCode,
    zip: wanted.postalCode,
  };
}

/** The street of a customer's default address as the record holds it, or null. */
export function streetOf({ address1, address2 }: AddressPartsFragment): string | null {
  return [address1, address2].filter(Boolean).join(', ') || null;
}
