/** Turns what an order's ledger lacks into postings. */
import type { Difference } from './order-difference.ts';
import type { OrderFacts } from '#app/modules/orders/rules/kept-facts.ts';
import type { OrderState } from '#app/modules/orders/rules/order-state.ts';
import type { EntryFacts } from '#app/modules/ledger/rules/posting-types.ts';
import type { TakeBackPolicy } from '#app/modules/shops/rules/club-settings.ts';
import type { PostingPlan } from '#app/modules/ledger/rules/posting-plan.ts';

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
  const { customerId, unit, rule, amount, sequence, entitlement: earned, takenBack } = difference;
  const key = { shopId, customerId, unit };
  const facts: EntryFacts = {
    key: `order:${order.orderId}:${rule}:${unit}:${customerId}:${sequence}`,
    source: 'order',
    actor: 'rules',
    effectiveAt: amount > 0n && eligibleAt ? eligibleAt : order.updatedAt,
    orderId: order.orderId,
    rule,
    ...(takenBack?.givenBy == null ? {} : { reverses: takenBack.givenBy }),
    ...(snapshotId === null ? {} : { snapshotId }),
  };
  if (earned) {
    const terms = { validFrom: earned.validFrom, expiresAt: earned.expiresAt, orderId: order.orderId, rule };
    plan.earn(key, earned.kind, amount, terms, facts);
    return;
  }
  const origin = { orderId: order.orderId, rule, terms: takenBack?.terms ?? null };
  if (earning.facts?.withheld === 'backfill_undone') {
    const reason = 'backfill_undone';
    plan.takeBack(key, 'cancel_reversal', -amount, origin, takeBack, { ...facts, reason });
    return;
  }
  const kind = order.cancelledAt === null ? 'refund_reversal' : 'cancel_reversal';
  plan.takeBack(key, kind, -amount, origin, takeBack, {
    ...facts,
    source: order.cancelledAt ? 'order' : 'refund',
  });
}
