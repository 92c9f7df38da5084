import { pool } from '#app/db.server.ts';
import { UpstreamError } from '#app/lib/errors.ts';
import { shopsAskingProducts } from '#app/modules/loyalty/shops-asking-products.server.ts';
import { readUnreadProducts } from './read-products.server.ts';
import { productIdsOfOrder } from './rules/decode-product.ts';
import { findUnreadProducts } from './unread-products.server.ts';

/**
 * Sees to it that the products of these orders are known, if the shop's rules ask about products: before an order is
 * awarded outside of the inbox. Asks Shopify, so never inside a transaction. `payloads`: orders as webhooks write them.
 * @throws UpstreamError when one is not known and Shopify does not answer
 */
export async function ensureProducts(shopId: bigint, payloads: readonly unknown[]): Promise<void> {
  if (!(await shopsAskingProducts(pool, new Set([shopId]))).has(shopId)) return;
  const keys = payloads.flatMap(productIdsOfOrder).map((productId) => ({ shopId, productId }));
  const unread = await findUnreadProducts(pool, keys, { staleToo: true });
  if (unread.length === 0) return;
  await readUnreadProducts(unread);
  const missing = await findUnreadProducts(pool, unread, { staleToo: false });
  if (missing.length > 0)
    throw new UpstreamError('products of the order could not be read', {
      retryable: true,
      outcomeKnown: true,
    });
}
