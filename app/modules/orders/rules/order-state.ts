/** The latest known state of an order: what the rules need of Shopify's payload, normalised to shop money. */
import { greatest, proportionDown } from '#app/lib/integers.ts';

export interface LineDiscount {
  amountMinor: bigint;
  /** Position in `discount_applications`. */
  application: number;
}

export interface OrderLine {
  lineId: bigint;
  /** As it was called on the order; null in payloads without. */
  title: string | null;
  productId: bigint | null;
  variantId: bigint | null;
  quantity: number;
  /** What is left of it after refunds and edits that this payload knew of. */
  currentQuantity: number;
  unitPriceMinor: bigint;
  /** All discounts of the line, those of redemptions included. */
  discounts: LineDiscount[];
  taxMinor: bigint;
  isGiftCard: boolean;
  isTip: boolean;
}

export interface OrderFulfillment {
  at: Date;
  lines: { lineId: bigint; quantity: number }[];
}

export interface DiscountCodeUse {
  /** Upper case: codes compare without case. */
  code: string;
  application: number;
}

/** A discount that no one entered: of the merchant, or of an app. */
export interface AutomaticDiscount {
  /** As the buyer saw it; null in payloads without. */
  title: string | null;
  application: number;
  /** Hundredths of a percent; null where an amount is off. */
  percentBp: number | null;
}

export interface OrderState {
  orderId: bigint;
  customerId: bigint | null;
  name: string | null;
  email: string | null;
  phone: string | null;
  currency: string;
  processedAt: Date;
  updatedAt: Date;
  cancelledAt: Date | null;
  /** What was fulfilled, in the order in which it was; without what was cancelled or failed. */
  fulfillments: OrderFulfillment[];
  financial: string;
  /** Where it was made: `web`, `pos`, `shopify_draft_order`, an app's id; null where the payload does not say. */
  sourceName: string | null;
  /** The customer's note on it; never empty. */
  note: string | null;
  isTest: boolean;
  taxesIncluded: boolean;
  totalMinor: bigint;
  /** What is not paid yet: all of it before the payment, what an edit added after it. */
  outstandingMinor: bigint;
  lines: OrderLine[];
  /** Shipping after its own discounts, and its tax. */
  shippingMinor: bigint;
  shippingTaxMinor: bigint;
  /** Discounts on shipping lines, for codes that reach them. */
  shippingDiscounts: LineDiscount[];
  codes: DiscountCodeUse[];
  /** On lines only. */
  automatic: AutomaticDiscount[];
}

export interface RefundLine {
  lineId: bigint;
  quantity: number;
}

export interface OrderRefund {
  refundId: bigint;
  orderId: bigint;
  refundedAt: Date;
  lines: RefundLine[];
  /** Money given back beyond the refunded lines; below zero where less was given back than they are worth. */
  extraMinor: bigint;
  shippingMinor: bigint;
  /** Within `shippingMinor` where the order's prices include tax. */
  shippingTaxMinor: bigint;
  /** Duties and additional fees given back. */
  chargesMinor: bigint;
  /** The money that really went back, all told; null where none did, or where the payload does not say it in shop money. */
  movedMinor: bigint | null;
  /** Money went back that the payload tells in the buyer's currency only: Shopify is asked, and until then its parts count. */
  isMovedUntold?: boolean | undefined;
}

const PAID = new Set(['paid', 'partially_refunded', 'refunded']);

/** Whether the order was ever settled in full, refunds since then included. */
export function wasPaid(order: Pick<OrderState, 'financial'>): boolean {
  return PAID.has(order.financial);
}

/** Whether everything went back: nothing of the order counts. */
export function isUndone(order: Pick<OrderState, 'financial' | 'cancelledAt'>): boolean {
  return order.cancelledAt !== null || order.financial === 'refunded' || order.financial === 'voided';
}

/** A line's price times quantity less all its discounts, in minor units; never below zero. */
export function lineNetMinor(line: OrderLine): bigint {
  const net = line.unitPriceMinor * BigInt(line.quantity) - sumDiscounts(line.discounts);
  return net > 0n ? net : 0n;
}

