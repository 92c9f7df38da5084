import type { Order } from '../state.ts';
import type { World } from '../world.ts';
import { fulfilledUnits } from './fulfillments.ts';
import { orderTotals } from './order-totals.ts';
import { type CartLineInput, priceLines } from './pricing.ts';

export type OrderEdit = {
  id: number;
  createdAt: string;
  note: string;
  additions: { id: number; delta: number }[];
  removals: { id: number; delta: number }[];
};

export type EditWish = {
  /** Units that a line shall have; a line that is not named stays as it is. */
  quantities?: { lineId: number; quantity: number }[];
  /** Lines to add, without discounts. */
  add?: CartLineInput[];
  note?: string;
};

export type EditOutcome =
  | { ok: true; edit: OrderEdit }
  | { ok: false; reason: 'cancelled' | 'unknown_line' | 'already_fulfilled' | 'nothing_to_edit' };

/**
 * Changes the lines of an order (state only; the caller announces it). As on Shopify a line that gets fewer units keeps
 * its quantity and has a smaller current quantity; more units of a line count up both. What more a paid order costs is
 * paid at once; what it costs less is left to a refund.
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
  payMore(world, order, orderTotals(order).total - before);
  return { ok: true, edit };
}

function payMore(world: World, order: Order, amount: number): void {
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
