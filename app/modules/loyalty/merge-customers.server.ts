/**
 * Two customers whom the merchant merges at Shopify are one in the club (F129): whatever the deleted one has goes to
 * the kept one, and what comes for the deleted one later is the kept one's (owners).
 */
import { clubNow, type Transaction } from '#app/db.server.ts';
import { optionalText, readId, readObject } from '#app/lib/decode.ts';
import { logger } from '#app/lib/logger.server.ts';
import type { ShopEvent } from '#app/lib/shop-event.ts';
import { joinCustomers, type CustomerMerge } from '#app/modules/customers/join-customers.server.ts';
import { refreshStats } from '#app/modules/customers/refresh-stats.server.ts';
import { queueEvaluation } from '#app/modules/membership/queue-evaluation.server.ts';
import { openPosting, writePosting } from './ledger.server.ts';
import { loadOrders, type OrderKey } from './orders.server.ts';
import { changeOwners, withOwners } from './owners.server.ts';
import { planMerge } from './rules/merging.ts';
import type { Unit } from './rules/units.ts';

/** Shopify also tells of merges that are under way or failed. */
const DONE = 'completed';

/**
 * Works customers/merge events: records, tiers, lots with their terms, debts, open holds with their redemptions,
 * claims, planned messages, notes, photos, tags, history and orders follow. In any order with other merges and events of
 * both customers, twice or late. Throws DecodeError.
 */
export async function mergeCustomers(tx: Transaction, events: readonly ShopEvent[]): Promise<void> {
  const merges = events.flatMap(readMerge);
  if (merges.length === 0) return;
  await changeOwners(
    tx,
    merges.map(({ shopId }) => shopId),
  );
  for (const merge of merges) await mergeTwo(tx, merge);
}

function readMerge({ shopId, payload }: ShopEvent): CustomerMerge[] {
  const source = readObject(payload, 'merge');
  if (optionalText(source.status) !== DONE) return [];
  const idOf = (field: string) => readId({ admin_graphql_api_id: source[field] }, `merge.${field}`);
  return [
    {
      shopId,
      kept: idOf('admin_graphql_api_customer_kept_id'),
      deleted: idOf('admin_graphql_api_customer_deleted_id'),
    },
  ];
}

/** Statements that hand rows of $3 over to $2. A client's key that both used stays the kept one's. */
const HAND_OVER: readonly string[] = [
  `UPDATE redemptions r SET customer_id = $2, client_key = CASE WHEN EXISTS (SELECT 1 FROM redemptions o WHERE o.shop_id = $1
     AND o.customer_id = $2 AND o.client_key = r.client_key) THEN r.client_key || ':' || $3::text ELSE r.client_key END
   WHERE r.shop_id = $1 AND r.customer_id = $3`,
  `UPDATE claims SET customer_id = $2 WHERE shop_id = $1 AND customer_id = $3`,
  `UPDATE planned_messages SET customer_id = $2 WHERE shop_id = $1 AND customer_id = $3`,
  `UPDATE customer_notes SET customer_id = $2 WHERE shop_id = $1 AND customer_id = $3`,
  `UPDATE customer_photos SET customer_id = $2 WHERE shop_id = $1 AND customer_id = $3`,
  `UPDATE customer_changes SET customer_id = $2 WHERE shop_id = $1 AND customer_id = $3`,
  `UPDATE sensitive_accesses SET customer_id = $2 WHERE shop_id = $1 AND customer_id = $3`,
  `WITH moved AS (DELETE FROM customer_tags WHERE shop_id = $1 AND customer_id = $3 RETURNING tag_key, is_on, changed_at)
   INSERT INTO customer_tags AS t (shop_id, tag_key, customer_id, is_on, changed_at)
   SELECT $1, tag_key, $2, true, changed_at FROM moved WHERE is_on
   ON CONFLICT (shop_id, tag_key, customer_id) DO UPDATE SET is_on = true, changed_at = greatest(t.changed_at, excluded.changed_at)`,
  `UPDATE customers SET tags = ARRAY(SELECT g.name FROM customer_tags t JOIN tags g USING (shop_id, tag_key)
     WHERE t.shop_id = $1 AND t.customer_id = $2 AND t.is_on ORDER BY g.tag_key)
   WHERE shop_id = $1 AND customer_id = $2 AND $3::bigint IS NOT NULL`,
];

