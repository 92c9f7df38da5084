/** Makes whole orders of what the file told in pieces, and knows their customers. */
import { pool, withTransaction } from '#app/db.server.ts';
import { bigintArray, jsonArray } from '#app/lib/pg-arrays.ts';
import { upsertCustomersFromOrders } from '#app/modules/customers/upsert-customers.server.ts';
import { assemblePieces, type OrderPieces } from '../assemble-pieces.server.ts';
import { decodeOrder, decodeOrderCustomer } from '../rules/decode-order.ts';
import { changeBackfill, holdForBatch, type Backfill } from './backfill-rows.server.ts';
import type { StepOutcome } from './collect-orders.server.ts';

const ORDERS_A_BATCH = 250;

/**
 * The next orders of a backfill get the shape of their webhooks; those with refunds are read from Shopify, since bulk
 * operations cannot tell refunds. Their customers are taken in, so that guests are recognised by them. Throws
 * UpstreamError.
 */
export async function assembleOrders(seen: Backfill): Promise<StepOutcome> {
  const { rows } = await pool.query<OrderPieces>(
    `SELECT order_id AS "orderId", payload FROM backfill_orders
     WHERE shop_id = $1 AND backfill_id = $2 AND order_id > $3 ORDER BY order_id LIMIT ${ORDERS_A_BATCH}`,
    [seen.shopId, seen.backfillId, seen.cursor],
  );
  const last = rows.at(-1);
  const orders = await assemblePieces(seen.domain, rows);
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
        jsonArray(orders.map(({ payload }) => payload ?? {})),
      ],
    );
    await upsertCustomersFromOrders(
      tx,
      orders.flatMap(({ payload }) => {
        const customer = payload && customerOf(payload);
        return customer ? [{ shopId: seen.shopId, ...customer }] : [];
      }),
    );
    await changeBackfill(tx, seen, { cursor: last.orderId, addDone: rows.length });
    return 'moved';
  });
}

function customerOf(payload: Record<string, unknown>): ReturnType<typeof decodeOrderCustomer> {
  return decodeOrderCustomer(payload, decodeOrder(payload).order.updatedAt);
}
