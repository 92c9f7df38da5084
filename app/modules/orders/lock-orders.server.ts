import type { Transaction } from '#app/db.server.ts';
import type { OrderKey } from './known-order.ts';
import { ORDER_KEYS, orderKeyArrays } from './order-keys.sql.ts';

/**
 * Makes every other transaction with news of one of these orders wait for this one. Row locks cannot: while an order is
 * being inserted, its refund may come by itself, and neither transaction would see the other's row.
 */
export async function lockOrders(tx: Transaction, keys: readonly OrderKey[]): Promise<void> {
  if (keys.length === 0) return;
  await tx.query(
    `SELECT pg_advisory_xact_lock(key) FROM (SELECT DISTINCT hashtextextended(shop_id || '/' || order_id, 0) AS key
       FROM ${ORDER_KEYS} ORDER BY 1) k`,
    orderKeyArrays(keys),
  );
}