/** Also orders of whoever was merged into the deleted one before: events that came late left them where they were. */
const HAND_OVER_ORDERS = `
  WITH gone AS (SELECT customer_id AS id FROM customers WHERE shop_id = $1 AND merged_into = $2)
  UPDATE orders SET customer_id = CASE WHEN customer_id IN (SELECT id FROM gone) THEN $2 ELSE customer_id END,
    claimed_by = CASE WHEN claimed_by IN (SELECT id FROM gone) THEN $2 ELSE claimed_by END
  WHERE shop_id = $1 AND (customer_id IN (SELECT id FROM gone) OR claimed_by IN (SELECT id FROM gone))
  RETURNING shop_id AS "shopId", order_id AS "orderId"`;

async function mergeTwo(tx: Transaction, merge: CustomerMerge): Promise<void> {
  const { shopId, deleted } = merge;
  const into = await joinCustomers(tx, merge);
  if (into === null) {
    logger.warn({ shopId: shopId.toString(), ...textOf(merge) }, 'merge of customers left out');
    return;
  }
  // The accounts first: whoever spends or is given something waits there.
  await moveValue(tx, shopId, deleted, into);
  for (const statement of HAND_OVER) await tx.query(statement, [shopId, into, deleted]);
  const { rows: orders } = await tx.query<OrderKey>(HAND_OVER_ORDERS, [shopId, into]);
  await refreshStats(tx, await withOwners(tx, await loadOrders(tx, orders, 'read')));
  await queueEvaluation(tx, [{ shopId, customerId: into }]);
}

function textOf({ kept, deleted }: CustomerMerge) {
  return { kept: kept.toString(), deleted: deleted.toString() };
}

const UNITS_TO_MOVE = `
  SELECT unit FROM ledger_accounts WHERE shop_id = $1 AND customer_id = $2 AND (balance <> 0 OR held <> 0 OR debt <> 0)
   ORDER BY unit`;

const HOLDS = `
  SELECT redemption_id AS "redemptionId", unit, amount FROM ledger_holds
   WHERE shop_id = $1 AND customer_id = $2 AND ended_at IS NULL ORDER BY redemption_id`;

/**
 * Gifts that are left of the deleted one, of a kind and year in which the kept one was given theirs; the key of a gift
 * ends in its year (give-gift-page.server.ts).
 */
const SECOND_GIFTS = `
  SELECT e.entry_id AS id FROM ledger_entries e JOIN ledger_lots l ON l.shop_id = e.shop_id AND l.entry_id = e.entry_id AND l.remaining > 0
   WHERE e.shop_id = $1 AND e.customer_id = $2 AND e.kind IN ('birthday', 'anniversary') AND e.idempotency_key LIKE 'gift:%'
     AND EXISTS (SELECT 1 FROM (SELECT $3::bigint AS id UNION ALL SELECT c.customer_id FROM customers c
         WHERE c.shop_id = $1 AND c.merged_into = $3 AND c.customer_id <> $2) person
       JOIN ledger_entries o ON o.shop_id = $1
         AND o.idempotency_key = 'gift:' || e.kind || ':' || person.id || ':' || right(e.idempotency_key, 4))`;

async function moveValue(tx: Transaction, shopId: bigint, deleted: bigint, into: bigint): Promise<void> {
  const { rows: units } = await tx.query<{ unit: Unit }>(UNITS_TO_MOVE, [shopId, deleted]);
  if (units.length === 0) return;
  const keys = units.flatMap(({ unit }) =>
    [deleted, into].map((customerId) => ({ shopId, customerId, unit })),
  );
  const plan = await openPosting(tx, keys, keys);
  const { rows: holds } = await tx.query<{ redemptionId: string; unit: Unit; amount: bigint }>(HOLDS, [
    shopId,
    deleted,
  ]);
  const gifts = await tx.query<{ id: bigint }>(SECOND_GIFTS, [shopId, deleted, into]);
  const secondGifts = new Set(gifts.rows.map(({ id }) => id));
  const at = await clubNow(tx);
  for (const { unit } of units) {
    planMerge(plan, {
      from: { shopId, customerId: deleted, unit },
      to: { shopId, customerId: into, unit },
      holds: holds.filter((hold) => hold.unit === unit),
      secondGifts,
      at,
    });
  }
  await writePosting(tx, plan);
}
