/** What an order counts for in its customer's figures (F41-F55). */
import {
  isUndone,
  lineNetMinor,
  refundedQuantities,
  wasPaid,
  type OrderLine,
  type OrderRefund,
  type OrderState,
} from '#app/modules/loyalty/rules/order-state.ts';
import { greatest, proportionDown } from '#app/modules/loyalty/rules/units.ts';

export interface LineFigures {
  lineId: bigint;
  productId: bigint | null;
  variantId: bigint | null;
  title: string;
  quantity: number;
  /** Pieces that did not go back. */
  keptQuantity: number;
  /** What was paid for the kept pieces, after discounts, tax included; minor units of shop money. */
  netMinor: bigint;
}

export interface OrderFigures {
  /** F41: no test, not cancelled, paid or partially refunded. */
  isValid: boolean;
  /** Pieces kept; zero for an order that is not valid. */
  items: number;
  /** What the order is worth now: its total less all that went back. Zero for an order that is not valid. */
  netMinor: bigint;
  lines: LineFigures[];
}

/** The figures of an order over its latest state; pure. */
export function orderFigures(order: OrderState, refunds: readonly OrderRefund[]): OrderFigures {
  const isValid = wasPaid(order) && !isUndone(order) && !order.isTest;
  const gone = refundedQuantities(order, refunds);
  const lines = order.lines.map((line) => lineFigures(order, line, gone.get(line.lineId) ?? 0));
  if (!isValid) return { isValid, items: 0, netMinor: 0n, lines };
  const backMinor = refunds.reduce((sum, refund) => sum + refund.extraMinor + refund.shippingMinor, 0n);
  const linesBackMinor = order.lines.reduce(
    (sum, line, index) => sum + paidMinor(order, line) - (lines[index]?.netMinor ?? 0n),
    0n,
  );
  return {
    isValid,
    items: lines.reduce((sum, line) => sum + line.keptQuantity, 0),
    netMinor: greatest(0n, order.totalMinor - backMinor - linesBackMinor),
    lines,
  };
}

function paidMinor(order: OrderState, line: OrderLine): bigint {
  return lineNetMinor(line) + (order.taxesIncluded ? 0n : line.taxMinor);
}

function lineFigures(order: OrderState, line: OrderLine, gone: number): LineFigures {
  const { lineId, productId, variantId, quantity } = line;
  const keptQuantity = quantity - gone;
  const netMinor =
    keptQuantity === 0 ? 0n : proportionDown(paidMinor(order, line), BigInt(keptQuantity), BigInt(quantity));
  return { lineId, productId, variantId, title: line.title ?? '', quantity, keptQuantity, netMinor };
}
