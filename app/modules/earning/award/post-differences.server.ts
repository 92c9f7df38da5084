/** What orders are entitled to, set against what they have in the ledger: the difference is posted. */
import { ledgerNow, type Transaction } from '#app/db.server.ts';
import { openPosting, writePosting } from '#app/modules/ledger/post.server.ts';
import type { AccountKey } from '#app/modules/ledger/rules/account.ts';
import { keyOfOrder, orderKeyText, type KnownOrder } from '#app/modules/orders/known-order.ts';
import { NO_FACTS } from '#app/modules/orders/rules/kept-facts.ts';
import { planSettlements } from '#app/modules/redemptions/settle/plan-settlements.ts';
import { findRedemptions, readSettlements } from '#app/modules/redemptions/settle/read-settlements.server.ts';
import { writeSettlements } from '#app/modules/redemptions/settle/write-settlements.server.ts';
import { readSnapshots, snapshotKey, type ClubRules } from '../rules-in-force.server.ts';
import { entitlement } from '../rules/entitlement.ts';
import { orderDifferences, type Difference } from '../rules/order-difference.ts';
import { planDifference } from '../rules/plan-difference.ts';
import { readPosted } from './read-posted.server.ts';

/**
 * Recomputes what these orders are entitled to and posts what differs, with the redemptions that they settle. An order
 * comes once, locked, with its rules, and its `customerId` is the owner (`resolveOwners`).
 */
export async function postDifferences(
  tx: Transaction,
  orders: readonly KnownOrder[],
  clubs: ReadonlyMap<bigint, ClubRules>,
): Promise<void> {
  if (orders.length === 0) return;
  const differences = await computeDifferences(tx, orders);
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
  const now = await ledgerNow(tx);
  const outcomes = planSettlements(plan, settlements, clubs, now);
  for (const [order, rows] of differences) {
    const club = clubs.get(order.shopId);
    if (club) for (const difference of rows) planDifference(plan, order, difference, club.takeBack);
  }
  await writePosting(tx, plan);
  await writeSettlements(tx, outcomes);
}

async function computeDifferences(
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
    const entitled = rules ? entitlement({ order, refunds, rules, facts, eligibleAt }) : [];
    const rows = orderDifferences(
      order.customerId,
      entitled,
      posted.get(orderKeyText(keyOfOrder(known))) ?? [],
    );
    if (rows.length > 0) result.set(known, rows);
  }
  return result;
}
