/** What a signed-in customer pays for a product, by the arithmetic of the Function: shown on the product's page. */
import { LRUCache } from 'lru-cache';
import { UNIT_MAX_MINOR } from '../../../../extensions/shared/price/check-cart.ts';
import { listQuantityPrices } from '../../../../extensions/shared/price/quantity-prices.ts';
import { readPricedVariants, type PricedVariant } from '#app/integrations/shopify/priced-variants.server.ts';
import { unlessUnavailable } from '#app/modules/products/unless-unavailable.server.ts';
import { readCustomerTerms, readVariantLists, toQuantityLine, type PriceShop } from './price-terms.server.ts';

export interface OwnPriceQuery {
  shop: PriceShop;
  customerId: bigint;
  productId: bigint;
}

/** The prices of a variant where they are below the shop's: of one unit, from each quantity on. */
export interface OwnPrices {
  variantId: bigint;
  prices: { quantity: number; unitMinor: bigint }[];
}

/** A page that many open asks Shopify once a minute. */
const VARIANTS_KEPT_MS = 60_000;
const PRODUCTS_KEPT_MAX = 2_000;
const variantsKept = new LRUCache<string, PricedVariant[]>({ max: PRODUCTS_KEPT_MAX, ttl: VARIANTS_KEPT_MS });

/**
 * Returns the customer's own prices of a product's variants; empty where the shop's prices are off, the customer has none,
 * or Shopify does not say what the product costs.
 */
export async function readOwnPrices({ shop, customerId, productId }: OwnPriceQuery): Promise<OwnPrices[]> {
  const customer = await readCustomerTerms(shop, customerId);
  if (customer === null) return [];
  const variants = (await readVariants(shop, productId)).filter(
    (each) => !each.isGiftCard && each.priceMinor <= UNIT_MAX_MINOR,
  );
  const ids = variants.map(({ variantId }) => variantId);
  const lists = await readVariantLists(shop.shopId, ids);
  return variants.flatMap((variant) => {
    const line = toQuantityLine(variant, lists, customer.settings);
    const own = listQuantityPrices(customer.terms, line).filter(({ won }) => won !== null);
    const prices = own.map(({ quantity, unitMinor }) => ({ quantity, unitMinor }));
    return prices.length === 0 ? [] : [{ variantId: variant.variantId, prices }];
  });
}

async function readVariants({ domain, currency }: PriceShop, productId: bigint): Promise<PricedVariant[]> {
  const key = `${domain}/${productId}`;
  const known = variantsKept.get(key);
  if (known) return known;
  const read = await unlessUnavailable(domain, () => readPricedVariants(domain, currency, [{ productId }]));
  if (!Array.isArray(read)) return [];
  variantsKept.set(key, read);
  return read;
}
