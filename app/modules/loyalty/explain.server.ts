/** "Why did this order earn this?": the stored rules run again over the stored order, beside what was posted. */
import { pool } from '#app/db.server.ts';
import { invariant } from '#app/lib/errors.ts';
import { readClubs, readSnapshots, snapshotKey } from './club.server.ts';
import { loadOrders } from './orders.server.ts';
import { withOwners } from './owners.server.ts';
import { explainEarning, type EarningExplained } from './rules/entitlement.ts';
import { NO_FACTS } from './rules/order-facts.ts';
import type { OrderRefund, OrderState } from './rules/order-state.ts';
import type { Unit } from './rules/units.ts';

export interface PostedEntry {
  entryId: bigint;
  customerId: bigint;
  kind: string;
  unit: Unit;
  amount: bigint;
  rule: string | null;
  createdAt: Date;
}

export interface OrderExplained {
  order: OrderState;
  refunds: OrderRefund[];
  /** Null while the order was never eligible: then today's rules are shown, `isSnapshot` false. */
  eligibleAt: Date | null;
  isSnapshot: boolean;
  earning: EarningExplained;
  entries: PostedEntry[];
}

/** Explains an order of a shop, or null when it is not known. */
export async function explainOrder(shopId: bigint, orderId: bigint): Promise<OrderExplained | null> {
  const [known] = await withOwners(pool, await loadOrders(pool, [{ shopId, orderId }], 'read'));
  if (!known) return null;
  const { order, refunds, eligibleAt, snapshotId } = known;
  const rules =
    snapshotId === null
      ? (await readClubs(pool, [shopId])).get(shopId)?.rules
      : (await readSnapshots(pool, [{ shopId, snapshotId }])).get(snapshotKey(shopId, snapshotId));
  invariant(rules, `shop ${shopId} has an order but no club`);
  const earning = explainEarning({
    order,
    refunds,
    rules,
    facts: known.facts ?? NO_FACTS,
    eligibleAt: eligibleAt ?? order.processedAt,
  });
  const { rows: entries } = await pool.query<PostedEntry>(
    `SELECT entry_id AS "entryId", customer_id AS "customerId", kind, unit, amount, rule, created_at AS "createdAt"
     FROM ledger_entries WHERE shop_id = $1 AND order_id = $2 ORDER BY entry_id`,
    [shopId, orderId],
  );
  return { order, refunds, eligibleAt, isSnapshot: snapshotId !== null, earning, entries };
}
