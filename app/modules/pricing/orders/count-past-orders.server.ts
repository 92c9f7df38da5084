/** Orders of before a shop's first prices count for their customers' categories too: once, page by page. */
import { withTransaction } from '#app/db.server.ts';
import { loadOrders } from '#app/modules/orders/load-orders.server.ts';
import { lockOwnersShared, resolveOwners } from '#app/modules/orders/order-owners.server.ts';
import { storeOrderPrices } from './store-order-prices.server.ts';

const ORDERS_A_PAGE = 500;

/** Counts the shop's orders from where it stopped. Returns how many; none once all are counted. */
export async function countPastOrders(shopId: bigint, signal?: AbortSignal): Promise<number> {
  let total = 0;
  for (let counted = ORDERS_A_PAGE; counted === ORDERS_A_PAGE && !signal?.aborted; total += counted)
    counted = await countPage(shopId);
  return total;
}

async function countPage(shopId: bigint): Promise<number> {
  return withTransaction(async (tx) => {
    await lockOwnersShared(tx, [shopId]);
    const settings = await tx.query<{ countedTo: bigint | null }>(
      'SELECT counted_to AS "countedTo" FROM price_settings WHERE shop_id = $1 FOR NO KEY UPDATE',
      [shopId],
    );
    const countedTo = settings.rows[0]?.countedTo ?? null;
    if (countedTo === null) return 0;
    const { rows } = await tx.query<{ orderId: bigint }>(
      `SELECT order_id AS "orderId" FROM orders WHERE shop_id = $1 AND order_id > $2 ORDER BY order_id LIMIT ${ORDERS_A_PAGE}`,
      [shopId, countedTo],
    );
    const keys = rows.map(({ orderId }) => ({ shopId, orderId }));
    await storeOrderPrices(tx, await resolveOwners(tx, await loadOrders(tx, keys, 'lock')));
    const last = rows.length < ORDERS_A_PAGE ? null : (rows.at(-1)?.orderId ?? null);
    await tx.query('UPDATE price_settings SET counted_to = $2 WHERE shop_id = $1', [shopId, last]);
    return rows.length;
  });
}
