import type { CustomerAddress } from '#app/modules/customers/rules/customer-record.ts';
import { formerProvince } from './rules/match-region.ts';
import { readRegions } from './regions.server.ts';

/**
 * The address with the province as Shopify's addresses take it: Indonesia's provinces of 2022 as the one they were
 * part of, and none in countries whose addresses have none there. Everything else is left as it is.
 */
export function toShopifyAddress(address: CustomerAddress): CustomerAddress {
  const { countryCode, provinceCode } = address;
  if (countryCode === null || provinceCode === null) return address;
  const index = readRegions(countryCode);
  if (index === null) return address;
  return { ...address, provinceCode: index.hasZones ? formerProvince(countryCode, provinceCode) : null };
}
