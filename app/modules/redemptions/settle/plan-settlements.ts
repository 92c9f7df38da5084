/** Plans the postings that the state of orders means for their redemptions. */
import { daysLater, endOfDayAfter } from '#app/lib/calendar-days.ts';
import type { PostingPlan } from '#app/modules/ledger/rules/posting-plan.ts';
import type { EntryFacts } from '#app/modules/ledger/rules/posting-types.ts';
import type { Club } from '#app/modules/shops/club.server.ts';
import { OPEN_STATES, type RedemptionState } from '../rules/redemption.ts';
import { decideSettlement } from '../rules/settlement.ts';
import type { SettlementRead } from './read-settlements.server.ts';

/** A redemption's new state, to be written. */
export interface SettlementOutcome {
  shopId: bigint;
  redemptionId: string;
  state: RedemptionState;
  orderId: bigint;
  settledUnits: bigint | null;
  settledMinor: bigint | null;
}

/**
 * Plans what each order's state means for its redemption and returns the new states. `facts` follow, so that a second
 * order of the batch with the same code sees what the first one did.
 */
export function planSettlements(
  plan: PostingPlan,
  reads: readonly SettlementRead[],
  clubs: ReadonlyMap<bigint, Club>,
  now: Date,
): SettlementOutcome[] {
  const outcomes: SettlementOutcome[] = [];
  for (const read of reads) {
    const { shopId, redemptionId, facts, known } = read;
    const settlement = decideSettlement(facts, known.order, known.refunds);
    if (settlement.action === 'none') continue;
    if (settlement.action === 'restore') {
      planRestore(plan, read, settlement.target, clubs.get(shopId), now);
      continue;
    }
    if (settlement.action === 'settle') planSettle(plan, read, settlement, clubs.get(shopId), now);
    else if (settlement.action === 'release') {
      plan.endHold(read, redemptionId, facts.units);
      facts.state = 'released';
    } else facts.orderId = known.order.orderId;
    const settledMinor = settlement.action === 'settle' ? settlement.amountMinor : null;
    outcomes.push({
      shopId,
      redemptionId,
      state: facts.state,
      orderId: known.order.orderId,
      settledUnits: facts.settledUnits,
      settledMinor,
    });
  }
  return outcomes;
}

/** Spends, and restores at once what refunds that came with the order require. */
function planSettle(
  plan: PostingPlan,
  read: SettlementRead,
  settlement: { units: bigint },
  club: Club | undefined,
  now: Date,
): void {
  const { redemptionId, facts, known } = read;
  if (OPEN_STATES.includes(facts.state)) plan.endHold(read, redemptionId, facts.units);
  const spendEntry = plan.spend(read, 'redeem', settlement.units, [read.reservedAt, now], {
    ...toEntryFacts(read, `redemption:${redemptionId}:settle`),
    // Who entered it at the till is who spent it for the customer.
    actor: read.actor ?? 'rules',
    effectiveAt: known.order.processedAt,
  });
  facts.state = 'settled';
  facts.orderId = known.order.orderId;
  facts.settledUnits = settlement.units;
  const after = decideSettlement(facts, known.order, known.refunds);
  if (after.action !== 'restore') return;
  planRestore(plan, { ...read, spendParts: plan.restorable(read, spendEntry) }, after.target, club, now);
}

function toEntryFacts(read: SettlementRead, key: string): Omit<EntryFacts, 'effectiveAt'> {
  return {
    key,
    source: 'redemption',
    actor: 'rules',
    orderId: read.known.order.orderId,
    redemptionId: read.redemptionId,
  };
}

function planRestore(
  plan: PostingPlan,
  read: SettlementRead,
  target: bigint,
  club: Club | undefined,
  now: Date,
): void {
  const amount = target - read.restored;
  const facts = {
    ...toEntryFacts(read, `redemption:${read.redemptionId}:restore:${read.restoreCount}`),
    effectiveAt: now,
  };
  if (amount < 0n) plan.unrestore(read, -amount, read.spendParts, read.restored, read.restoredLots, facts);
  if (amount <= 0n) return;
  plan.restore(read, amount, read.spendParts, restoreNotBefore(club, now), facts);
}

/** Returns the earliest expiry that restored units may have. */
export function restoreNotBefore(club: Club | undefined, now: Date): Date {
  const days = club?.restoreMinimumDays ?? 0;
  return club ? endOfDayAfter(now, days, club.timeZone) : daysLater(now, days);
}
