/** Posts what the orders of a backfill earn, as their webhooks would have. */
import { withTransaction, type Transaction } from '#app/db.server.ts';
import { bigintArray } from '#app/lib/pg-arrays.ts';
import { awardOrders } from '../award/award-orders.server.ts';
import { lockOrders } from '#app/modules/orders/lock-orders.server.ts';
import { lockOwnersShared } from '#app/modules/orders/order-owners.server.ts';
import { changeBackfill, holdForBatch, ORDERS_A_BATCH, type Backfill } from './backfill-rows.server.ts';
import type { StepOutcome } from './collect-orders.server.ts';
import { KNOWN_ORDERS } from './count-orders.server.ts';

/** An order that an earlier backfill gave and took back starts again, from its own time and by the rules of now. */
const FORGET_UNDONE = `
  UPDATE orders SET snapshot_id = NULL, facts = NULL, backfill_id = NULL
  WHERE shop_id = $1 AND order_id = ANY($2::bigint[]) AND facts->>'withheld' = 'backfill_undone'`;

/** Orders that wait for their payment are known already; new ones are marked as they come. */
const MARK = `
  UPDATE orders SET backfill_id = $3 WHERE shop_id = $1 AND order_id = ANY($2::bigint[]) AND snapshot_id IS NULL`;

/** What could not earn is none of this backfill's: it may earn later, by itself. */
const UNMARK = `
  UPDATE orders SET backfill_id = NULL
  WHERE shop_id = $1 AND order_id = ANY($2::bigint[]) AND backfill_id = $3 AND snapshot_id IS NULL`;

const TAKE = `
  DELETE FROM backfill_orders WHERE shop_id = $1 AND backfill_id = $2 AND order_id = ANY($3::bigint[])`;

/**
 * Awards the next orders of a backfill in one transaction; orders whose webhook came meanwhile are passed over, and
 * none is given twice. An order counts from its payment, so what it gives starts and ends as if the club had been there.
 */
export async function awardBackfill(seen: Backfill): Promise<StepOutcome> {
  const { shopId, backfillId } = seen;
  return withTransaction(async (tx) => {
    if (!(await holdForBatch(tx, seen))) return 'stopped';
    const { rows } = await tx.query<{ orderId: bigint; payload: { processed_at?: string } }>(
      `SELECT order_id AS "orderId", payload FROM backfill_orders
       WHERE shop_id = $1 AND backfill_id = $2 AND order_id > $3 ORDER BY order_id LIMIT ${ORDERS_A_BATCH}`,
      [shopId, backfillId, seen.cursor],
    );
    const last = rows.at(-1);
    if (!last) {
      await changeBackfill(tx, seen, { state: 'done', cursor: null });
      return 'moved';
    }
    const events = rows.flatMap(({ orderId, payload }) => {
      const { processed_at: processedAt } = payload;
      if (processedAt === undefined) return [];
      const triggeredAt = new Date(processedAt);
      return [{ orderId, shopId, backfillId, topic: 'orders/updated', triggeredAt, payload }];
    });
    await lockOwnersShared(tx, [shopId]);
    const fresh = await findFresh(tx, shopId, events);
    const ids = bigintArray(fresh.map(({ orderId }) => orderId));
    await tx.query(MARK, [shopId, ids, backfillId]);
    await awardOrders(tx, fresh);
    await tx.query(UNMARK, [shopId, ids, backfillId]);
    await tx.query(TAKE, [shopId, backfillId, bigintArray(rows.map(({ orderId }) => orderId))]);
    await changeBackfill(tx, seen, { cursor: last.orderId, addDone: rows.length });
    return 'moved';
  });
}

/** Of these orders those that are not awarded; no other transaction can award them until this one ends. */
async function findFresh<T extends { orderId: bigint }>(
  tx: Transaction,
  shopId: bigint,
  orders: readonly T[],
): Promise<T[]> {
  await lockOrders(
    tx,
    orders.map(({ orderId }) => ({ shopId, orderId })),
  );
  const ids = bigintArray(orders.map(({ orderId }) => orderId));
  await tx.query(FORGET_UNDONE, [shopId, ids]);
  const known = await tx.query<{ order_id: bigint }>(KNOWN_ORDERS, [shopId, ids]);
  const knownIds = new Set(known.rows.map((row) => row.order_id));
  return orders.filter(({ orderId }) => !knownIds.has(orderId));
}
