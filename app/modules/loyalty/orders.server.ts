/** Orders as they are known: stored set by set, an older event never over a newer state. */
import type { Queryable, Transaction } from '#app/db.server.ts';
import { bigintArray, jsonArray, momentArray } from '#app/lib/pg-arrays.ts';
import { loadFacts, storeFacts, type OrderFacts } from './rules/order-facts.ts';
import type { OrderRefund, OrderState } from './rules/order-state.ts';
import {
  loadOrder,
  loadRefund,
  storeOrder,
  storeRefund,
  type StoredOrder,
  type StoredRefund,
} from './rules/store-order.ts';

export interface OrderKey {
  shopId: bigint;
  orderId: bigint;
}

export interface IncomingOrder {
  shopId: bigint;
  triggeredAt: Date;
  order: OrderState;
  /** Noted with an order that keeps no rules yet. */
  backfillId?: bigint | null;
  /** The sync read it and no event has told of it. */
  isHistory?: boolean;
}

export interface IncomingRefund {
  shopId: bigint;
  refund: OrderRefund;
}

export interface KnownOrder {
  shopId: bigint;
  order: OrderState;
  refunds: OrderRefund[];
  /** When it was first eligible, and under which rules; null before. */
  eligibleAt: Date | null;
  snapshotId: bigint | null;
  /** Of the customer and the products, as they were when it was first eligible; null when no rule asked for any. */
  facts: OrderFacts | null;
  /** The customer who claimed a guest's order. */
  claimedBy: bigint | null;
  backfillId: bigint | null;
  /** Past when the club came, and no event told of it since: it earns nothing by itself. */
  isHistory: boolean;
  triggeredAt: Date;
}

/** An order that keeps its rules and facts from now on, unless it has some already. */
export interface Fixing {
  snapshotId: bigint;
  /** Null when no rule asks for any. */
  facts: OrderFacts | null;
}

/** Text form of an order's key, for maps. */
export function orderKeyText(key: OrderKey): string {
  return `${key.shopId}/${key.orderId}`;
}

/** The key of an order that came or is known. */
export function keyOfOrder({ shopId, order }: Pick<IncomingOrder, 'shopId' | 'order'>): OrderKey {
  return { shopId, orderId: order.orderId };
}

/** Whether an event's state is newer than another's: by `updated_at`, then by the webhook's triggered-at. */
export function isNewer(a: IncomingOrder, b: IncomingOrder): boolean {
  const difference = a.order.updatedAt.getTime() - b.order.updatedAt.getTime();
  return difference === 0 ? a.triggeredAt > b.triggeredAt : difference > 0;
}

/**
 * Makes everybody who brings news of one of these orders wait for this transaction. Row locks cannot: while an order
 * is being inserted, its refund may come by itself, and neither transaction would see the other's row.
 */
export async function lockOrders(tx: Transaction, keys: readonly OrderKey[]): Promise<void> {
  if (keys.length === 0) return;
  await tx.query(
    `SELECT pg_advisory_xact_lock(key) FROM (SELECT DISTINCT hashtextextended(shop_id || '/' || order_id, 0) AS key
       FROM ${KEYS} ORDER BY 1) k`,
    keyArrays(keys),
  );
}

/**
 * Writes the newest state of each order; an order may come once only. An order that keeps no rules yet keeps those of
 * its `fixing` from now on, unless that is null. Answers the orders whose state is now the given one, refunds not
 * read; those that are known in a newer state are missing.
 */
