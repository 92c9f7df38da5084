/** The only code that writes the states of orders and refunds: set by set, an older event never over a newer state. */
import type { Queryable, Transaction } from '#app/db.server.ts';
import { bigintArray, jsonArray, timestampArray } from '#app/lib/pg-arrays.ts';
import {
  SECOND_SETTLES_MS,
  appliesFrom,
  keyOfOrder,
  orderKeyText,
  type FrozenRules,
  type IncomingOrder,
  type IncomingRefund,
  type KnownOrder,
  type OrderKey,
} from './known-order.ts';
import { toKept, type KeptColumns } from './load-orders.server.ts';
import { storeFacts } from './rules/kept-facts.ts';
import { storeOrder, storeRefund } from './rules/order-json.ts';
import type { OrderState } from './rules/order-state.ts';

/** When an order was first paid: the earliest proof, but nothing is moved within the hour that counts as at once. */
const EARLIER_PROOF = `CASE WHEN o.eligible_at <= o.processed_at + interval '1 hour' THEN o.eligible_at
  ELSE least(o.eligible_at, excluded.eligible_at) END`;

const SETTLES = `interval '${SECOND_SETTLES_MS} milliseconds'`;

/**
 * Whether the incoming state is newer. Within one second: a reading, if it was asked after the known state was stored or
 * once the second had settled (one that waited must not win over a webhook that came meanwhile); a webhook, unless such a
 * reading is known.
 */
const IS_NEWER = `CASE WHEN o.updated_at <> excluded.updated_at THEN o.updated_at < excluded.updated_at
  WHEN excluded.confirmed_at IS NOT NULL
    THEN excluded.confirmed_at >= least(o.stored_at, excluded.updated_at + ${SETTLES})
  ELSE o.triggered_at <= excluded.triggered_at AND coalesce(o.confirmed_at < o.updated_at + ${SETTLES}, true) END`;

/**
 * Writes the newest state of each order; an order may come once only. An order that keeps no rules yet keeps the
 * `frozen` ones from now on, unless they are null. Returns the orders whose state is now the given one, without their
 * refunds; those that are known in a newer state are missing. A state without an e-mail address or phone leaves the known
 * ones: Shopify may not show them to the app.
 */
export async function upsertOrders(
  tx: Transaction,
  incoming: readonly (IncomingOrder & { frozen: FrozenRules | null })[],
): Promise<KnownOrder[]> {
  if (incoming.length === 0) return [];
  const column = <T>(pick: (order: OrderState) => T): T[] => incoming.map(({ order }) => pick(order));
  const { rows } = await tx.query<KeptColumns>(
    `INSERT INTO orders AS o (shop_id, order_id, customer_id, name, email, phone, processed_at, updated_at, triggered_at, financial,
       cancelled_at, is_test, currency, total_minor, state, eligible_at, snapshot_id, facts, source_name, backfill_id, note, is_history,
       confirmed_at)
     SELECT * FROM unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::text[], $5::text[], $6::text[], $7::timestamptz[],
       $8::timestamptz[], $9::timestamptz[], $10::text[], $11::timestamptz[], $12::bool[], $13::text[], $14::bigint[], $15::jsonb[],
       $16::timestamptz[], $17::bigint[], $18::jsonb[], $19::text[], $20::bigint[], $21::text[], $22::bool[], $23::timestamptz[])
     ORDER BY 1, 2
     ON CONFLICT (shop_id, order_id) DO UPDATE SET customer_id = excluded.customer_id, name = excluded.name,
       email = coalesce(excluded.email, o.email), phone = coalesce(excluded.phone, o.phone), processed_at = excluded.processed_at, updated_at = excluded.updated_at,
       triggered_at = excluded.triggered_at, financial = excluded.financial, cancelled_at = excluded.cancelled_at,
       is_test = excluded.is_test, currency = excluded.currency, total_minor = excluded.total_minor, state = excluded.state,
       backfill_id = CASE WHEN o.snapshot_id IS NULL THEN coalesce(excluded.backfill_id, o.backfill_id) ELSE o.backfill_id END,
       source_name = excluded.source_name, note = excluded.note, facts = CASE WHEN o.snapshot_id IS NULL THEN excluded.facts ELSE o.facts END,
       is_history = o.is_history AND excluded.is_history, stored_at = clock_timestamp(), confirmed_at = excluded.confirmed_at,
       eligible_at = ${EARLIER_PROOF}, snapshot_id = coalesce(o.snapshot_id, excluded.snapshot_id)
     WHERE ${IS_NEWER}
     RETURNING o.shop_id, o.order_id, o.eligible_at, o.snapshot_id, o.facts, o.claimed_by, o.backfill_id, o.is_history`,
    [
      bigintArray(incoming.map(({ shopId }) => shopId)),
      bigintArray(column((order) => order.orderId)),
      bigintArray(column((order) => order.customerId)),
      column((order) => order.name),
      column((order) => order.email),
      column((order) => order.phone),
      timestampArray(column((order) => order.processedAt)),
      timestampArray(column((order) => order.updatedAt)),
      timestampArray(incoming.map(appliesFrom)),
      column((order) => order.financial),
      timestampArray(column((order) => order.cancelledAt)),
      column((order) => order.isTest),
      column((order) => order.currency),
      bigintArray(column((order) => order.totalMinor)),
      jsonArray(column(storeOrder)),
      timestampArray(incoming.map(({ paid }) => paid && paid.at)),
      bigintArray(incoming.map(({ frozen }) => frozen && frozen.snapshotId)),
      jsonArray(incoming.map(({ frozen }) => (frozen?.facts ? storeFacts(frozen.facts) : null))),
      column((order) => order.sourceName),
      bigintArray(incoming.map(({ backfillId }) => backfillId ?? null)),
      column((order) => order.note),
      incoming.map(({ isHistory }) => isHistory ?? false),
      timestampArray(incoming.map(({ isReading, triggeredAt }) => (isReading ? triggeredAt : null))),
    ],
  );
  const given = new Map(incoming.map((one) => [orderKeyText(keyOfOrder(one)), one]));
  return rows.flatMap((row): KnownOrder[] => {
    const one = given.get(orderKeyText({ shopId: row.shop_id, orderId: row.order_id }));
    if (!one) return [];
    const { shopId, order } = one;
    return [{ shopId, order, triggeredAt: appliesFrom(one), refunds: [], ...toKept(row) }];
  });
}

