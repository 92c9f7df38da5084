/** A shop's settings of prices, and what is at Shopify. */
import type { Queryable } from '#app/db.server.ts';
import { COMBINATIONS, type Combination } from './combination.ts';

export interface PriceSettings {
  isOn: boolean;
  combination: Combination;
  /** The price combines with other product discounts on other lines, and with shipping discounts. */
  withProducts: boolean;
  withShipping: boolean;
  /** Companies (B2B) get these prices beside their catalogs. */
  forCompanies: boolean;
  /** The tax that the store's prices include, in hundredths of a percent; 0: none. */
  taxBp: number;
  /** What is said where a code is refused. */
  refusal: string;
  setA: bigint[];
  setB: bigint[];
  version: number;
}

const FIRST_SETTINGS: PriceSettings = {
  isOn: false,
  combination: 'stack',
  withProducts: true,
  withShipping: true,
  forCompanies: false,
  taxBp: 0,
  refusal: '',
  setA: [],
  setB: [],
  version: 0,
};

/** Reads the settings; those of a shop that has none yet are off. */
export async function readPriceSettings(db: Queryable, shopId: bigint): Promise<PriceSettings> {
  const { rows } = await db.query<Omit<PriceSettings, 'combination'> & { combination: string }>(
    `SELECT is_on AS "isOn", combination, with_products AS "withProducts", with_shipping AS "withShipping",
       for_companies AS "forCompanies", tax_bp AS "taxBp", refusal, set_a AS "setA", set_b AS "setB", version
     FROM price_settings WHERE shop_id = $1`,
    [shopId],
  );
  const [row] = rows;
  if (!row) return FIRST_SETTINGS;
  return { ...row, combination: COMBINATIONS.find((each) => each === row.combination) ?? 'stack' };
}
