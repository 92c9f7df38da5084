import type { Transaction } from '#app/db.server.ts';
import { bigintArray, jsonArray, timestampArray } from '#app/lib/pg-arrays.ts';
import type { Reaction, StoredEvent } from '#app/modules/events/event.ts';
import { lockOwnersShared } from '#app/modules/orders/order-owners.server.ts';

/**
 * Customers are not told that their records were merged, nor what a backfill found in past orders. A message goes to the
 * customer that theirs was merged into, and none to one who was erased.
 */
const PLAN = `
  INSERT INTO planned_messages (shop_id, customer_id, kind, message_key, details, due_at)
  SELECT $1, coalesce(c.merged_into, n.customer_id), 'change', 'change:' || (n.details->>'entry'),
    n.details - ARRAY['isBackfill'], n.at
  FROM unnest($2::bigint[], $3::jsonb[], $4::timestamptz[]) WITH ORDINALITY AS n (customer_id, details, at, place)
  LEFT JOIN customers c ON c.shop_id = $1 AND c.customer_id = n.customer_id
  WHERE n.details->>'entryKind' NOT IN ('merge_in', 'merge_out') AND NOT (n.details->>'isBackfill')::bool
    AND c.state IS DISTINCT FROM 'redacted'
  ORDER BY n.place ON CONFLICT (shop_id, message_key) DO NOTHING`;

/** Plans one message for each change of a customer's value (F94). */
export const planChangeMessages: Reaction = {
  name: 'plan-change-messages',
  async react(tx: Transaction, shopId: bigint, events: readonly StoredEvent[]): Promise<void> {
    // A merge hands planned messages over: none may be planned for the deleted customer after it.
    await lockOwnersShared(tx, [shopId]);
    await tx.query(PLAN, [
      shopId,
      bigintArray(events.map(({ subject }) => subject)),
      jsonArray(events.map(({ details }) => details)),
      timestampArray(events.map(({ at }) => at)),
    ]);
  },
};