export async function storeOrders(
  tx: Transaction,
  incoming: readonly (IncomingOrder & { fixing: Fixing | null })[],
): Promise<KnownOrder[]> {
  if (incoming.length === 0) return [];
  const column = <T>(pick: (order: OrderState) => T): T[] => incoming.map(({ order }) => pick(order));
  const { rows } = await tx.query<{
    shop_id: bigint;
    order_id: bigint;
    eligible_at: Date | null;
    snapshot_id: bigint | null;
    facts: unknown;
    claimed_by: bigint | null;
    backfill_id: bigint | null;
    is_history: boolean;
  }>(
    `INSERT INTO orders AS o (shop_id, order_id, customer_id, name, email, phone, processed_at, updated_at, triggered_at, financial,
       cancelled_at, is_test, currency, total_minor, state, eligible_at, snapshot_id, facts, source_name, backfill_id, note, is_history)
     SELECT * FROM unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::text[], $5::text[], $6::text[], $7::timestamptz[],
       $8::timestamptz[], $9::timestamptz[], $10::text[], $11::timestamptz[], $12::bool[], $13::text[], $14::bigint[], $15::jsonb[],
       $16::timestamptz[], $17::bigint[], $18::jsonb[], $19::text[], $20::bigint[], $21::text[], $22::bool[])
     ORDER BY 1, 2
     ON CONFLICT (shop_id, order_id) DO UPDATE SET customer_id = excluded.customer_id, name = excluded.name, email = excluded.email,
       phone = excluded.phone, processed_at = excluded.processed_at, updated_at = excluded.updated_at,
       triggered_at = excluded.triggered_at, financial = excluded.financial, cancelled_at = excluded.cancelled_at,
       is_test = excluded.is_test, currency = excluded.currency, total_minor = excluded.total_minor, state = excluded.state,
       backfill_id = CASE WHEN o.snapshot_id IS NULL THEN coalesce(excluded.backfill_id, o.backfill_id) ELSE o.backfill_id END,
       source_name = excluded.source_name, note = excluded.note, facts = CASE WHEN o.snapshot_id IS NULL THEN excluded.facts ELSE o.facts END,
       is_history = o.is_history AND excluded.is_history,
       eligible_at = coalesce(o.eligible_at, excluded.eligible_at), snapshot_id = coalesce(o.snapshot_id, excluded.snapshot_id)
     WHERE (o.updated_at, o.triggered_at) < (excluded.updated_at, excluded.triggered_at)
     RETURNING o.shop_id, o.order_id, o.eligible_at, o.snapshot_id, o.facts, o.claimed_by, o.backfill_id, o.is_history`,
    [
      bigintArray(incoming.map(({ shopId }) => shopId)),
      bigintArray(column((order) => order.orderId)),
      bigintArray(column((order) => order.customerId)),
      column((order) => order.name),
      column((order) => order.email),
      column((order) => order.phone),
      momentArray(column((order) => order.processedAt)),
      momentArray(column((order) => order.updatedAt)),
      momentArray(incoming.map(({ triggeredAt }) => triggeredAt)),
      column((order) => order.financial),
      momentArray(column((order) => order.cancelledAt)),
      column((order) => order.isTest),
      column((order) => order.currency),
      bigintArray(column((order) => order.totalMinor)),
      jsonArray(column(storeOrder)),
      momentArray(incoming.map(({ fixing, triggeredAt }) => fixing && triggeredAt)),
      bigintArray(incoming.map(({ fixing }) => fixing && fixing.snapshotId)),
      jsonArray(incoming.map(({ fixing }) => (fixing?.facts ? storeFacts(fixing.facts) : null))),
      column((order) => order.sourceName),
      bigintArray(incoming.map(({ backfillId }) => backfillId ?? null)),
      column((order) => order.note),
      incoming.map(({ isHistory }) => isHistory ?? false),
    ],
  );
  const given = new Map(incoming.map((one) => [orderKeyText(keyOfOrder(one)), one]));
  return rows.flatMap((row): KnownOrder[] => {
    const one = given.get(orderKeyText({ shopId: row.shop_id, orderId: row.order_id }));
    if (!one) return [];
    const { shopId, order, triggeredAt } = one;
    return [{ shopId, order, triggeredAt, refunds: [], ...keptOf(row) }];
  });
}

/** What an order's row keeps besides Shopify's state. */
function keptOf(
  row: Pick<OrderRow, 'eligible_at' | 'snapshot_id' | 'facts' | 'claimed_by' | 'backfill_id' | 'is_history'>,
): Pick<KnownOrder, 'eligibleAt' | 'snapshotId' | 'facts' | 'claimedBy' | 'backfillId' | 'isHistory'> {
  return {
    eligibleAt: row.eligible_at,
    snapshotId: row.snapshot_id,
    facts: row.facts === null ? null : loadFacts(row.facts),
    claimedBy: row.claimed_by,
    backfillId: row.backfill_id,
    isHistory: row.is_history,
  };
}

