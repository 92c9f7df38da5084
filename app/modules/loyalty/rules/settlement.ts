/** What an order's state means for the redemption whose code it carries. */
import { returnedDiscount } from './eligible-base.ts';
import { codeDiscounts, isUndone, wasPaid, type OrderRefund, type OrderState } from './order-state.ts';
import {
  canMove,
  restoreTarget,
  spentUnits,
  type RedemptionKind,
  type RedemptionState,
} from './redemption.ts';

export interface RedemptionFacts {
  kind: RedemptionKind;
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
  /** Units that must have come back in all by now; may be fewer than before, when the order was edited meanwhile. */
  | { action: 'restore'; target: bigint };

const NO_DISCOUNTS = new Map<bigint | null, bigint>();

/** Decides over the latest state of the order, so that events may come in any order and any number of times. */
export function settlementOf(
  redemption: RedemptionFacts,
  order: OrderState,
  refunds: readonly OrderRefund[],
): Settlement {
  const discounts = codeDiscounts(order, redemption.code);
  if (redemption.state === 'settled') return restoration(redemption, order, refunds, discounts);
  const canRelease = canMove(redemption.state, 'released');
  const isOnOrder = redemption.orderId === order.orderId;
  // An order that was edited and lost its code gives back what it held.
  if (discounts === null) return isOnOrder && canRelease ? { action: 'release' } : { action: 'none' };
  if (isUndone(order)) return canRelease ? { action: 'release' } : { action: 'none' };
  if (!wasPaid(order))
    return redemption.orderId === null && canRelease ? { action: 'attach' } : { action: 'none' };
  const takenMinor = [...discounts.values()].reduce((sum, minor) => sum + minor, 0n);
  if (takenMinor === 0n) return canRelease ? { action: 'release' } : { action: 'none' };
  return {
    action: 'settle',
    units: settledUnits(redemption, takenMinor),
    amountMinor: takenMinor,
  };
}

/** A reward has one price, whatever it took off; a payment spends what it really paid. */
function settledUnits({ kind, units, amountMinor }: RedemptionFacts, takenMinor: bigint): bigint {
  return kind === 'reward' ? units : spentUnits(units, amountMinor, takenMinor);
}

function restoration(
  { orderId, settledUnits }: RedemptionFacts,
  order: OrderState,
  refunds: readonly OrderRefund[],
  discounts: Map<bigint | null, bigint> | null,
): Settlement {
  if (orderId !== order.orderId || settledUnits === null) return { action: 'none' };
  if (isUndone(order)) return { action: 'restore', target: settledUnits };
  const { returned, total } = returnedDiscount(order, refunds, discounts ?? NO_DISCOUNTS);
  // A discount that is gone from a paid order was still taken when it was paid.
  if (total === 0n) return { action: 'none' };
  return { action: 'restore', target: restoreTarget(settledUnits, returned, total) };
}