/** Notes earlier proofs of payment that came with states older than the known ones. */
export async function lowerEligibleAt(tx: Transaction, older: readonly IncomingOrder[]): Promise<void> {
  const proofs = older.flatMap(({ paid, ...one }) => (paid ? [{ ...keyOfOrder(one), at: paid.at }] : []));
  if (proofs.length === 0) return;
  await tx.query(
    `UPDATE orders o SET eligible_at = ${EARLIER_PROOF}
     FROM unnest($1::bigint[], $2::bigint[], $3::timestamptz[]) AS excluded (shop_id, order_id, eligible_at)
     WHERE o.shop_id = excluded.shop_id AND o.order_id = excluded.order_id AND NOT o.is_test
       AND o.eligible_at IS DISTINCT FROM ${EARLIER_PROOF}`,
    [
      bigintArray(proofs.map(({ shopId }) => shopId)),
      bigintArray(proofs.map(({ orderId }) => orderId)),
      timestampArray(proofs.map(({ at }) => at)),
    ],
  );
}

/** Notes that Shopify, asked at this moment, had the state that is stored. */
export async function confirmOrder(
  db: Queryable,
  { shopId, orderId }: OrderKey,
  askedAt: Date,
): Promise<void> {
  await db.query(
    `UPDATE orders SET confirmed_at = $3 WHERE shop_id = $1 AND order_id = $2 AND stored_at <= $3`,
    [shopId, orderId, askedAt],
  );
}

/** A refund whose money a webhook does not tell in shop money keeps what a reading told of it. */
const WITH_KNOWN_MONEY = `CASE WHEN excluded.state ? 'untold' AND NOT r.state ? 'untold'
  THEN (excluded.state - 'untold') || jsonb_strip_nulls(jsonb_build_object('moved', r.state -> 'moved')) ELSE excluded.state END`;

/**
 * Stores refunds; one may come before its order. `ofNewest`: they belong to the newest state of their order and replace
 * what is known of them, as payments that were pending succeed or fail. Others are only added.
 */
export async function storeRefunds(
  tx: Transaction,
  incoming: readonly IncomingRefund[],
  { ofNewest }: { ofNewest: boolean },
): Promise<void> {
  if (incoming.length === 0) return;
  const known = ofNewest
    ? `DO UPDATE SET refunded_at = excluded.refunded_at, state = ${WITH_KNOWN_MONEY}
       WHERE (r.refunded_at, r.state) IS DISTINCT FROM (excluded.refunded_at, ${WITH_KNOWN_MONEY})`
    : 'DO NOTHING';
  await tx.query(
    `INSERT INTO order_refunds AS r (shop_id, order_id, refund_id, refunded_at, state)
     SELECT * FROM unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::timestamptz[], $5::jsonb[]) ORDER BY 1, 2, 3
     ON CONFLICT (shop_id, order_id, refund_id) ${known}`,
    [
      incoming.map(({ shopId }) => shopId),
      incoming.map(({ refund }) => refund.orderId),
      incoming.map(({ refund }) => refund.refundId),
      incoming.map(({ refund }) => refund.refundedAt),
      incoming.map(({ refund }) => JSON.stringify(storeRefund(refund))),
    ],
  );
}