/** Adds refunds that are not known yet; what a refund says never changes. It may come before its order. */
export async function storeRefunds(tx: Transaction, incoming: readonly IncomingRefund[]): Promise<void> {
  if (incoming.length === 0) return;
  await tx.query(
    `INSERT INTO order_refunds (shop_id, order_id, refund_id, refunded_at, state)
     SELECT * FROM unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::timestamptz[], $5::jsonb[]) ORDER BY 1, 2, 3
     ON CONFLICT DO NOTHING`,
    [
      incoming.map(({ shopId }) => shopId),
      incoming.map(({ refund }) => refund.orderId),
      incoming.map(({ refund }) => refund.refundId),
      incoming.map(({ refund }) => refund.refundedAt),
      incoming.map(({ refund }) => JSON.stringify(storeRefund(refund))),
    ],
  );
}

interface OrderRow {
  shop_id: bigint;
  order_id: bigint;
  customer_id: bigint | null;
  name: string | null;
  email: string | null;
  phone: string | null;
  processed_at: Date;
  updated_at: Date;
  triggered_at: Date;
  financial: string;
  cancelled_at: Date | null;
  is_test: boolean;
  currency: string;
  total_minor: bigint;
  state: StoredOrder;
  eligible_at: Date | null;
  snapshot_id: bigint | null;
  facts: unknown;
  claimed_by: bigint | null;
  backfill_id: bigint | null;
  is_history: boolean;
  source_name: string | null;
  note: string | null;
}

const KEYS = 'unnest($1::bigint[], $2::bigint[]) AS k (shop_id, order_id)';

function keyArrays(keys: readonly OrderKey[]): [string, string] {
  return [bigintArray(keys.map((key) => key.shopId)), bigintArray(keys.map((key) => key.orderId))];
}

/** Reads orders with their refunds; `lock` takes the rows FOR UPDATE in (shop, order) order. Unknown ones are missing. */
export async function loadOrders(
  db: Queryable,
  keys: readonly OrderKey[],
  lock: 'lock' | 'read',
): Promise<KnownOrder[]> {
  if (keys.length === 0) return [];
  const { rows } = await db.query<OrderRow>(
    `SELECT o.* FROM orders o JOIN ${KEYS} USING (shop_id, order_id) ORDER BY o.shop_id, o.order_id ${lock === 'lock' ? 'FOR UPDATE OF o' : ''}`,
    keyArrays(keys),
  );
  return withRefunds(
    db,
    rows.map((row) => ({
      shopId: row.shop_id,
      order: orderOf(row),
      refunds: [],
      ...keptOf(row),
      triggeredAt: row.triggered_at,
    })),
  );
}

/** The orders with the refunds that are known of them, oldest first. */
export async function withRefunds(db: Queryable, orders: readonly KnownOrder[]): Promise<KnownOrder[]> {
  const { rows } = await db.query<{
    shop_id: bigint;
    order_id: bigint;
    refund_id: bigint;
    refunded_at: Date;
    state: StoredRefund;
  }>(
    `SELECT r.shop_id, r.order_id, r.refund_id, r.refunded_at, r.state FROM order_refunds r JOIN ${KEYS} USING (shop_id, order_id)
     ORDER BY r.refunded_at, r.refund_id`,
    keyArrays(orders.map(keyOfOrder)),
  );
  const refundsOf = Map.groupBy(rows, (row) => orderKeyText({ shopId: row.shop_id, orderId: row.order_id }));
  return orders.map((known) => ({
    ...known,
    refunds: (refundsOf.get(orderKeyText(keyOfOrder(known))) ?? []).map((refund) =>
      loadRefund(refund.refund_id, refund.order_id, refund.refunded_at, refund.state),
    ),
  }));
}

function orderOf(row: OrderRow): OrderState {
  return loadOrder(
    {
      orderId: row.order_id,
      customerId: row.customer_id,
      name: row.name,
      email: row.email,
      phone: row.phone,
      currency: row.currency,
      processedAt: row.processed_at,
      updatedAt: row.updated_at,
      cancelledAt: row.cancelled_at,
      financial: row.financial,
      sourceName: row.source_name,
      note: row.note,
      isTest: row.is_test,
      totalMinor: row.total_minor,
    },
    row.state,
  );
}
