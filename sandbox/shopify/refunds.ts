import type { Order, OrderLine, Refund, RefundAdjustment, RefundLine } from '../state.ts';
import type { World } from '../world.ts';

export type RefundOutcome =
  | { ok: true; refund: Refund }
  | {
      ok: false;
      reason: 'not_paid' | 'unknown_line' | 'too_many_units' | 'too_much_money' | 'nothing_to_refund';
    };

/** `OrderAdjustmentDiscrepancyReason`, as webhooks write it. */
export type AdjustmentReason =
  | 'Customer'
  | 'Damage'
  | 'Restock'
  | 'Refund discrepancy'
  | 'Pending refund discrepancy'
  | 'Full return balancing adjustment';

export type RefundWish = {
  lines: { lineId: number; quantity: number }[];
  /** Minor units that belong to no line. */
  amount: number;
  /** Minor units of the shipping, with their share of its tax; true for all that is left. */
  shipping?: number | true;
  /** Minor units of the duties. */
  duties?: number;
  /** Minor units by which less moves than lines and shipping are worth. */
  withheld?: number;
  /** Minor units that new lines of an exchange cost: they stay with the shop. */
  offset?: number;
  /** Why money moves that belongs to no line, or less moves; Shopify's is optional. */
  reason?: AdjustmentReason | null;
  /** An entry that balances the books of a full return and moves no money: signed minor units. */
  balancing?: number;
  /** The payment provider has not confirmed it: the books say so in an adjustment. */
  isPending?: boolean;
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
    duties: (order.duties ?? 0) - refunded(order).duties,
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
  if (wish.isPending) return { ok: true, refund };
  if (isWhollyRefunded(order)) order.financialStatus = 'refunded';
  else if (!order.owed) order.financialStatus = 'partially_refunded';
  return { ok: true, refund };
}

/** No money left; an order that cost nothing is refunded when its goods are returned. */
function isWhollyRefunded(order: Order): boolean {
  if (refundableMoney(order) > 0) return false;
  return order.transactions.length > 0 || order.lines.every((line) => line.currentQuantity === 0);
}

/** Money received and not refunded yet, in minor units. */
export function refundableMoney(order: Order): number {
  const received = order.transactions.reduce((sum, transaction) => sum + transaction.amount, 0);
  return received - refundedMoney(order);
}

/** Money refunded so far, in minor units. */
export function refundedMoney(order: Order): number {
  return order.refunds.flatMap((refund) => refund.transactions).reduce((sum, each) => sum + each.amount, 0);
}

/** What of the shipping, its tax and the duties was refunded so far, in minor units. */
export function refunded(order: Order): { shipping: number; shippingTax: number; duties: number } {
  const shippingBack = order.refunds.flatMap(shippingRefunds);
  return {
    shipping: shippingBack.reduce((sum, each) => sum - each.amount, 0),
    shippingTax: shippingBack.reduce((sum, each) => sum - (each.tax ?? 0), 0),
    duties: order.refunds.reduce((sum, refund) => sum + (refund.duties ?? 0), 0),
  };
}

/** What a refund gave back of the shipping: `refund_shipping_lines`, not adjustments, in Shopify's answers. */
export function shippingRefunds(refund: Refund): RefundAdjustment[] {
  return refund.adjustments.filter((adjustment) => adjustment.kind === 'shipping_refund');
}

/** Where a refund's money differs from what its lines and shipping are worth: `order_adjustments`. */
export function discrepancies(refund: Refund): RefundAdjustment[] {
  return refund.adjustments.filter((adjustment) => adjustment.kind === 'refund_discrepancy');
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
  const before = refunded(order);
  const shippingLeft = order.shipping - before.shipping;
  const shipping = wish.shipping === true ? shippingLeft : Math.min(wish.shipping ?? 0, shippingLeft);
  const taxOf = (units: number) => (units === 0 ? 0 : shareOf(order.shippingTax ?? 0, units, order.shipping));
  const shippingTax = taxOf(before.shipping + shipping) - before.shippingTax;
  const duties = Math.min(wish.duties ?? 0, (order.duties ?? 0) - before.duties);
  const lineMoney = lines.reduce(
    (sum, line) => sum + line.subtotal + (order.taxesIncluded ? 0 : line.tax),
    0,
  );
  const worth = lineMoney + shipping + (order.taxesIncluded ? 0 : shippingTax) + duties;
  const withheld = Math.min(wish.withheld ?? 0, worth);
  const due = worth - withheld - Math.min(wish.offset ?? 0, worth - withheld);
  const money = Math.min(due, refundableMoney(order)) + wish.amount;
  const sale = order.transactions[0];
  const adjust = (amount: number, reason: AdjustmentReason | null) =>
    amount === 0 ? [] : [{ id: world.nextId(), amount, kind: 'refund_discrepancy' as const, reason }];
  const reason = wish.reason === undefined ? 'Refund discrepancy' : wish.reason;
  return {
    id: world.nextId(),
    createdAt,
    note: wish.note ?? null,
    lines,
    adjustments: [
      ...(shipping > 0
        ? [
            {
              id: world.nextId(),
              amount: -shipping,
              tax: -shippingTax,
              kind: 'shipping_refund' as const,
              reason: 'Shipping refund',
            },
          ]
        : []),
      ...adjust(-wish.amount, reason),
      ...adjust(withheld, reason),
      // After a loose amount was refunded, a line's units can be worth more than the money left.
      ...adjust(due + wish.amount - money, 'Refund discrepancy'),
      ...adjust(wish.balancing ?? 0, 'Full return balancing adjustment'),
      ...adjust(wish.isPending ? money : 0, 'Pending refund discrepancy'),
    ],
    duties,
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
              ...(wish.isPending ? { isPending: true } : {}),
            },
          ]
        : [],
  };
}
