/** How an order's state lies in the database: JSON, with bigints and dates as strings. */
import {
  wasPaid,
  type AutomaticDiscount,
  type LineDiscount,
  type OrderFulfillment,
  type OrderLine,
  type OrderRefund,
  type OrderState,
} from './order-state.ts';

const bigOrNull = (text: string | null): bigint | null => (text === null ? null : BigInt(text));

type StoredDiscount = [amountMinor: string, application: number];

type StoredAutomatic = [application: number, title: string | null, percentBp: number | null];

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
  /** Of before 0.5.0, with `fulfilledAt` of the order: what was fulfilled in all. */
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
  /** Missing for a paid order, which owes nothing, and before 0.5.0 for any. */
  outstanding?: string;
  shippingDiscounts: StoredDiscount[];
  codes: { code: string; application: number }[];
  /** Missing where there are none, and in orders that were stored before these were read. */
  automatic?: StoredAutomatic[];
  fulfilledAt?: string;
  fulfillments?: [at: string, lines: [line: string, qty: number][]][];
}

export interface StoredRefund {
  lines: { line: string; qty: number }[];
  extra: string;
  shipping: string;
  shippingTax?: string;
  charges?: string;
  moved?: string;
  untold?: true;
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
    unitPriceMinor: BigInt(line.price),
    discounts: line.discounts.map(loadDiscount),
    taxMinor: BigInt(line.tax),
    isGiftCard: line.gift === true,
    isTip: line.tip === true,
  };
}

const storeAutomatic = ({ application, title, percentBp }: AutomaticDiscount): StoredAutomatic => [
  application,
  title,
  percentBp,
];
const loadAutomatic = ([application, title, percentBp]: StoredAutomatic): AutomaticDiscount => ({
  application,
  title,
  percentBp,
});

function storeFulfillment({ at, lines }: OrderFulfillment): NonNullable<StoredOrder['fulfillments']>[number] {
  return [at.toISOString(), lines.map(({ lineId, quantity }) => [lineId.toString(), quantity])];
}

function loadFulfillments({ fulfillments, fulfilledAt, lines }: StoredOrder): OrderFulfillment[] {
  if (fulfillments)
    return fulfillments.map(([at, own]) => ({
      at: new Date(at),
      lines: own.map(([line, quantity]) => ({ lineId: BigInt(line), quantity })),
    }));
  if (fulfilledAt === undefined) return [];
  const done = lines.flatMap(({ id, done: quantity }) =>
    quantity ? [{ lineId: BigInt(id), quantity }] : [],
  );
  return [{ at: new Date(fulfilledAt), lines: done }];
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
    ...(order.automatic.length > 0 ? { automatic: order.automatic.map(storeAutomatic) } : {}),
    ...(wasPaid(order) ? {} : { outstanding: order.outstandingMinor.toString() }),
    ...(order.fulfillments.length > 0 ? { fulfillments: order.fulfillments.map(storeFulfillment) } : {}),
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
  | 'automatic'
  | 'fulfillments'
  | 'outstandingMinor'
>;

/** The order's state from its row. */
export function loadOrder(columns: OrderColumns, stored: StoredOrder): OrderState {
  return {
    ...columns,
    taxesIncluded: stored.taxesIncluded,
    lines: stored.lines.map(loadLine),
    outstandingMinor: wasPaid(columns) ? 0n : BigInt(stored.outstanding ?? columns.totalMinor),
    shippingMinor: BigInt(stored.shipping),
    shippingTaxMinor: BigInt(stored.shippingTax),
    shippingDiscounts: stored.shippingDiscounts.map(loadDiscount),
    codes: stored.codes,
    automatic: (stored.automatic ?? []).map(loadAutomatic),
    fulfillments: loadFulfillments(stored),
  };
}

/** A refund's state for the `order_refunds.state` column. */
export function storeRefund(refund: OrderRefund): StoredRefund {
  return {
    lines: refund.lines.map((line) => ({ line: line.lineId.toString(), qty: line.quantity })),
    extra: refund.extraMinor.toString(),
    shipping: refund.shippingMinor.toString(),
    ...(refund.shippingTaxMinor === 0n ? {} : { shippingTax: refund.shippingTaxMinor.toString() }),
    ...(refund.chargesMinor === 0n ? {} : { charges: refund.chargesMinor.toString() }),
    ...(refund.movedMinor === null ? {} : { moved: refund.movedMinor.toString() }),
    ...(refund.isMovedUntold ? { untold: true } : {}),
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
    shippingTaxMinor: BigInt(stored.shippingTax ?? 0),
    chargesMinor: BigInt(stored.charges ?? 0),
    movedMinor: bigOrNull(stored.moved ?? null),
    ...(stored.untold ? { isMovedUntold: true } : {}),
  };
}
