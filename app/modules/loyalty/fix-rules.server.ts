/** What an order keeps besides Shopify's state: its rules and facts, and whether it is only history. */
import type { Transaction } from '#app/db.server.ts';
import { bigintArray, jsonArray } from '#app/lib/pg-arrays.ts';
import { keyOfOrder, type Fixing, type KnownOrder, type OrderKey } from './orders.server.ts';
import { storeFacts } from './rules/order-facts.ts';

/** Fixes when orders were first eligible, the rules and the facts that they keep; what they had before is replaced. */
export async function fixRules(
  tx: Transaction,
  orders: readonly (OrderKey & { eligibleAt: Date } & Fixing)[],
): Promise<void> {
  if (orders.length === 0) return;
  await tx.query(
    `UPDATE orders o SET eligible_at = n.eligible_at, snapshot_id = n.snapshot_id, facts = n.facts
     FROM unnest($1::bigint[], $2::bigint[], $3::timestamptz[], $4::bigint[], $5::jsonb[]) AS n (shop_id, order_id, eligible_at, snapshot_id, facts)
     WHERE o.shop_id = n.shop_id AND o.order_id = n.order_id`,
    [
      orders.map((o) => o.shopId),
      orders.map((o) => o.orderId),
      orders.map((o) => o.eligibleAt),
      orders.map((o) => o.snapshotId),
      jsonArray(orders.map((o) => o.facts && storeFacts(o.facts))),
    ],
  );
}

/**
 * Events have told of these orders: whichever the sync had read before are no mere history any more, also where they are
 * known in a newer state than the event's.
 */
export async function hearOf(tx: Transaction, orders: readonly KnownOrder[]): Promise<void> {
  const heard = orders.filter(({ isHistory }) => isHistory);
  if (heard.length === 0) return;
  await tx.query(
    `UPDATE orders o SET is_history = false FROM unnest($1::bigint[], $2::bigint[]) AS k (shop_id, order_id)
     WHERE o.shop_id = k.shop_id AND o.order_id = k.order_id`,
    [
      bigintArray(heard.map(({ shopId }) => shopId)),
      bigintArray(heard.map((known) => keyOfOrder(known).orderId)),
    ],
  );
  for (const known of heard) known.isHistory = false;
}