function sumDiscounts(discounts: readonly LineDiscount[]): bigint {
  return discounts.reduce((sum, discount) => sum + discount.amountMinor, 0n);
}

/** What was paid for some of the items of a line, after discounts, tax included; rounded down. */
export function itemsMinor(order: OrderState, line: OrderLine, quantity: number): bigint {
  if (quantity <= 0 || line.quantity === 0) return 0n;
  const paidMinor = lineNetMinor(line) + (order.taxesIncluded ? 0n : line.taxMinor);
  return proportionDown(paidMinor, BigInt(Math.min(quantity, line.quantity)), BigInt(line.quantity));
}

function namedQuantities(refunds: readonly OrderRefund[]): Map<bigint, number> {
  const named = new Map<bigint, number>();
  for (const refund of refunds) {
    for (const line of refund.lines) named.set(line.lineId, (named.get(line.lineId) ?? 0) + line.quantity);
  }
  return named;
}

/** What was paid for the items that went back and that none of these refunds names; rounded as refunds are, item after item. */
export function unnamedMinor(
  order: OrderState,
  named: readonly OrderRefund[],
  all: readonly OrderRefund[],
): bigint {
  const quantities = namedQuantities(named);
  const gone = refundedQuantities(order, all);
  return order.lines.reduce((sum, line) => {
    const goneMinor = itemsMinor(order, line, gone.get(line.lineId) ?? 0);
    return sum + goneMinor - itemsMinor(order, line, quantities.get(line.lineId) ?? 0);
  }, 0n);
}

/**
 * Money given back without lines, netted over the whole order: what a return did not give back because it was given
 * back before no longer counts, nor does the money for items that an edit removed.
 */
export function looseRefundMinor(order: OrderState, refunds: readonly OrderRefund[]): bigint {
  const extraMinor = refunds.reduce((sum, refund) => sum + refund.extraMinor, 0n);
  return greatest(0n, extraMinor - unnamedMinor(order, refunds, refunds));
}

/** Returns how many items of each line were fulfilled, by a moment if one is given; never more than the line had. */
export function fulfilledQuantities(order: OrderState, by: Date | null = null): Map<bigint, number> {
  const fulfilled = new Map<bigint, number>();
  for (const { at, lines } of order.fulfillments) {
    if (by !== null && at > by) continue;
    for (const { lineId, quantity } of lines) fulfilled.set(lineId, (fulfilled.get(lineId) ?? 0) + quantity);
  }
  return new Map(
    order.lines.map(({ lineId, quantity }) => [lineId, Math.min(quantity, fulfilled.get(lineId) ?? 0)]),
  );
}

/** Refunded items by line, over all refunds; never more than the line had. */
export function refundedQuantities(order: OrderState, refunds: readonly OrderRefund[]): Map<bigint, number> {
  const refunded = namedQuantities(refunds);
  for (const line of order.lines) {
    const gone = Math.max(refunded.get(line.lineId) ?? 0, line.quantity - line.currentQuantity);
    refunded.set(line.lineId, Math.min(line.quantity, gone));
  }
  return refunded;
}

/**
 * What a discount code really took off this order, line by line (by line id; shipping under `null`), in minor units.
 * Null when the order does not carry the code. Codes compare without case.
 */
export function codeDiscounts(order: OrderState, code: string): Map<bigint | null, bigint> | null {
  const wanted = code.toUpperCase();
  const uses = new Set(order.codes.filter((use) => use.code === wanted).map((use) => use.application));
  if (uses.size === 0) return null;
  const taken = new Map<bigint | null, bigint>();
  const add = (key: bigint | null, discounts: readonly LineDiscount[]) => {
    const amount = sumDiscounts(discounts.filter((discount) => uses.has(discount.application)));
    if (amount > 0n) taken.set(key, (taken.get(key) ?? 0n) + amount);
  };
  for (const line of order.lines) add(line.lineId, line.discounts);
  add(null, order.shippingDiscounts);
  return taken;
}
