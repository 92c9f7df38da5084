/**
 * Orders become points, exactly once: the latest state of each order is stored, what it is entitled to is computed
 * afresh, and the difference to what it already has in the ledger is posted. Replays, duplicates, refunds and events
 * in any order need nothing else.
 */
import type { Transaction } from '#app/db.server.ts';
import { clubNow } from '#app/db.server.ts';
import { bigintArray } from '#app/lib/pg-arrays.ts';
import { upsertCustomersFromOrders } from '#app/modules/customers/upsert-customers.server.ts';
import { readClubs, readSnapshots, snapshotKey, snapshotRules, type Club } from './club.server.ts';
import { openPosting, writePosting } from './ledger.server.ts';
import {
  fixRules,
  isNewer,
  keyOfOrder,
  loadOrders,
  lockOrders,
  orderKeyText,
  storeOrders,
  storeRefunds,
  withRefunds,
  type IncomingOrder,
  type IncomingRefund,
  type KnownOrder,
  type OrderKey,
} from './orders.server.ts';
import type { AccountKey } from './rules/account.ts';
import { decodeOrder, decodeOrderCustomer, decodeRefund } from './rules/decode-order.ts';
import { entitlement, isEligible } from './rules/entitlement.ts';
import { orderDifferences, type Difference, type Posted } from './rules/order-difference.ts';
import { planDifference } from './rules/order-posting.ts';
import type { Unit } from './rules/units.ts';
import {
  findRedemptions,
  planSettlements,
  readSettlements,
  writeSettlements,
} from './settle-redemptions.server.ts';

/** One stored event about an order. `payload` is the webhook's JSON with long ids kept (parseWebhookJson). */
export interface OrderEvent {
  shopId: bigint;
  topic: string;
  triggeredAt: Date;
  payload: unknown;
}

const REFUND_TOPIC = 'refunds/create';

/**
 * Works off events of orders/paid, orders/updated, orders/cancelled and refunds/create of any shops in one
 * transaction. Throws MalformedPayload for a payload that cannot be read; nothing is posted then.
 */
export async function awardOrders(tx: Transaction, events: readonly OrderEvent[]): Promise<void> {
  if (events.length === 0) return;
  const clubs = await readClubs(tx, [...new Set(events.map((event) => event.shopId))]);
  await postOrders(tx, await storeEvents(tx, events, clubs), clubs);
}

/** Recomputes what these orders are entitled to and posts what differs. */
async function postOrders(
  tx: Transaction,
  orders: readonly KnownOrder[],
  clubs: ReadonlyMap<bigint, Club>,
): Promise<void> {
  if (orders.length === 0) return;
  await fixRulesOfEligible(tx, orders, clubs);
  const differences = await differencesOf(tx, orders);
  const redemptions = await findRedemptions(tx, orders);
  const accounts: AccountKey[] = [...redemptions];
  const takenFrom: AccountKey[] = [...redemptions];
  for (const [order, rows] of differences) {
    for (const { customerId, unit, amount } of rows) {
      const key = { shopId: order.shopId, customerId, unit };
      accounts.push(key);
      if (amount < 0n) takenFrom.push(key);
    }
  }
  if (accounts.length === 0) return;
  const plan = await openPosting(tx, accounts, takenFrom);
  const settlements = await readSettlements(tx, redemptions, orders);
  const now = await clubNow(tx);
  const outcomes = planSettlements(plan, settlements, clubs, now);
  for (const [order, rows] of differences) {
    const club = clubs.get(order.shopId);
    if (club) for (const difference of rows) planDifference(plan, order, difference, club.takeBack);
  }
  await writePosting(tx, plan);
  await writeSettlements(tx, outcomes);
}

/** Stores what the events say. Answers the orders that they touch, as they are known now, in (shop, order) order. */
async function storeEvents(
  tx: Transaction,
  events: readonly OrderEvent[],
  clubs: ReadonlyMap<bigint, Club>,
): Promise<KnownOrder[]> {
  const newest = new Map<string, IncomingOrder>();
  const refunds = new Map<string, IncomingRefund>();
  const customers = [];
  for (const { shopId, topic, triggeredAt, payload } of events) {
    if (topic === REFUND_TOPIC) {
      const refund = decodeRefund(payload, clubs.get(shopId)?.currency ?? 'USD');
      refunds.set(`${shopId}/${refund.refundId}`, { shopId, refund });
      continue;
    }
    const { order, refunds: known } = decodeOrder(payload);
    const incoming = { shopId, triggeredAt, order };
    const key = orderKeyText({ shopId, orderId: order.orderId });
    const before = newest.get(key);
    if (!before || isNewer(incoming, before)) newest.set(key, incoming);
    for (const refund of known) refunds.set(`${shopId}/${refund.refundId}`, { shopId, refund });
    const customer = decodeOrderCustomer(payload, order.updatedAt);
    if (customer) customers.push({ shopId, ...customer });
  }
  const keys = new Map<string, OrderKey>();
  for (const [key, incoming] of newest) keys.set(key, keyOfOrder(incoming));
  for (const { shopId, refund } of refunds.values())
    keys.set(orderKeyText({ shopId, orderId: refund.orderId }), { shopId, orderId: refund.orderId });
  await upsertCustomersFromOrders(tx, customers);
  await lockOrders(tx, [...keys.values()]);
  const stored = await storeOrders(tx, await withSnapshots(tx, [...newest.values()], clubs));
  await storeRefunds(tx, [...refunds.values()]);
  // What was just written need not be read back: only its refunds, and orders that are known in a newer state.
  for (const known of stored) keys.delete(orderKeyText(keyOfOrder(known)));
  const others = await loadOrders(tx, [...keys.values()], 'lock');
  return [...(await withRefunds(tx, stored)), ...others].sort(byKey);
}

