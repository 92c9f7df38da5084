import type { Order, OrderLine, Refund, RefundLine } from '../state.ts';
import type { World } from '../world.ts';

export type RefundOutcome =
  | { ok: true; refund: Refund }
  | {
      ok: false;
      reason: 'not_paid' | 'unknown_line' | 'too_many_units' | 'too_much_money' | 'nothing_to_refund';
    };

export type RefundWish = {
  lines: { lineId: number; quantity: number }[];
  /** Minor units that belong to no line. */
  amount: number;
  /** Whether what is left of the shipping goes back too. */
  shipping?: boolean;
  restockType?: RefundLine['restockType'];
  note?: string | null;
};

/** Everything that is left of an order: all units not refunded yet, the shipping, and no loose amount. */
export function wholeRefund(order: Order): RefundWish {
  return {
    lines: order.lines
      .filter((line) => line.currentQuantity > 0)
      .map((line) => ({ lineId: line.id, quantity: line.currentQuantity })),
    amount: 0,
    shipping: true,
  };
}

/**
 * Puts a refund on the order (state only; the caller announces it). The subtotal of a line is its share of what
 * was really paid for it, so that the refunds of all its units add up to the line exactly.
 */
export function makeRefund(world: World, order: Order, wish: RefundWish): RefundOutcome {
  if (order.financialStatus === 'pending' || order.financialStatus === 'voided') {
    return { ok: false, reason: 'not_paid' };
  }
  const lines: RefundLine[] = [];
  for (const wanted of wish.lines) {
    const line = order.lines.find((each) => each.id === wanted.lineId);
    if (!line) return { ok: false, reason: 'unknown_line' };
    if (wanted.quantity < 1 || wanted.quantity > line.currentQuantity)
      return { ok: false, reason: 'too_many_units' };
    lines.push(refundLine(world, line, wanted.quantity, wish.restockType ?? 'return'));
  }
  const refund = newRefund(world, order, lines, wish);
  const amount = refund.transactions.reduce((sum, transaction) => sum + transaction.amount, 0);
  if (amount > refundableMoney(order)) return { ok: false, reason: 'too_much_money' };
  if (amount === 0 && lines.length === 0) return { ok: false, reason: 'nothing_to_refund' };
  for (const line of lines) {
    const ordered = order.lines.find((each) => each.id === line.lineId);
    if (ordered) ordered.currentQuantity -= line.quantity;
  }
  order.refunds.push(refund);
  order.financialStatus = isWhollyRefunded(order) ? 'refunded' : 'partially_refunded';
  return { ok: true, refund };
}

/** No money left; an order that cost nothing is refunded when its goods are back. */
function isWhollyRefunded(order: Order): boolean {
  if (refundableMoney(order) > 0) return false;
  return order.transactions.length > 0 || order.lines.every((line) => line.currentQuantity === 0);
}

/** Money received and not given back yet, in minor units. */
export function refundableMoney(order: Order): number {
  const received = order.transactions.reduce((sum, transaction) => sum + transaction.amount, 0);
  return received - refundedMoney(order);
}

/** Money given back so far, in minor units. */
export function refundedMoney(order: Order): number {
  return order.refunds.flatMap((refund) => refund.transactions).reduce((sum, each) => sum + each.amount, 0);
}

/** Shipping given back so far, in minor units. */
export function refundedShipping(order: Order): number {
  return order.refunds
    .flatMap((refund) => refund.adjustments)
    .filter((adjustment) => adjustment.kind === 'shipping_refund')
    .reduce((sum, adjustment) => sum - adjustment.amount, 0);
}

function refundLine(
  world: World,
  line: OrderLine,
  quantity: number,
  restockType: RefundLine['restockType'],
): RefundLine {
  const net = line.price * line.quantity - line.allocations.reduce((sum, each) => sum + each.amount, 0);
  const before = line.quantity - line.currentQuantity;
  return {
    id: world.nextId(),
    lineId: line.id,
    quantity,
    subtotal: shareOf(net, before + quantity, line.quantity) - shareOf(net, before, line.quantity),
    tax: shareOf(line.tax, before + quantity, line.quantity) - shareOf(line.tax, before, line.quantity),
    restockType,
  };
}

/** The first `units` of `all` equal parts of an amount, rounded down, without losing digits. */
function shareOf(amount: number, units: number, all: number): number {
  return Number((BigInt(amount) * BigInt(units)) / BigInt(all));
}

function newRefund(world: World, order: Order, lines: RefundLine[], wish: RefundWish): Refund {
  const createdAt = world.instant();
  const shipping = wish.shipping ? order.shipping - refundedShipping(order) : 0;
  const adjustments: Refund['adjustments'] = [];
  if (shipping > 0) {
    adjustments.push({
      id: world.nextId(),
      amount: -shipping,
      kind: 'shipping_refund',
      reason: 'Shipping refund',
    });
  }
  if (wish.amount > 0) {
    adjustments.push({
      id: world.nextId(),
      amount: -wish.amount,
      kind: 'refund_discrepancy',
      reason: 'Refund discrepancy',
    });
  }
  const lineMoney = lines.reduce(
    (sum, line) => sum + line.subtotal + (order.taxesIncluded ? 0 : line.tax),
    0,
  );
  const money = Math.min(lineMoney + shipping, refundableMoney(order)) + wish.amount;
  const sale = order.transactions[0];
  return {
    id: world.nextId(),
    createdAt,
    note: wish.note ?? null,
    lines,
    adjustments: [...adjustments, ...discrepancy(world, lineMoney + shipping + wish.amount - money)],
    transactions:
      money > 0
        ? [
            {
              id: world.nextId(),
              kind: 'refund',
              amount: money,
              gateway: sale?.gateway ?? 'manual',
              parentId: sale?.id ?? null,
              createdAt,
            },
          ]
        : [],
  };
}

/** After a loose amount was refunded, a line's units can be worth more than the money left; Shopify notes the gap. */
function discrepancy(world: World, gap: number): Refund['adjustments'] {
  if (gap <= 0) return [];
  return [{ id: world.nextId(), amount: gap, kind: 'refund_discrepancy', reason: 'Refund discrepancy' }];
}
