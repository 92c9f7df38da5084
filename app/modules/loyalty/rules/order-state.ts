/** The latest known state of an order: what the rules need of Shopify's payload, normalised to shop money. */

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
  /** Pieces that were handed over to the customer or carrier. */
  fulfilledQuantity: number;
  unitPriceMinor: bigint;
  /** All discounts of the line, those of redemptions included. */
  discounts: LineDiscount[];
  taxMinor: bigint;
  isGiftCard: boolean;
  isTip: boolean;
}

export interface DiscountCodeUse {
  /** Upper case: codes compare without case. */
  code: string;
  application: number;
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
  /** When the last piece so far was handed over; null while none was. */
  fulfilledAt: Date | null;
  financial: string;
  /** Where it was made: `web`, `pos`, `shopify_draft_order`, an app's id; null where the payload does not say. */
  sourceName: string | null;
  /** What whoever ordered wrote on it; never empty. */
  note: string | null;
  isTest: boolean;
  taxesIncluded: boolean;
  totalMinor: bigint;
  lines: OrderLine[];
  /** Shipping after its own discounts, and its tax. */
  shippingMinor: bigint;
  shippingTaxMinor: bigint;
  /** Discounts on shipping lines, for codes that reach them. */
  shippingDiscounts: LineDiscount[];
  codes: DiscountCodeUse[];
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
  /** Money given back beyond the refunded lines: amount-only refunds. */
  extraMinor: bigint;
  shippingMinor: bigint;
}

const PAID = new Set(['paid', 'partially_refunded', 'refunded']);

/** Whether the order was ever settled in full, refunds since then included. */
export function wasPaid(order: Pick<OrderState, 'financial'>): boolean {
  return PAID.has(order.financial);
}

/** Whether everything went back: nothing of the order counts any more. */
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

/** Refunded pieces by line, over all refunds; never more than the line had. */
export function refundedQuantities(order: OrderState, refunds: readonly OrderRefund[]): Map<bigint, number> {
  const refunded = new Map<bigint, number>();
  for (const refund of refunds) {
    for (const line of refund.lines)
      refunded.set(line.lineId, (refunded.get(line.lineId) ?? 0) + line.quantity);
  }
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
