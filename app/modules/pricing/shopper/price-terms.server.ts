/** By which rules one customer buys, and what the arithmetic asks of a variant. */
import type { CheckTerms } from '../../../../extensions/shared/price/check-cart.ts';
import type { QuantityLine } from '../../../../extensions/shared/price/quantity-prices.ts';
import { ledgerNow, pool } from '#app/db.server.ts';
import type { PricedVariant } from '#app/integrations/shopify/priced-variants.server.ts';
import { localDay } from '#app/lib/calendar-days.ts';
import { bigintArray } from '#app/lib/pg-arrays.ts';
import { readShopPrices } from '../publish/read-prices.server.ts';
import { WANTED_OF_CUSTOMER, WANTED_OF_VARIANT } from '../publish/wanted.sql.ts';
import { writePriceRules } from '../rules/price-rules.ts';
import type { PriceSettings } from '../settings/price-settings.server.ts';

/** A shop whose prices are read. */
export interface PriceShop {
  shopId: bigint;
  domain: string;
  currency: string;
  timeZone: string;
}

export interface CustomerTerms {
  terms: CheckTerms;
  settings: PriceSettings;
}

/** Reads by which rules a customer buys in the shop's currency today; null where the shop's prices are off or no rule is theirs. */
export async function readCustomerTerms(shop: PriceShop, customerId: bigint): Promise<CustomerTerms | null> {
  const { prices, settings } = await readShopPrices(pool, shop.shopId);
  const person = settings.isOn ? await readPerson(shop.shopId, customerId) : null;
  if (person === null) return null;
  const date = localDay(await ledgerNow(pool), shop.timeZone);
  return {
    settings,
    terms: { rules: writePriceRules(prices), person, date, currency: shop.currency, rate: '1' },
  };
}

async function readPerson(shopId: bigint, customerId: bigint): Promise<unknown> {
  const { rows } = await pool.query<{ wanted: unknown }>(
    `SELECT ${WANTED_OF_CUSTOMER} AS wanted FROM customers c WHERE c.shop_id = $1 AND c.customer_id = $2`,
    [shopId, customerId],
  );
  return rows[0]?.wanted ?? null;
}

/** Reads the price lists of variants; one without a list is missing. */
export async function readVariantLists(
  shopId: bigint,
  variantIds: readonly bigint[],
): Promise<Map<bigint, unknown>> {
  const { rows } = await pool.query<{ id: bigint; prices: unknown }>(
    `SELECT v.variant_id AS id, ${WANTED_OF_VARIANT} AS prices FROM (SELECT $1::bigint AS shop_id, unnest($2::bigint[]) AS variant_id) v`,
    [shopId, bigintArray(variantIds)],
  );
  return new Map(rows.map(({ id, prices }) => [id, prices]));
}

/** Returns a variant as the arithmetic takes it. */
export function toQuantityLine(
  { variantId, productId, priceMinor, compareAtMinor, isGiftCard, collectionIds }: PricedVariant,
  lists: ReadonlyMap<bigint, unknown>,
  { setA, setB }: PriceSettings,
): QuantityLine {
  return {
    productId: productId.toString(),
    unitMinor: priceMinor,
    compareAtMinor,
    prices: lists.get(variantId) ?? null,
    isGiftCard,
    isSubscription: false,
    sets: {
      a: collectionIds.some((id) => setA.includes(id)),
      b: collectionIds.some((id) => setB.includes(id)),
    },
  };
}
