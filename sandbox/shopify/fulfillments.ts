import type { Fulfillment, Order } from '../state.ts';
import type { World } from '../world.ts';
import { isTip } from './tips.ts';

export type FulfillOutcome =
  | { ok: true; fulfillment: Fulfillment }
  | { ok: false; reason: 'cancelled' | 'unknown_line' | 'too_many_units' | 'nothing_to_fulfill' };

/** The fulfilled part of an order, in batches. */
export function fulfillmentsOf(order: Order): Fulfillment[] {
  return order.fulfillments ?? [];
}

/** Returns the fulfilled units of a line. */
export function fulfilledUnits(order: Order, lineId: number): number {
  return fulfillmentsOf(order)
    .flatMap((fulfillment) => fulfillment.lines)
    .filter((line) => line.lineId === lineId)
    .reduce((sum, line) => sum + line.quantity, 0);
}

/** Returns the units of a line that can still be fulfilled: not refunded, removed or fulfilled yet, and not a tip. */
export function openUnits(order: Order, lineId: number): number {
  const line = order.lines.find((each) => each.id === lineId);
  return line && !isTip(line) ? Math.max(0, line.currentQuantity - fulfilledUnits(order, lineId)) : 0;
}

/** `null`: nothing was fulfilled yet. */
export function fulfillmentStatus(order: Order): 'partial' | 'fulfilled' | null {
  if (fulfillmentsOf(order).length === 0) return null;
  return order.lines.every((line) => openUnits(order, line.id) === 0) ? 'fulfilled' : 'partial';
}

/** Fulfils units (state only; the caller announces it); without lines, all that are left. */
export function makeFulfillment(
  world: World,
  order: Order,
  lines?: { lineId: number; quantity: number }[],
): FulfillOutcome {
  if (order.cancelledAt !== null) return { ok: false, reason: 'cancelled' };
  const wanted =
    lines ?? order.lines.map((line) => ({ lineId: line.id, quantity: openUnits(order, line.id) }));
  const taken = wanted.filter(({ quantity }) => quantity > 0);
  for (const { lineId, quantity } of taken) {
    if (!order.lines.some((line) => line.id === lineId)) return { ok: false, reason: 'unknown_line' };
    if (quantity > openUnits(order, lineId)) return { ok: false, reason: 'too_many_units' };
  }
  if (taken.length === 0) return { ok: false, reason: 'nothing_to_fulfill' };
  const fulfillment: Fulfillment = { id: world.nextId(), createdAt: world.instant(), lines: taken };
  order.fulfillments = [...fulfillmentsOf(order), fulfillment];
  return { ok: true, fulfillment };
}
