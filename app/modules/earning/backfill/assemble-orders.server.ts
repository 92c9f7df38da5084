/** Puts orders together from the lines of the file, and stores their customers. */
import { pool, withTransaction } from '#app/db.server.ts';
import { bigintArray, jsonArray } from '#app/lib/pg-arrays.ts';
import { upsertCustomersFromOrders } from '#app/modules/customers/upsert-customers.server.ts';
import { assembleBulkOrders, type OrderRecord } from '#app/modules/orders/assemble-bulk-orders.server.ts';
import { changeBackfill, holdForBatch, type Backfill } from './backfill-rows.server.ts';
import type { StepOutcome } from './collect-orders.server.ts';

const ORDERS_A_BATCH = 250;

/**
 * Assembles the next orders of a backfill in the shape of their webhooks; those with refunds are read from Shopify,
 * since bulk operations don't include refunds. Their customers are stored, so that guests are recognised by them.
 * Throws UpstreamError.
 */
export async function assembleOrders(seen: Backfill): Promise<StepOutcome> {
  const { rows } = await pool.query<OrderRecord>(
    `SELECT order_id AS "orderId", payload FROM backfill_orders
     WHERE shop_id = $1 AND backfill_id = $2 AND order_id > $3 ORDER BY order_id LIMIT ${ORDERS_A_BATCH}`,
    [seen.shopId, seen.backfillId, seen.cursor],
  );
  const last = rows.at(-1);
  const orders = await assembleBulkOrders(seen.domain, rows);
  return withTransaction(async (tx) => {
    if (!(await holdForBatch(tx, seen))) return 'stopped';
    if (!last) {
      await changeBackfill(tx, seen, { state: 'counting', cursor: null, addDone: null });
      return 'moved';
    }
    await tx.query(
      `UPDATE backfill_orders b SET payload = n.payload FROM unnest($3::bigint[], $4::jsonb[]) AS n (order_id, payload)
       WHERE b.shop_id = $1 AND b.backfill_id = $2 AND b.order_id = n.order_id`,
      [
        seen.shopId,
        seen.backfillId,
        bigintArray(orders.map(({ orderId }) => orderId)),
        jsonArray(orders.map(({ assembled }) => assembled?.payload ?? {})),
      ],
    );
    await upsertCustomersFromOrders(
      tx,
      orders.flatMap(({ assembled }) =>
        assembled?.customer ? [{ shopId: seen.shopId, ...assembled.customer }] : [],
      ),
    );
    await changeBackfill(tx, seen, { cursor: last.orderId, addDone: rows.length });
    return 'moved';
  });
}
