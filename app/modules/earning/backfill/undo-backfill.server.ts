/** Takes back what a backfill gave. */
import { withTransaction } from '#app/db.server.ts';
import { readClubRules } from '../rules-in-force.server.ts';
import { storeFrozenRules } from '../award/freeze-rules.server.ts';
import { postDifferences } from '../award/post-differences.server.ts';
import { refreshCustomers } from '../award/refresh-customers.server.ts';
import { loadOrders } from '#app/modules/orders/load-orders.server.ts';
import { lockOrders } from '#app/modules/orders/lock-orders.server.ts';
import { lockOwnersShared, resolveOwners } from '#app/modules/orders/order-owners.server.ts';
import { NO_FACTS } from '#app/modules/orders/rules/kept-facts.ts';
import { changeBackfill, dropCollected, holdForBatch, type Backfill } from './backfill-rows.server.ts';
import type { StepOutcome } from './collect-orders.server.ts';

const ORDERS_A_BATCH = 500;

/**
 * The next orders of a backfill are withheld from earning, and the difference is posted: what they gave goes, what of
 * it is spent is owed or written off, as after a refund. May run any number of times.
 */
export async function undoBackfill(seen: Backfill): Promise<StepOutcome> {
  const { shopId, backfillId } = seen;
  return withTransaction(async (tx) => {
    if (!(await holdForBatch(tx, seen))) return 'stopped';
    const { rows } = await tx.query<{ orderId: bigint }>(
      `SELECT order_id AS "orderId" FROM orders
       WHERE shop_id = $1 AND backfill_id = $2 AND order_id > $3 ORDER BY order_id LIMIT ${ORDERS_A_BATCH}`,
      [shopId, backfillId, seen.cursor],
    );
    const last = rows.at(-1);
    if (!last) {
      await dropCollected(tx, seen);
      await changeBackfill(tx, seen, { state: 'undone', cursor: null });
      return 'moved';
    }
    const keys = rows.map(({ orderId }) => ({ shopId, orderId }));
    await lockOwnersShared(tx, [shopId]);
    await lockOrders(tx, keys);
    const clubs = await readClubRules(tx, [shopId]);
    const orders = (await resolveOwners(tx, await loadOrders(tx, keys, 'lock'))).map((known) => ({
      ...known,
      facts: {
        ...(known.facts ?? { ...NO_FACTS, customerId: known.order.customerId }),
        withheld: 'backfill_undone' as const,
      },
    }));
    await storeFrozenRules(
      tx,
      orders.flatMap(({ order: { orderId }, eligibleAt, snapshotId, facts }) =>
        eligibleAt === null || snapshotId === null
          ? []
          : [{ shopId, orderId, eligibleAt, snapshotId, facts }],
      ),
    );
    await refreshCustomers(tx, orders, clubs);
    await postDifferences(tx, orders, clubs);
    await changeBackfill(tx, seen, { cursor: last.orderId, addDone: rows.length });
    return 'moved';
  });
}
