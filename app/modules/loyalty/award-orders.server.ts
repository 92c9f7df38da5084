/**
 * Orders become points, exactly once: the latest state of each order is stored, what it is entitled to is computed
 * afresh, and the difference to what it already has in the ledger is posted. Replays, duplicates, refunds and events
 * in any order need nothing else.
 */
import type { Transaction } from '#app/db.server.ts';
import { clubNow } from '#app/db.server.ts';
import { upsertCustomersFromOrders } from '#app/modules/customers/upsert-customers.server.ts';
import { readClubs, readSnapshots, snapshotKey, snapshotRules, type Club } from './club.server.ts';
import { openPosting, writePosting } from './ledger.server.ts';
import { readFacts, type FactSubject } from './order-facts.server.ts';
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
  type Fixing,
  type IncomingOrder,
  type IncomingRefund,
  type KnownOrder,
  type OrderKey,
} from './orders.server.ts';
import { withOwners } from './owners.server.ts';
import { readPosted } from './posted.server.ts';
import type { AccountKey } from './rules/account.ts';
import { decodeOrder, decodeOrderCustomer, decodeRefund } from './rules/decode-order.ts';
import { entitlement, isEligible } from './rules/entitlement.ts';
import { orderDifferences, type Difference } from './rules/order-difference.ts';
import { NO_FACTS } from './rules/order-facts.ts';
import { planDifference } from './rules/order-posting.ts';
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
  await postOrders(tx, await withOwners(tx, await storeEvents(tx, events, clubs)), clubs);
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
  const stored = await storeOrders(tx, await withFixing(tx, [...newest.values()], clubs));
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

/** Orders that may earn come with the rules and facts of now: they keep them if they have none yet. */
async function withFixing(
  tx: Transaction,
  incoming: readonly IncomingOrder[],
  clubs: ReadonlyMap<bigint, Club>,
): Promise<(IncomingOrder & { fixing: Fixing | null })[]> {
  const owned = await withOwners(
    tx,
    incoming.filter(({ order }) => isEligible(order)).map((one) => ({ ...one, claimedBy: null })),
  );
  const fixings = await fixingsOf(tx, owned, clubs);
  return incoming.map((one) => ({ ...one, fixing: fixings.get(orderKeyText(keyOfOrder(one))) ?? null }));
}

/** The rules and facts of now for orders whose customers are the owners, by `orderKeyText`. */
async function fixingsOf(
  tx: Transaction,
  orders: readonly FactSubject[],
  clubs: ReadonlyMap<bigint, Club>,
): Promise<Map<string, Fixing>> {
  const shops = new Set(orders.map(({ shopId }) => shopId));
  const snapshotIds = await snapshotRules(
    tx,
    [...clubs.values()].filter((club) => shops.has(club.shopId)),
  );
  const facts = await readFacts(tx, orders, clubs);
  return new Map(
    orders.flatMap((one) => {
      const snapshotId = snapshotIds.get(one.shopId);
      const key = orderKeyText(keyOfOrder(one));
      return snapshotId === undefined ? [] : [[key, { snapshotId, facts: facts.get(key) ?? null }] as const];
    }),
  );
}

/**
 * An order that is eligible for the first time keeps the rules and facts of now, for all later computations. Facts that
 * were taken while nobody owned the order are taken again once somebody does.
 */
async function fixRulesOfEligible(
  tx: Transaction,
  orders: readonly KnownOrder[],
  clubs: ReadonlyMap<bigint, Club>,
): Promise<void> {
  const isClaimed = ({ facts, order }: KnownOrder) => facts?.customerId === null && order.customerId !== null;
  const fresh = orders.filter(
    (known) => isEligible(known.order) && (known.snapshotId === null || isClaimed(known)),
  );
  if (fresh.length === 0) return;
  const fixings = await fixingsOf(tx, fresh, clubs);
  const fixed = fresh.flatMap((known) => {
    const fixing = fixings.get(orderKeyText(keyOfOrder(known)));
    if (!fixing) return [];
    known.snapshotId ??= fixing.snapshotId;
    known.eligibleAt ??= known.triggeredAt;
    known.facts = fixing.facts;
    const { snapshotId, eligibleAt, facts } = known;
    return [{ ...keyOfOrder(known), snapshotId, eligibleAt, facts }];
  });
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
    const facts = known.facts ?? NO_FACTS;
    const rules = snapshotId === null ? undefined : snapshots.get(snapshotKey(shopId, snapshotId));
    const entitled = rules && eligibleAt ? entitlement({ order, refunds, rules, facts, eligibleAt }) : [];
    const rows = orderDifferences(
      order.customerId,
      entitled,
      posted.get(orderKeyText(keyOfOrder(known))) ?? [],
    );
    if (rows.length > 0) result.set(known, rows);
  }
  return result;
}
