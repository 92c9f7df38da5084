/** What an order's state means for the redemption whose code it carries. */
import { returnedDiscount } from './eligible-base.ts';
import { codeDiscounts, isUndone, wasPaid, type OrderRefund, type OrderState } from './order-state.ts';
import { canMove, restoreTarget, spentUnits, type RedemptionState } from './redemption.ts';

export interface RedemptionFacts {
  state: RedemptionState;
  code: string;
  units: bigint;
  amountMinor: bigint;
  orderId: bigint | null;
  settledUnits: bigint | null;
}

export type Settlement =
  | { action: 'none' }
  /** The order holds the code but is not paid yet: the hold lasts as long as the order is open. */
  | { action: 'attach' }
  /** The order is gone before it was settled: the value goes back. */
  | { action: 'release' }
  | { action: 'settle'; units: bigint; amountMinor: bigint }
  /** Units that must have come back in all by now. */
  | { action: 'restore'; target: bigint };

/** Decides over the latest state of the order, so that events may come in any order and any number of times. */
export function settlementOf(redemption: RedemptionFacts, order: OrderState, refunds: readonly OrderRefund[]): Settlement {
  const discounts = codeDiscounts(order, redemption.code);
  if (redemption.state === 'settled') {
    if (redemption.orderId !== order.orderId || redemption.settledUnits === null) return { action: 'none' };
    if (discounts === null) return isUndone(order) ? { action: 'restore', target: redemption.settledUnits } : { action: 'none' };
    const { returned, total } = returnedDiscount(order, refunds, discounts);
    return returned === 0n ? { action: 'none' } : { action: 'restore', target: restoreTarget(redemption.settledUnits, returned, total) };
  }
  if (discounts === null) return { action: 'none' };
  if (isUndone(order)) return canMove(redemption.state, 'released') ? { action: 'release' } : { action: 'none' };
  if (!wasPaid(order)) return redemption.orderId === null && canMove(redemption.state, 'released') ? { action: 'attach' } : { action: 'none' };
  const takenMinor = [...discounts.values()].reduce((sum, minor) => sum + minor, 0n);
  if (takenMinor === 0n) return canMove(redemption.state, 'released') ? { action: 'release' } : { action: 'none' };
  return { action: 'settle', units: spentUnits(redemption.units, redemption.amountMinor, takenMinor), amountMinor: takenMinor };
}