function byKey(a: KnownOrder, b: KnownOrder): number {
  if (a.shopId !== b.shopId) return a.shopId < b.shopId ? -1 : 1;
  return a.order.orderId < b.order.orderId ? -1 : 1;
}

/** Orders that may earn come with the rules in force now: they keep them if they have none yet. */
async function withSnapshots(
  tx: Transaction,
  incoming: readonly IncomingOrder[],
  clubs: ReadonlyMap<bigint, Club>,
) {
  const shops = new Set(incoming.filter(({ order }) => isEligible(order)).map(({ shopId }) => shopId));
  const snapshotIds = await snapshotRules(
    tx,
    [...clubs.values()].filter((club) => shops.has(club.shopId)),
  );
  return incoming.map((one) => ({
    ...one,
    snapshotId: isEligible(one.order) ? (snapshotIds.get(one.shopId) ?? null) : null,
  }));
}

/** An order that is eligible for the first time keeps the rules in force now, for all later computations. */
async function fixRulesOfEligible(
  tx: Transaction,
  orders: readonly KnownOrder[],
  clubs: ReadonlyMap<bigint, Club>,
): Promise<void> {
  const fresh = orders.filter((known) => known.snapshotId === null && isEligible(known.order));
  if (fresh.length === 0) return;
  const shops = new Set(fresh.map((known) => known.shopId));
  const snapshotIds = await snapshotRules(
    tx,
    [...clubs.values()].filter((club) => shops.has(club.shopId)),
  );
  const fixed = [];
  for (const known of fresh) {
    const snapshotId = snapshotIds.get(known.shopId);
    if (snapshotId === undefined) continue;
    known.snapshotId = snapshotId;
    known.eligibleAt = known.triggeredAt;
    fixed.push({
      shopId: known.shopId,
      orderId: known.order.orderId,
      eligibleAt: known.triggeredAt,
      snapshotId,
    });
  }
  await fixRules(tx, fixed);
}

async function differencesOf(
  tx: Transaction,
  orders: readonly KnownOrder[],
): Promise<Map<KnownOrder, Difference[]>> {
  const withRules = orders.flatMap(({ shopId, snapshotId }) =>
    snapshotId === null ? [] : [{ shopId, snapshotId }],
  );
  const snapshots = await readSnapshots(tx, withRules);
  const posted = await readPosted(tx, orders);
  const result = new Map<KnownOrder, Difference[]>();
  for (const known of orders) {
    const { shopId, order, refunds, snapshotId, eligibleAt } = known;
    const rules = snapshotId === null ? undefined : snapshots.get(snapshotKey(shopId, snapshotId));
    const entitled = rules && eligibleAt ? entitlement(order, refunds, rules, eligibleAt) : [];
    const rows = orderDifferences(
      order.customerId,
      entitled,
      posted.get(orderKeyText(keyOfOrder(known))) ?? [],
    );
    if (rows.length > 0) result.set(known, rows);
  }
  return result;
}

async function readPosted(tx: Transaction, orders: readonly KnownOrder[]): Promise<Map<string, Posted[]>> {
  const { rows } = await tx.query<{
    shop_id: bigint;
    order_id: bigint;
    customer_id: bigint;
    unit: Unit;
    rule: string;
    amount: bigint;
    count: number;
  }>(
    `SELECT e.shop_id, e.order_id, e.customer_id, e.unit, e.rule, sum(e.amount)::bigint AS amount, count(*)::int AS count
     FROM ledger_entries e JOIN unnest($1::bigint[], $2::bigint[]) AS k (shop_id, order_id) USING (shop_id, order_id)
     WHERE e.kind IN ('order_spend', 'order_product', 'offer', 'refund_reversal', 'cancel_reversal') AND e.rule IS NOT NULL
     GROUP BY 1, 2, 3, 4, 5`,
    [
      bigintArray(orders.map((known) => known.shopId)),
      bigintArray(orders.map((known) => known.order.orderId)),
    ],
  );
  const byOrder = new Map<string, Posted[]>();
  for (const row of rows) {
    const key = orderKeyText({ shopId: row.shop_id, orderId: row.order_id });
    const posted = {
      customerId: row.customer_id,
      unit: row.unit,
      rule: row.rule,
      amount: row.amount,
      count: row.count,
    };
    byOrder.set(key, [...(byOrder.get(key) ?? []), posted]);
  }
  return byOrder;
}
