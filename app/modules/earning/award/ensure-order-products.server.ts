import { pool } from '#app/db.server.ts';
import { UpstreamError } from '#app/lib/errors.ts';
import { shopsNeedingProducts } from './shops-needing-products.server.ts';
import { loadProducts } from '#app/modules/products/read-products.server.ts';
import { productIdsOfOrder } from '#app/modules/products/rules/decode-product.ts';
import { findProductsToLoad } from '#app/modules/products/products-to-load.server.ts';

/**
 * Sees to it that the products of these orders are known, if the shop's rules ask about products: before an order is
 * awarded outside of the inbox. Asks Shopify, so never inside a transaction. `payloads`: orders as webhooks write them.
 * @throws UpstreamError when one is not known and Shopify does not answer
 */
export async function ensureOrderProducts(shopId: bigint, payloads: readonly unknown[]): Promise<void> {
  if (!(await shopsNeedingProducts(pool, new Set([shopId]))).has(shopId)) return;
  const keys = payloads.flatMap(productIdsOfOrder).map((productId) => ({ shopId, productId }));
  const toLoad = await findProductsToLoad(pool, keys, { staleToo: true });
  if (toLoad.length === 0) return;
  await loadProducts(toLoad);
  const missing = await findProductsToLoad(pool, toLoad, { staleToo: false });
  if (missing.length > 0)
    throw new UpstreamError('products of the order could not be read', {
      retryable: true,
      outcomeKnown: true,
    });
}
