import type { CustomerAddress } from './rules/address.ts';
import { formerProvince } from './rules/match-region.ts';
import { readRegions } from './regions.server.ts';

/**
 * Returns the address with a province that Shopify accepts: Indonesia's provinces of 2022 become the one they were
 * part of, and countries whose addresses have no province get none. Everything else is left unchanged.
 */
export function toShopifyAddress(address: CustomerAddress): CustomerAddress {
  const { countryCode, provinceCode } = address;
  if (countryCode === null || provinceCode === null) return address;
  const index = readRegions(countryCode);
  if (index === null) return address;
  return { ...address, provinceCode: index.hasZones ? formerProvince(countryCode, provinceCode) : null };
}
