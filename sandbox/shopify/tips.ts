import type { Order, OrderLine } from '../state.ts';

/** Whether a line is the checkout's tip: it has no product and is called so. */
export function isTip(line: Pick<OrderLine, 'productId' | 'title'>): boolean {
  return line.productId === null && line.title === 'Tip';
}

/** The tip of an order, in minor units. */
export function tipMinor(order: Order): number {
  return order.lines.filter(isTip).reduce((sum, line) => sum + line.price * line.quantity, 0);
}
