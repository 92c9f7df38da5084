/**
 * A customer's addresses at Shopify: several, of which the record holds the default one. They are changed one by one: a
 * list that is sent would replace all of them, and what Shopify did not show us would be erased.
 */
import { idToGid } from '#app/lib/ids.ts';
import type {
  AddDefaultAddressMutation,
  AddressPartsFragment,
  ChangeAddressMutation,
  DeleteAddressMutation,
  SetDefaultAddressMutation,
} from '#app/types/admin.generated.d.ts';
import { adminGraphql } from './admin-client.server.ts';
import {
  ADD_DEFAULT_ADDRESS,
  CHANGE_ADDRESS,
  DELETE_ADDRESS,
  SET_DEFAULT_ADDRESS,
} from './operations/customers.ts';

/** The new default address of a customer. */
export interface WantedAddress {
  /** ISO 3166-1 alpha-2. */
  countryCode: string | null;
  /** ISO 3166-2 without the country. */
  provinceCode: string | null;
  city: string | null;
  postalCode: string | null;
  street: string | null;
}

/** A customer's addresses as far as Shopify shows them; the parts that it doesn't show are absent. */
export interface HeldAddresses {
  defaultAddress: AddressPartsFragment | null;
  /** The id of one that is not the default; null for none. */
  otherId: string | null;
}

/** In the shape of Shopify's input. */
export interface AddressInput {
  address1?: string | null;
  address2?: string | null;
  city?: string | null;
  provinceCode?: string | null;
  countryCode?: string | null;
  zip?: string | null;
}

/** What Shopify refused, as its payloads say it. */
export type AddressErrors = readonly { field?: readonly string[] | null; message: string }[];

/** Returns the input of an address that Shopify doesn't have yet. */
export function newAddress(wanted: WantedAddress): AddressInput {
  const { countryCode, provinceCode, city, street, postalCode } = wanted;
  return { countryCode, provinceCode, city, address1: street, address2: null, zip: postalCode };
}

/**
 * Makes `wanted` the customer's default address, or removes the default one (null). Returns Shopify's refusals. Running
 * it again changes nothing.
 * @throws UpstreamError
 */
export async function setDefaultAddress(
  shopDomain: string,
  customerId: bigint,
  { defaultAddress, otherId }: HeldAddresses,
  wanted: WantedAddress | null,
): Promise<AddressErrors> {
  const customer = { customerId: idToGid('Customer', customerId) };
  if (wanted === null) {
    if (!defaultAddress) return [];
    if (otherId !== null) {
      const next = await adminGraphql<SetDefaultAddressMutation>(shopDomain, SET_DEFAULT_ADDRESS, {
        ...customer,
        addressId: otherId,
      });
      const errors = next.customerUpdateDefaultAddress?.userErrors ?? [];
      if (errors.length > 0) return errors;
    }
    const gone = await adminGraphql<DeleteAddressMutation>(shopDomain, DELETE_ADDRESS, {
      ...customer,
      addressId: defaultAddress.id,
    });
    return gone.customerAddressDelete?.userErrors ?? [];
  }
  if (!defaultAddress) {
    const address = newAddress(wanted);
    const added = await adminGraphql<AddDefaultAddressMutation>(shopDomain, ADD_DEFAULT_ADDRESS, {
      ...customer,
      address,
    });
    return added.customerAddressCreate?.userErrors ?? [];
  }
  const address = changedParts(defaultAddress, wanted);
  if (Object.keys(address).length === 0) return [];
  const changed = await adminGraphql<ChangeAddressMutation>(shopDomain, CHANGE_ADDRESS, {
    ...customer,
    addressId: defaultAddress.id,
    address,
  });
  return changed.customerAddressUpdate?.userErrors ?? [];
}

/**
 * Returns the parts in which the wanted address differs from what Shopify shows: a part that it doesn't show us, and
 * that nobody has typed, is left alone. Shopify's two lines of a street stay two while the street is unchanged.
 */
export function changedParts(held: AddressPartsFragment, wanted: WantedAddress): AddressInput {
  const isSamePlace =
    (held.countryCodeV2 ?? null) === wanted.countryCode &&
    (held.provinceCode || null) === wanted.provinceCode;
  return {
    ...(streetOf(held) === wanted.street ? {} : { address1: wanted.street, address2: null }),
    ...((held.city || null) === wanted.city ? {} : { city: wanted.city }),
    // A province is one of its country.
    ...(isSamePlace ? {} : { provinceCode: wanted.provinceCode, countryCode: wanted.countryCode }),
    ...((held.zip || null) === wanted.postalCode ? {} : { zip: wanted.postalCode }),
  };
}

/** Returns whether Shopify's default address is the wanted one, as far as it shows it. */
export function isDefaultAddress(held: AddressPartsFragment | null, wanted: WantedAddress | null): boolean {
  if (held === null || wanted === null) return held === wanted;
  const hidden = [
    ...(held.address1 === undefined ? ['address1', 'address2'] : []),
    ...(held.zip === undefined ? ['zip'] : []),
  ];
  return Object.keys(changedParts(held, wanted)).every((part) => hidden.includes(part));
}

/** Returns the street of a customer's default address as the record stores it, or null. */
function streetOf({ address1, address2 }: AddressPartsFragment): string | null {
  return [address1, address2].filter(Boolean).join(', ') || null;
}
