/** An address as regions know it. */

/**
 * One address, always treated as a whole: one address's street with another's city would be nowhere. Codes are those
 * of this module.
 */
export interface CustomerAddress {
  /** ISO 3166-1 alpha-2. */
  countryCode: string | null;
  /** Shopify's code, which is ISO 3166-2 without the country. */
  provinceCode: string | null;
  province: string | null;
  cityCode: string | null;
  city: string | null;
  districtCode: string | null;
  district: string | null;
  /** Kelurahan or desa. Absent in an address that cannot say it, such as Shopify's: what is known of it stays. */
  villageCode?: string | null | undefined;
  village?: string | null | undefined;
  postalCode: string | null;
  street: string | null;
}

/** The countries whose addresses go on below the district, and of which `data/villages` has the list. */
export const VILLAGE_COUNTRIES: readonly string[] = ['ID'];

export const NO_ADDRESS: CustomerAddress = {
  countryCode: null,
  provinceCode: null,
  province: null,
  cityCode: null,
  city: null,
  districtCode: null,
  district: null,
  postalCode: null,
  street: null,
};
