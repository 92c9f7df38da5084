/**
 * Customers that the merchant merges at Shopify become one here too (F129): everything of the deleted one goes to the
 * kept one, and events that name the deleted one later belong to the kept one.
 */
import { ledgerNow, type Transaction } from '#app/db.server.ts';
import { optionalText, readId, readObject } from '#app/lib/decode.ts';
import { logger } from '#app/lib/logger.server.ts';
import type { ShopEvent } from '#app/lib/shop-event.ts';
import { HAND_OVER_ORDERS } from '#app/modules/orders/customer-data.ts';
import { mergeRecords, type CustomerMerge } from '#app/modules/customers/merge-records.server.ts';
import { refreshStats } from '#app/modules/orders/figures/refresh-figures.server.ts';
import { RECORD_MERGED_TIER } from '#app/modules/membership/customer-data.ts';
import { queueEvaluation } from '#app/modules/membership/queue-evaluation.server.ts';
import { openPosting, writePosting } from '#app/modules/ledger/post.server.ts';
import { loadOrders } from '#app/modules/orders/load-orders.server.ts';
import type { OrderKey } from '#app/modules/orders/known-order.ts';
import { lockOwnersExclusive, resolveOwners } from '#app/modules/orders/order-owners.server.ts';
import { planMerge } from '#app/modules/ledger/rules/merge-accounts.ts';
import type { Unit } from '#app/lib/units.ts';
import { TABLES_TO_MERGE } from './customer-tables.ts';

/** Shopify also reports merges that are in progress or failed. */
const DONE = 'completed';

/**
 * Processes customers/merge events: records, value and every table in TABLES_TO_MERGE follow the kept customer. Safe in
 * any order with other merges and events of both customers, twice or late.
 * @throws DecodeError when a payload cannot be read.
 */
export async function mergeCustomers(tx: Transaction, events: readonly ShopEvent[]): Promise<void> {
  const merges = events.flatMap(readMerge);
  if (merges.length === 0) return;
  await lockOwnersExclusive(
    tx,
    merges.map(({ shopId }) => shopId),
  );
  for (const merge of merges) await mergeTwo(tx, merge);
}

function readMerge({ shopId, payload }: ShopEvent): CustomerMerge[] {
  const source = readObject(payload, 'merge');
  if (optionalText(source.status) !== DONE) return [];
  const readGid = (field: string) => readId({ admin_graphql_api_id: source[field] }, `merge.${field}`);
  return [
    {
      shopId,
      kept: readGid('admin_graphql_api_customer_kept_id'),
      deleted: readGid('admin_graphql_api_customer_deleted_id'),
    },
  ];
}

/** Statements that hand rows of the deleted customer ($3) over to the kept one ($2), as each module says it. */
const HAND_OVER = TABLES_TO_MERGE.flatMap(({ table, onMerge }) => {
  if (onMerge === 'hand-over')
    return [`UPDATE ${table} SET customer_id = $2 WHERE shop_id = $1 AND customer_id = $3`];
  return 'run' in onMerge ? onMerge.run : [];
});

async function mergeTwo(tx: Transaction, merge: CustomerMerge): Promise<void> {
  const { shopId, deleted } = merge;
  const merged = await mergeRecords(tx, merge);
  if (merged === null) {
    logger.warn({ shopId: shopId.toString(), ...toLogFields(merge) }, 'customer merge skipped');
    return;
  }
  const { into, raisedTo } = merged;
  if (raisedTo !== null) await tx.query(RECORD_MERGED_TIER, [shopId, into, raisedTo]);
  // The accounts first: spending and posting for either customer wait there.
  await moveValue(tx, shopId, deleted, into);
  for (const statement of HAND_OVER) await tx.query(statement, [shopId, into, deleted]);
  const { rows: orders } = await tx.query<OrderKey>(HAND_OVER_ORDERS, [shopId, into]);
  await refreshStats(tx, await resolveOwners(tx, await loadOrders(tx, orders, 'read')));
  await queueEvaluation(tx, [{ shopId, customerId: into }]);
}

function toLogFields({ kept, deleted }: CustomerMerge) {
  return { kept: kept.toString(), deleted: deleted.toString() };
}

const UNITS_TO_MOVE = `
  SELECT unit FROM ledger_accounts WHERE shop_id = $1 AND customer_id = $2 AND (balance <> 0 OR held <> 0 OR debt <> 0)
   ORDER BY unit`;

const HOLDS = `
  SELECT redemption_id AS "redemptionId", unit, amount FROM ledger_holds
   WHERE shop_id = $1 AND customer_id = $2 AND ended_at IS NULL ORDER BY redemption_id`;

/**
 * Unspent gifts of the deleted customer, of a kind and year in which the kept one received theirs; a gift's key ends in
 * its year (give-gift-page.server.ts).
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
  const at = await ledgerNow(tx);
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
