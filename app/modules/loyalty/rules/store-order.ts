/** How an order's state lies in the database: JSON, with bigints and dates as strings. */
import type { LineDiscount, OrderLine, OrderRefund, OrderState } from './order-state.ts';

const bigOrNull = (text: string | null): bigint | null => (text === null ? null : BigInt(text));

type StoredDiscount = [amountMinor: string, application: number];

interface StoredLine {
  id: string;
  title: string | null;
  product: string | null;
  variant: string | null;
  qty: number;
  left: number;
  price: string;
  discounts: StoredDiscount[];
  tax: string;
  done?: number;
  gift?: true;
  tip?: true;
}

/** The part of an order that has no column of its own. */
export interface StoredOrder {
  taxesIncluded: boolean;
  lines: StoredLine[];
  shipping: string;
  shippingTax: string;
  shippingDiscounts: StoredDiscount[];
  codes: { code: string; application: number }[];
  fulfilledAt?: string;
}

export interface StoredRefund {
  lines: { line: string; qty: number }[];
  extra: string;
  shipping: string;
}

const storeDiscount = (discount: LineDiscount): StoredDiscount => [
  discount.amountMinor.toString(),
  discount.application,
];
const loadDiscount = ([amount, application]: StoredDiscount): LineDiscount => ({
  amountMinor: BigInt(amount),
  application,
});

function storeLine(line: OrderLine): StoredLine {
  return {
    id: line.lineId.toString(),
    title: line.title,
    product: line.productId?.toString() ?? null,
    variant: line.variantId?.toString() ?? null,
    qty: line.quantity,
    left: line.currentQuantity,
    price: line.unitPriceMinor.toString(),
    discounts: line.discounts.map(storeDiscount),
    tax: line.taxMinor.toString(),
    ...(line.fulfilledQuantity > 0 ? { done: line.fulfilledQuantity } : {}),
    ...(line.isGiftCard ? { gift: true as const } : {}),
    ...(line.isTip ? { tip: true as const } : {}),
  };
}

function loadLine(line: StoredLine): OrderLine {
  return {
    lineId: BigInt(line.id),
    title: line.title,
    productId: bigOrNull(line.product),
    variantId: bigOrNull(line.variant),
    quantity: line.qty,
    currentQuantity: line.left,
    fulfilledQuantity: line.done ?? 0,
    unitPriceMinor: BigInt(line.price),
    discounts: line.discounts.map(loadDiscount),
    taxMinor: BigInt(line.tax),
    isGiftCard: line.gift === true,
    isTip: line.tip === true,
  };
}

/** An order's state for the `orders.state` column. */
export function storeOrder(order: OrderState): StoredOrder {
  return {
    taxesIncluded: order.taxesIncluded,
    lines: order.lines.map(storeLine),
    shipping: order.shippingMinor.toString(),
    shippingTax: order.shippingTaxMinor.toString(),
    shippingDiscounts: order.shippingDiscounts.map(storeDiscount),
    codes: order.codes,
    ...(order.fulfilledAt ? { fulfilledAt: order.fulfilledAt.toISOString() } : {}),
  };
}

/** The columns of `orders` that, with the stored JSON, make an order's state again. */
export type OrderColumns = Omit<
  OrderState,
  | 'taxesIncluded'
  | 'lines'
  | 'shippingMinor'
  | 'shippingTaxMinor'
  | 'shippingDiscounts'
  | 'codes'
  | 'fulfilledAt'
>;

/** The order's state from its row. */
export function loadOrder(columns: OrderColumns, stored: StoredOrder): OrderState {
  return {
    ...columns,
    taxesIncluded: stored.taxesIncluded,
    lines: stored.lines.map(loadLine),
    shippingMinor: BigInt(stored.shipping),
    shippingTaxMinor: BigInt(stored.shippingTax),
    shippingDiscounts: stored.shippingDiscounts.map(loadDiscount),
    codes: stored.codes,
    fulfilledAt: stored.fulfilledAt === undefined ? null : new Date(stored.fulfilledAt),
  };
}

/** A refund's state for the `order_refunds.state` column. */
export function storeRefund(refund: OrderRefund): StoredRefund {
  return {
    lines: refund.lines.map((line) => ({ line: line.lineId.toString(), qty: line.quantity })),
    extra: refund.extraMinor.toString(),
    shipping: refund.shippingMinor.toString(),
  };
}

/** The refund from its row. */
export function loadRefund(
  refundId: bigint,
  orderId: bigint,
  refundedAt: Date,
  stored: StoredRefund,
): OrderRefund {
  return {
    refundId,
    orderId,
    refundedAt,
    lines: stored.lines.map((line) => ({ lineId: BigInt(line.line), quantity: line.qty })),
    extraMinor: BigInt(stored.extra),
    shippingMinor: BigInt(stored.shipping),
  };
}
