/** Turns what an order's ledger lacks into postings. */
import type { Difference } from './order-difference.ts';
import type { OrderFacts } from './order-facts.ts';
import type { OrderState } from './order-state.ts';
import type { EntryFacts, TakeBackPolicy } from './planned.ts';
import type { PostingPlan } from './posting.ts';

/** An order with the moment and the rules by which it earns. */
export interface EarningOrder {
  shopId: bigint;
  order: OrderState;
  /** Null before it was eligible; then it has no differences that give. */
  eligibleAt: Date | null;
  snapshotId: bigint | null;
  facts?: OrderFacts | null;
}

/** Plans one difference: an earning with its lot, or a take-back by the club's policy. */
export function planDifference(
  plan: PostingPlan,
  earning: EarningOrder,
  difference: Difference,
  takeBack: TakeBackPolicy,
): void {
  const { shopId, order, snapshotId, eligibleAt } = earning;
  const { customerId, unit, rule, amount, sequence, entitlement: earned } = difference;
  const key = { shopId, customerId, unit };
  const facts: EntryFacts = {
    key: `order:${order.orderId}:${rule}:${unit}:${customerId}:${sequence}`,
    source: 'order',
    actor: 'rules',
    effectiveAt: amount > 0n && eligibleAt ? eligibleAt : order.updatedAt,
    orderId: order.orderId,
    rule,
    ...(snapshotId === null ? {} : { snapshotId }),
  };
  if (earned) {
    const terms = { validFrom: earned.validFrom, expiresAt: earned.expiresAt, orderId: order.orderId };
    plan.earn(key, earned.kind, amount, terms, facts);
    return;
  }
  if (earning.facts?.withheld === 'backfill_undone') {
    const reason = 'backfill_undone';
    plan.takeBack(key, 'cancel_reversal', -amount, order.orderId, takeBack, { ...facts, reason });
    return;
  }
  const kind = order.cancelledAt === null ? 'refund_reversal' : 'cancel_reversal';
  plan.takeBack(key, kind, -amount, order.orderId, takeBack, {
    ...facts,
    source: order.cancelledAt ? 'order' : 'refund',
  });
}
