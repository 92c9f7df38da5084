/** What a reseller's cart costs, by the arithmetic of the checkout. */
import {
  checkCart,
  UNIT_MAX_MINOR,
  type CheckedCart,
} from '../../../../extensions/shared/price/check-cart.ts';
import { readPricedVariants } from '#app/integrations/shopify/priced-variants.server.ts';
import { unlessUnavailable } from '#app/modules/products/unless-unavailable.server.ts';
import { readVariantLists, toQuantityLine, type PriceShop } from './price-terms.server.ts';
import type { ResellerAccess } from './reseller-access.server.ts';

export interface CartWish {
  variantId: bigint;
  quantity: number;
}

/** Prices a cart, a line's id being its variant's, or returns `{ ok: false }` while Shopify doesn't answer. Unknown variants are left out. */
export async function checkResellerCart(
  shop: PriceShop,
  { terms, settings }: ResellerAccess,
  wishes: readonly CartWish[],
): Promise<CheckedCart | { ok: false }> {
  const read = await unlessUnavailable(shop.domain, () =>
    readPricedVariants(
      shop.domain,
      shop.currency,
      wishes.map(({ variantId }) => ({ variantId })),
    ),
  );
  if (!Array.isArray(read)) return read;
  const variants = read.filter(({ priceMinor }) => priceMinor <= UNIT_MAX_MINOR);
  const lists = await readVariantLists(
    shop.shopId,
    variants.map(({ variantId }) => variantId),
  );
  const quantityOf = new Map(wishes.map(({ variantId, quantity }) => [variantId, quantity]));
  return checkCart(
    terms,
    variants.map((variant) => ({
      ...toQuantityLine(variant, lists, settings),
      id: variant.variantId.toString(),
      quantity: quantityOf.get(variant.variantId) ?? 1,
    })),
  );
}
