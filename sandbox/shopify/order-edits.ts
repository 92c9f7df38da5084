import type { Order } from '../state.ts';
import type { World } from '../world.ts';
import { fulfilledUnits } from './fulfillments.ts';
import { currentTotals, orderTotals } from './order-totals.ts';
import { type CartLineInput, priceLines } from './pricing.ts';

export type OrderEdit = {
  id: number;
  createdAt: string;
  note: string;
  additions: { id: number; delta: number }[];
  removals: { id: number; delta: number }[];
};

export type EditWish = {
  /** The new quantities of lines; a line that isn't named is left unchanged. */
  quantities?: { lineId: number; quantity: number }[];
  /** Lines to add, without discounts. */
  add?: CartLineInput[];
  /** Whether what a paid order costs more is paid at once; it is unless this is false. */
  paid?: boolean;
  note?: string;
};

export type EditOutcome =
  | { ok: true; edit: OrderEdit }
  | { ok: false; reason: 'cancelled' | 'unknown_line' | 'already_fulfilled' | 'nothing_to_edit' };

/**
 * Changes the lines of an order (state only; the caller announces it). As at Shopify a line reduced keeps its
 * quantity and gets a smaller current quantity; a line increased raises both. An increase of a paid order is paid at
 * once, or the order is partially paid; a decrease lowers what is owed, the rest is left to a refund.
 */
export function makeEdit(world: World, domain: string, order: Order, wish: EditWish): EditOutcome {
  if (order.cancelledAt !== null) return { ok: false, reason: 'cancelled' };
  const edit: OrderEdit = {
    id: world.nextId(),
    createdAt: world.instant(),
    note: wish.note ?? '',
    additions: [],
    removals: [],
  };
  const changes = [];
  for (const { lineId, quantity } of wish.quantities ?? []) {
    const line = order.lines.find((each) => each.id === lineId);
    if (!line) return { ok: false, reason: 'unknown_line' };
    if (quantity < fulfilledUnits(order, lineId)) return { ok: false, reason: 'already_fulfilled' };
    const delta = quantity - line.currentQuantity;
    if (delta !== 0) changes.push({ line, delta });
  }
  const added = priceLines(world, domain, wish.add ?? []);
  if (changes.length + added.length === 0) return { ok: false, reason: 'nothing_to_edit' };
  const before = orderTotals(order).total;
  const worthBefore = currentTotals(order).total;
  for (const { line, delta } of changes) {
    line.currentQuantity += delta;
    if (delta < 0) {
      edit.removals.push({ id: line.id, delta: -delta });
      continue;
    }
    line.tax += Math.round((line.tax * delta) / line.quantity);
    line.quantity += delta;
    edit.additions.push({ id: line.id, delta });
  }
  for (const priced of added) {
    const { gross: _gross, net: _net, ...kept } = priced;
    const line = { ...kept, id: world.nextId(), currentQuantity: priced.quantity };
    order.lines.push(line);
    edit.additions.push({ id: line.id, delta: line.quantity });
  }
  const removed = Math.max(0, worthBefore + (orderTotals(order).total - before) - currentTotals(order).total);
  owe(order, -removed);
  const more = orderTotals(order).total - before;
  if (wish.paid === false) owe(order, more);
  else payMore(world, order, more);
  return { ok: true, edit };
}

/** Changes what a paid order owes, by money that an edit adds or takes off. */
function owe(order: Order, change: number): void {
  const owed = Math.max(0, (order.owed ?? 0) + change);
  if (order.financialStatus === 'pending' || owed === (order.owed ?? 0)) return;
  order.owed = owed;
  order.financialStatus =
    owed > 0 ? 'partially_paid' : order.refunds.length > 0 ? 'partially_refunded' : 'paid';
}

/** Takes a payment; nothing for a pending order. */
export function payMore(world: World, order: Order, amount: number): void {
  if (amount <= 0 || order.financialStatus === 'pending') return;
  order.transactions.push({
    id: world.nextId(),
    kind: 'sale',
    amount,
    gateway: order.transactions[0]?.gateway ?? 'manual',
    parentId: null,
    createdAt: world.instant(),
  });
}
