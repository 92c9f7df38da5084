/**
 * What orders are entitled to, set against what they have in the ledger: the difference is posted. The rules and facts
 * of the moment when an order was first eligible stay with it.
 */
import type { Transaction } from '#app/db.server.ts';
import { clubNow } from '#app/db.server.ts';
import { refreshStats } from '#app/modules/customers/refresh-stats.server.ts';
import { queueEvaluation } from '#app/modules/membership/queue-evaluation.server.ts';
import { readSnapshots, snapshotKey, snapshotRules, type Club } from './club.server.ts';
import { openPosting, writePosting } from './ledger.server.ts';
import { readFacts, type FactSubject } from './order-facts.server.ts';
import { fixRules } from './fix-rules.server.ts';
import {
  keyOfOrder,
  orderKeyText,
  type Fixing,
  type IncomingOrder,
  type KnownOrder,
} from './orders.server.ts';
import { withOwners } from './owners.server.ts';
import { readPosted } from './posted.server.ts';
import type { AccountKey } from './rules/account.ts';
import { entitlement, isEligible } from './rules/entitlement.ts';
import { orderDifferences, type Difference } from './rules/order-difference.ts';
import { NO_FACTS, type OrderFacts } from './rules/order-facts.ts';
import { planDifference } from './rules/order-posting.ts';
import {
  findRedemptions,
  planSettlements,
  readSettlements,
  writeSettlements,
} from './settle-redemptions.server.ts';

/**
 * Recomputes what these orders are entitled to and posts what differs; an order comes once, locked, and its
 * `customerId` is the owner (`withOwners`).
 */
export async function postOrders(
  tx: Transaction,
  orders: readonly KnownOrder[],
  clubs: ReadonlyMap<bigint, Club>,
): Promise<void> {
  if (orders.length === 0) return;
  await refreshStats(tx, orders);
  await queueEvaluation(tx, customersToEvaluate(orders, clubs));
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

/** Whose tier or membership these orders may change, where that is looked at. */
function customersToEvaluate(
  orders: readonly KnownOrder[],
  clubs: ReadonlyMap<bigint, Club>,
): { shopId: bigint; customerId: bigint }[] {
  return orders.flatMap(({ shopId, order: { customerId } }) =>
    customerId !== null && clubs.get(shopId)?.evaluatesCustomers ? [{ shopId, customerId }] : [],
  );
}

/** Orders that may earn come with the rules and facts of now: they keep them if they have none yet. */
export async function withFixing(
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
 * An order that is eligible for the first time keeps the rules and facts of now, for all later computations; mere
 * history gets none, whoever claims it. The facts of a guest's order are completed once somebody owns it; what its
 * products were then stays.
 */
async function fixRulesOfEligible(
  tx: Transaction,
  orders: readonly KnownOrder[],
  clubs: ReadonlyMap<bigint, Club>,
): Promise<void> {
  const eligible = orders.filter(({ order }) => isEligible(order));
  const fresh = eligible.filter(({ snapshotId, isHistory }) => snapshotId === null && !isHistory);
  const claimed = eligible.filter(
    ({ snapshotId, facts, order }) =>
      snapshotId !== null && facts?.customerId === null && order.customerId !== null,
  );
  if (fresh.length + claimed.length === 0) return;
  const fixings = await fixingsOf(tx, fresh, clubs);
  const owned = await readFacts(tx, claimed, askingAll(clubs));
  const fixed = [...fresh, ...claimed].flatMap((known) => {
    const key = orderKeyText(keyOfOrder(known));
    const snapshotId = known.snapshotId ?? fixings.get(key)?.snapshotId;
    if (snapshotId === undefined) return [];
    known.facts =
      known.snapshotId === null
        ? (fixings.get(key)?.facts ?? null)
        : claimedFacts(known, owned.get(key), clubs.get(known.shopId));
    known.snapshotId = snapshotId;
    known.eligibleAt ??= known.triggeredAt;
    const { eligibleAt, facts } = known;
    return [{ ...keyOfOrder(known), snapshotId, eligibleAt, facts }];
  });
  await fixRules(tx, fixed);
}

/** The rules that a guest's order keeps may ask what today's do not. */
function askingAll(clubs: ReadonlyMap<bigint, Club>): Map<bigint, Club> {
  const needs = { customers: true, products: false };
  return new Map([...clubs].map(([shopId, club]) => [shopId, { ...club, needs }]));
}

/** Trial mode that ended since does not let a guest's order through that it held back. */
function claimedFacts(
  { facts }: KnownOrder,
  owner: OrderFacts | undefined,
  club: Club | undefined,
): OrderFacts | null {
  if (!facts || !owner) return facts;
  const withheld = facts.withheld === 'trial' && club?.trialMode ? owner.withheld : facts.withheld;
  return { ...owner, withheld, products: facts.products };
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
