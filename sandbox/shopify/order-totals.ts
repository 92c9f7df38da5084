import type { Order, OrderLine } from '../state.ts';

export type OrderTotals = {
  lineTotal: number;
  discountTotal: number;
  subtotal: number;
  tax: number;
  shipping: number;
  duties: number;
  total: number;
};

/** The totals of an order as it was placed, in minor units of the shop's currency. */
export function orderTotals(order: Order): OrderTotals {
  const lineTotal = order.lines.reduce((sum, line) => sum + line.price * line.quantity, 0);
  const discountTotal = order.lines.reduce((sum, line) => sum + lineDiscount(line), 0);
  const tax = order.lines.reduce((sum, line) => sum + line.tax, order.shippingTax ?? 0);
  const subtotal = lineTotal - discountTotal;
  const duties = order.duties ?? 0;
  const total = subtotal + order.shipping + duties + (order.taxesIncluded ? 0 : tax);
  return { lineTotal, discountTotal, subtotal, tax, shipping: order.shipping, duties, total };
}

/** What is not paid yet: all of a pending order, and what edits added to a paid one. */
export function outstanding(order: Order): number {
  return order.financialStatus === 'pending' ? orderTotals(order).total : (order.owed ?? 0);
}

/** The sum of the discount allocations of a line. */
export function lineDiscount(line: OrderLine): number {
  return line.allocations.reduce((sum, allocation) => sum + allocation.amount, 0);
}

/** What the shipping costs before discounts. */
export function shippingPrice(order: Order): number {
  const discounts = order.shippingAllocations ?? [];
  return discounts.reduce((sum, { amount }) => sum + amount, order.shipping);
}

/** What was paid for the remaining units of a line, in minor units. */
export function currentNet(line: OrderLine): number {
  const net = line.price * line.quantity - lineDiscount(line);
  const refunded = line.quantity - line.currentQuantity;
  return net - Number((BigInt(net) * BigInt(refunded)) / BigInt(line.quantity));
}

/** What refunds gave back of the shipping and of the duties, in minor units. */
type Refunded = { shipping: number; shippingTax: number; duties: number };

const NOTHING_BACK: Refunded = { shipping: 0, shippingTax: 0, duties: 0 };

/** Computes the totals of what is left after refunds. */
export function currentTotals(order: Order, back: Refunded = NOTHING_BACK): OrderTotals {
  const lineTotal = order.lines.reduce((sum, line) => sum + line.price * line.currentQuantity, 0);
  const subtotal = order.lines.reduce((sum, line) => sum + currentNet(line), 0);
  const tax = order.lines.reduce(
    (sum, line) => sum + Math.round((line.tax * line.currentQuantity) / line.quantity),
    (order.shippingTax ?? 0) - back.shippingTax,
  );
  const shipping = order.shipping - back.shipping;
  const duties = (order.duties ?? 0) - back.duties;
  const total = subtotal + shipping + duties + (order.taxesIncluded ? 0 : tax);
  return { lineTotal, discountTotal: lineTotal - subtotal, subtotal, tax, shipping, duties, total };
}
