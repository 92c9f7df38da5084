/** What an order's state means for the redemption whose code it carries. */
import { returnedDiscount } from '#app/modules/orders/rules/returned-discount.ts';
import {
  codeDiscounts,
  isUndone,
  wasPaid,
  type OrderRefund,
  type OrderState,
} from '#app/modules/orders/rules/order-state.ts';
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
  /** Of `amountMinor`: the shop's when it was reserved. */
  currency: string;
  orderId: bigint | null;
  settledUnits: bigint | null;
}

export type Settlement =
  | { action: 'none' }
  /** The order holds the code but is not paid yet: the hold lasts as long as the order is open. */
  | { action: 'attach' }
  /** The order was undone before it was settled: the amount is free again. */
  | { action: 'release' }
  /** `amountMinor`: what the code took off, in the redemption's currency; null when the order is in another. */
  | { action: 'settle'; units: bigint; amountMinor: bigint | null }
  /** Units that must have been restored in total by now; fewer than before if the order was edited. */
  | { action: 'restore'; target: bigint };

const NO_DISCOUNTS = new Map<bigint | null, bigint>();

/** Decides from the latest state of the order, so events may arrive in any order and more than once. */
export function decideSettlement(
  redemption: RedemptionFacts,
  order: OrderState,
  refunds: readonly OrderRefund[],
): Settlement {
  const discounts = codeDiscounts(order, redemption.code);
  if (redemption.state === 'settled') return decideRestore(redemption, order, refunds, discounts);
  const canRelease = canMove(redemption.state, 'released');
  const isOnOrder = redemption.orderId === order.orderId;
  // An order that an edit removed the code from frees what it held.
  if (discounts === null) return isOnOrder && canRelease ? { action: 'release' } : { action: 'none' };
  if (isUndone(order)) return canRelease ? { action: 'release' } : { action: 'none' };
  if (!wasPaid(order))
    return redemption.orderId === null && canRelease ? { action: 'attach' } : { action: 'none' };
  const takenMinor = [...discounts.values()].reduce((sum, minor) => sum + minor, 0n);
  if (takenMinor === 0n) return canRelease ? { action: 'release' } : { action: 'none' };
  const comparableMinor = order.currency === redemption.currency ? takenMinor : null;
  return {
    action: 'settle',
    units: unitsToSettle(redemption, comparableMinor),
    amountMinor: comparableMinor,
  };
}

/**
 * A reward has one price, however much it took off; a payment spends what it paid, and all of it where the shop's currency
 * has changed since, as the two amounts cannot be compared.
 */
function unitsToSettle({ kind, units, amountMinor }: RedemptionFacts, takenMinor: bigint | null): bigint {
  return kind === 'reward' || takenMinor === null ? units : spentUnits(units, amountMinor, takenMinor);
}

function decideRestore(
  { orderId, settledUnits }: RedemptionFacts,
  order: OrderState,
  refunds: readonly OrderRefund[],
  discounts: Map<bigint | null, bigint> | null,
): Settlement {
  if (orderId !== order.orderId || settledUnits === null) return { action: 'none' };
  if (isUndone(order)) return { action: 'restore', target: settledUnits };
  const { returned, total } = returnedDiscount(order, refunds, discounts ?? NO_DISCOUNTS);
  // A discount that was removed from a paid order was still taken when it was paid.
  if (total === 0n) return { action: 'none' };
  return { action: 'restore', target: restoreTarget(settledUnits, returned, total) };
}
