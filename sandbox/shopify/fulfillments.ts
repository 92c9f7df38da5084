import type { Fulfillment, Order } from '../state.ts';
import type { World } from '../world.ts';

export type FulfillOutcome =
  | { ok: true; fulfillment: Fulfillment }
  | { ok: false; reason: 'cancelled' | 'unknown_line' | 'too_many_units' | 'nothing_to_fulfill' };

/** What was handed over of an order, in parts. */
export function fulfillmentsOf(order: Order): Fulfillment[] {
  return order.fulfillments ?? [];
}

/** Units of a line that were handed over. */
export function fulfilledUnits(order: Order, lineId: number): number {
  return fulfillmentsOf(order)
    .flatMap((fulfillment) => fulfillment.lines)
    .filter((line) => line.lineId === lineId)
    .reduce((sum, line) => sum + line.quantity, 0);
}

/** Units of a line that still can be handed over: not refunded or removed, not gone yet. */
export function openUnits(order: Order, lineId: number): number {
  const line = order.lines.find((each) => each.id === lineId);
  return line ? Math.max(0, line.currentQuantity - fulfilledUnits(order, lineId)) : 0;
}

/** `null`: nothing was handed over yet. */
export function fulfillmentStatus(order: Order): 'partial' | 'fulfilled' | null {
  if (fulfillmentsOf(order).length === 0) return null;
  return order.lines.every((line) => openUnits(order, line.id) === 0) ? 'fulfilled' : 'partial';
}

/** Hands units over (state only; the caller announces it); no lines: all that is left. */
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
