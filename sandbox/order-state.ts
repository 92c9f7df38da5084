import type { DiscountClass } from './discount-state.ts';
import type { Address, Instant, MinorUnits } from './state.ts';

/** A discount as applied to one order. `value` is the discount's own value as decimal text. */
export type DiscountApplication = {
  discountId: number | null;
  type: 'discount_code' | 'manual' | 'automatic';
  code: string | null;
  title: string;
  value: string;
  valueType: 'fixed_amount' | 'percentage';
  /** Of the order, where absent, as in snapshots from before there were others. */
  discountClass?: DiscountClass;
  /** A Function named the lines. */
  isExplicit?: boolean;
};

export type Allocation = { applicationIndex: number; amount: MinorUnits };

export type OrderLine = {
  id: number;
  productId: number | null;
  variantId: number | null;
  title: string;
  variantTitle: string | null;
  sku: string | null;
  vendor: string | null;
  price: MinorUnits;
  quantity: number;
  /** The quantity left after refunds and edits that removed units. */
  currentQuantity: number;
  grams: number;
  giftCard: boolean;
  tax: MinorUnits;
  allocations: Allocation[];
};

export type RefundLine = {
  id: number;
  lineId: number;
  quantity: number;
  subtotal: MinorUnits;
  tax: MinorUnits;
  restockType: 'no_restock' | 'cancel' | 'return';
};

export type RefundAdjustment = {
  id: number;
  /** Negative when money goes back to the buyer, as in Shopify's payloads. */
  amount: MinorUnits;
  /** Of refunded shipping; within `amount` where prices include tax. */
  tax?: MinorUnits;
  kind: 'refund_discrepancy' | 'shipping_refund';
  /** As webhooks write it: `Refund discrepancy`. Shopify's is optional. */
  reason: string | null;
};

export type Transaction = {
  id: number;
  kind: 'sale' | 'refund';
  amount: MinorUnits;
  gateway: string;
  parentId: number | null;
  createdAt: Instant;
  /** A refund that the payment provider has not confirmed yet. */
  isPending?: boolean;
};

export type Refund = {
  id: number;
  createdAt: Instant;
  note: string | null;
  lines: RefundLine[];
  adjustments: RefundAdjustment[];
  transactions: Transaction[];
  /** Duties given back. */
  duties?: MinorUnits;
};

/** Units fulfilled so far. */
export type Fulfillment = { id: number; createdAt: Instant; lines: { lineId: number; quantity: number }[] };

export type FinancialStatus =
  'pending' | 'partially_paid' | 'paid' | 'partially_refunded' | 'refunded' | 'voided';

export type Order = {
  id: number;
  number: number;
  name: string;
  token: string;
  confirmationNumber: string;
  checkoutId: number;
  customerId: number | null;
  email: string | null;
  phone: string | null;
  currency: string;
  presentmentCurrency: string;
  /** Presentment minor units for one minor unit of the shop's currency. */
  presentmentRate: number;
  locale: string;
  test: boolean;
  sourceName: string;
  taxesIncluded: boolean;
  note: string;
  tags: string[];
  customAttributes: { key: string; value: string }[];
  lines: OrderLine[];
  discountApplications: DiscountApplication[];
  /** What is charged: the price less the allocations. */
  shipping: MinorUnits;
  /** What discounts took off the shipping; absent: nothing. */
  shippingAllocations?: Allocation[];
  shippingTitle: string;
  /** The tax in (or on) the shipping. */
  shippingTax?: MinorUnits;
  /** Paid on top of everything when goods cross a border. */
  duties?: MinorUnits;
  shippingAddress: Address | null;
  refunds: Refund[];
  /** Missing in snapshots from before orders could be fulfilled. */
  fulfillments?: Fulfillment[];
  transactions: Transaction[];
  /** What edits added to a paid order and is not paid yet; with `partially_paid`. */
  owed?: MinorUnits;
  /** The total as it was placed; missing in snapshots from before edits left it alone. */
  placedTotal?: MinorUnits;
  financialStatus: FinancialStatus;
  createdAt: Instant;
  processedAt: Instant;
  updatedAt: Instant;
  cancelledAt: Instant | null;
  cancelReason: string | null;
};
