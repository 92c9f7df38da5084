/** What an order counts for in its customer's figures (F41-F55). */
import {
  looseRefundMinor,
  isUndone,
  itemsMinor,
  refundedQuantities,
  unnamedMinor,
  wasPaid,
  type OrderLine,
  type OrderRefund,
  type OrderState,
} from './order-state.ts';
import { owedShares } from './owed-share.ts';
import { greatest } from '#app/lib/integers.ts';

export interface LineFigures {
  lineId: bigint;
  productId: bigint | null;
  variantId: bigint | null;
  title: string;
  quantity: number;
  /** Items that did not go back. */
  keptQuantity: number;
  /** What was paid for the kept items, after discounts, tax included; minor units, zero in another currency. */
  netMinor: bigint;
  /** When the order was placed; null while it isn't valid or nothing of the line was kept. */
  boughtAt: Date | null;
}

export interface FiguredOrder {
  order: OrderState;
  refunds: readonly OrderRefund[];
  /** When it was first paid, if it was. */
  eligibleAt: Date | null;
}

export interface OrderFigures {
  /** F41: no test, not cancelled, paid or partially refunded; also what was paid before an edit added to it. */
  isValid: boolean;
  /** Items kept; zero for an order that is not valid. */
  items: number;
  /**
   * What the order is worth now, minor units: its total less all that went back or is not paid yet. Zero for an order that is not valid, or
   * whose money is of another currency than the shop's: sums never add the two.
   */
  netMinor: bigint;
  lines: LineFigures[];
}

/**
 * The figures of an order over its latest state. `currency` is the shop's; null while it is not known, when no order is
 * known to be in another.
 */
export function orderFigures(
  { order, refunds, eligibleAt }: FiguredOrder,
  currency: string | null,
): OrderFigures {
  const isValid = (wasPaid(order) || eligibleAt !== null) && !isUndone(order) && !order.isTest;
  const owed = isValid ? owedShares(order, refunds) : null;
  const gone = refundedQuantities(order, refunds);
  const isComparable = currency === null || order.currency === currency;
  const lines = order.lines
    .filter((line) => !line.isTip)
    .map((line) => lineFigures(order, line, gone.get(line.lineId) ?? 0, isValid))
    .map((line) => ({ ...line, netMinor: line.netMinor - (owed?.get(line.lineId)?.owedMinor ?? 0n) }))
    .map((line) => (isComparable ? line : { ...line, netMinor: 0n }));
  if (!isValid) return { isValid, items: 0, netMinor: 0n, lines };
  return {
    isValid,
    items: lines.reduce((sum, line) => sum + line.keptQuantity, 0),
    netMinor: isComparable
      ? greatest(0n, order.totalMinor - order.outstandingMinor - backMinor(order, refunds))
      : 0n,
    lines,
  };
}

/** All that went back: the money that moved where a refund tells it, else its parts; and what an edit removed. */
function backMinor(order: OrderState, refunds: readonly OrderRefund[]): bigint {
  const told = refunds.filter((refund) => refund.movedMinor !== null);
  const money = refunds.reduce((sum, refund) => sum + (refund.movedMinor ?? partsMinor(order, refund)), 0n);
  const extraMinor = refunds.reduce((sum, refund) => sum + refund.extraMinor, 0n);
  const countedTwiceMinor = greatest(0n, extraMinor) - looseRefundMinor(order, refunds);
  return money + unnamedMinor(order, told, refunds) - countedTwiceMinor;
}

/** What a refund gave back beside the items that it names. */
function partsMinor({ taxesIncluded }: OrderState, refund: OrderRefund): bigint {
  const shippingTaxMinor = taxesIncluded ? 0n : refund.shippingTaxMinor;
  return refund.extraMinor + refund.shippingMinor + shippingTaxMinor + refund.chargesMinor;
}

function lineFigures(order: OrderState, line: OrderLine, gone: number, isValid: boolean): LineFigures {
  const { lineId, productId, variantId, quantity } = line;
  const keptQuantity = quantity - gone;
  const netMinor = itemsMinor(order, line, keptQuantity);
  const boughtAt = isValid && keptQuantity > 0 ? order.processedAt : null;
  return {
    lineId,
    productId,
    variantId,
    title: line.title ?? '',
    quantity,
    keptQuantity,
    netMinor,
    boughtAt,
  };
}
