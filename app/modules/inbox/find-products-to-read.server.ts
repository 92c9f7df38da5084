import type { Transaction } from '#app/db.server.ts';
import { parseWebhookJson } from '#app/lib/json.ts';
import { shopsNeedingProducts } from '#app/modules/earning/award/shops-needing-products.server.ts';
import { productIdsOfOrder } from '#app/modules/products/rules/decode-product.ts';
import { findProductsToLoad, type ProductToLoad } from '#app/modules/products/products-to-load.server.ts';
import type { InboxRow } from './inbox-rows.server.ts';
import { workOfTopic } from './topics.ts';

/**
 * Finds the products of these orders that must be loaded from Shopify before the orders are awarded, in shops whose
 * rules need products; other shops cost one query. With `staleToo` also products that may have changed since they
 * were loaded.
 */
export async function findProductsToRead(
  tx: Transaction,
  rows: readonly InboxRow[],
  options: { staleToo: boolean },
): Promise<ProductToLoad[]> {
  const orders = rows.filter(({ topic }) => workOfTopic(topic) === 'award-orders');
  const asking = await shopsNeedingProducts(tx, new Set(orders.map(({ shopId }) => shopId)));
  if (asking.size === 0) return [];
  const keys = orders
    .filter(({ shopId }) => asking.has(shopId))
    .flatMap(({ shopId, body }) => productIdsIn(body).map((productId) => ({ shopId, productId })));
  return findProductsToLoad(tx, keys, options);
}

/** Returns none for a body that isn't JSON: its handler reports that. */
function productIdsIn(body: string): bigint[] {
  try {
    return productIdsOfOrder(parseWebhookJson(body));
  } catch (error) {
    if (error instanceof SyntaxError) return [];
    throw error;
  }
}
