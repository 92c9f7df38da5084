/** The resellers' price list: the shop's variants with what the customer pays, by quantity. */
import { LRUCache } from 'lru-cache';
import { UNIT_MAX_MINOR } from '../../../../extensions/shared/price/check-cart.ts';
import {
  listQuantityPrices,
  type QuantityPrice,
} from '../../../../extensions/shared/price/quantity-prices.ts';
import {
  findVariantsBySku,
  listPricedVariants,
  type PricedVariant,
  type VariantPage,
} from '#app/integrations/shopify/priced-variants.server.ts';
import { unlessUnavailable } from '#app/modules/products/unless-unavailable.server.ts';
import { readVariantLists, toQuantityLine, type PriceShop } from './price-terms.server.ts';
import type { ResellerAccess } from './reseller-access.server.ts';

/** A variant with what one unit costs from each quantity on. */
export interface ResellerPrice {
  variant: PricedVariant;
  prices: QuantityPrice[];
}

export interface ResellerPage {
  items: ResellerPrice[];
  next: string | null;
}

const PAGE = 25;
/** Many resellers open the first page: Shopify is asked for it once a minute. */
const PAGES_KEPT_MS = 60_000;
const PAGES_KEPT_MAX = 1_000;
const pagesKept = new LRUCache<string, VariantPage>({ max: PAGES_KEPT_MAX, ttl: PAGES_KEPT_MS });

/** Reads a page of the price list, or `{ ok: false }` while Shopify doesn't answer. Gift cards have no price of ours. */
export async function listResellerPrices(
  shop: PriceShop,
  access: ResellerAccess,
  { search, after }: { search: string; after: string | null },
): Promise<ResellerPage | { ok: false }> {
  const key = JSON.stringify([shop.domain, shop.currency, search, after]);
  const page =
    pagesKept.get(key) ??
    (await unlessUnavailable(shop.domain, () =>
      listPricedVariants(shop.domain, shop.currency, { search, after, first: PAGE }),
    ));
  if (!('variants' in page)) return page;
  pagesKept.set(key, page);
  return { items: await priceVariants(shop, access, page.variants), next: page.next };
}

export interface FoundSkus {
  items: ResellerPrice[];
  missing: string[];
  /** More than one variant has it. */
  several: string[];
}

/** Finds variants by SKU, in any case of letters, or `{ ok: false }` while Shopify doesn't answer. */
export async function findResellerSkus(
  shop: PriceShop,
  access: ResellerAccess,
  skus: readonly string[],
): Promise<FoundSkus | { ok: false }> {
  const found = await unlessUnavailable(shop.domain, () =>
    findVariantsBySku(shop.domain, shop.currency, skus),
  );
  if (!Array.isArray(found)) return found;
  const bySku = Map.groupBy(found, ({ sku }) => sku.toLowerCase());
  const countOf = (sku: string) => bySku.get(sku.toLowerCase())?.length ?? 0;
  const single = skus.flatMap((sku) => (countOf(sku) === 1 ? (bySku.get(sku.toLowerCase()) ?? []) : []));
  return {
    items: await priceVariants(shop, access, single),
    missing: skus.filter((sku) => countOf(sku) === 0),
    several: skus.filter((sku) => countOf(sku) > 1),
  };
}

async function priceVariants(
  shop: PriceShop,
  { terms, settings }: ResellerAccess,
  variants: readonly PricedVariant[],
): Promise<ResellerPrice[]> {
  const sold = variants.filter((each) => !each.isGiftCard && each.priceMinor <= UNIT_MAX_MINOR);
  const lists = await readVariantLists(
    shop.shopId,
    sold.map(({ variantId }) => variantId),
  );
  return sold.map((variant) => ({
    variant,
    prices: listQuantityPrices(terms, toQuantityLine(variant, lists, settings)),
  }));
}
