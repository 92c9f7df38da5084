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

/** What was paid for the units of a line that are left, in minor units. */
export function currentNet(line: OrderLine): number {
  const net = line.price * line.quantity - lineDiscount(line);
  const refunded = line.quantity - line.currentQuantity;
  return net - Number((BigInt(net) * BigInt(refunded)) / BigInt(line.quantity));
}

/** The totals of what is left after refunds. `shippingRefunded` is what of the shipping went back. */
export function currentTotals(order: Order, shippingRefunded: number): OrderTotals {
  const lineTotal = order.lines.reduce((sum, line) => sum + line.price * line.currentQuantity, 0);
  const subtotal = order.lines.reduce((sum, line) => sum + currentNet(line), 0);
  const tax = order.lines.reduce(
    (sum, line) => sum + Math.round((line.tax * line.currentQuantity) / line.quantity),
    0,
  );
  const shipping = order.shipping - shippingRefunded;
  const total = subtotal + shipping + (order.taxesIncluded ? 0 : tax);
  return { lineTotal, discountTotal: lineTotal - subtotal, subtotal, tax, shipping, total };
}
