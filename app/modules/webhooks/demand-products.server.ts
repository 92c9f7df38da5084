import type { Transaction } from '#app/db.server.ts';
import { parseWebhookJson } from '#app/lib/json.ts';
import { shopsAskingProducts } from '#app/modules/loyalty/shops-asking-products.server.ts';
import { productIdsOfOrder } from '#app/modules/products/rules/decode-product.ts';
import { findUnreadProducts, ProductsUnread } from '#app/modules/products/unread-products.server.ts';
import type { InboxRow } from './inbox-rows.server.ts';
import { workOfTopic } from './topics.ts';

/**
 * Lets a batch go on only if the products of its orders are known, for shops whose rules ask about products; other shops
 * cost one query. With `staleToo` also what may have changed since it was read has to be read again.
 * @throws ProductsUnread with what has to be read first
 */
export async function demandProducts(
  tx: Transaction,
  rows: readonly InboxRow[],
  options: { staleToo: boolean },
): Promise<void> {
  const orders = rows.filter(({ topic }) => workOfTopic(topic) === 'award-orders');
  const asking = await shopsAskingProducts(tx, new Set(orders.map(({ shopId }) => shopId)));
  if (asking.size === 0) return;
  const keys = orders
    .filter(({ shopId }) => asking.has(shopId))
    .flatMap(({ shopId, body }) => productIdsIn(body).map((productId) => ({ shopId, productId })));
  const unread = await findUnreadProducts(tx, keys, options);
  if (unread.length > 0) throw new ProductsUnread(unread);
}

/** A body that is no JSON has none: whoever works it will say so. */
function productIdsIn(body: string): bigint[] {
  try {
    return productIdsOfOrder(parseWebhookJson(body));
  } catch (error) {
    if (error instanceof SyntaxError) return [];
    throw error;
  }
}
