import type { Order, OrderLine } from '../state.ts';

export type OrderTotals = {
  lineTotal: number;
  discountTotal: number;
  subtotal: number;
  tax: number;
  shipping: number;
  total: number;
};

/** The totals of an order as it was placed, in minor units of the shop's currency. */
export function orderTotals(order: Order): OrderTotals {
  const lineTotal = order.lines.reduce((sum, line) => sum + line.price * line.quantity, 0);
  const discountTotal = order.lines.reduce((sum, line) => sum + lineDiscount(line), 0);
  const tax = order.lines.reduce((sum, line) => sum + line.tax, 0);
  const subtotal = lineTotal - discountTotal;
  const total = subtotal + order.shipping + (order.taxesIncluded ? 0 : tax);
  return { lineTotal, discountTotal, subtotal, tax, shipping: order.shipping, total };
}

/** The sum of the discount allocations of a line. */
export function lineDiscount(line: OrderLine): number {
  return line.allocations.reduce((sum, allocation) => sum + allocation.amount, 0);
}
