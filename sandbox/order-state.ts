import type { Address, Instant, MinorUnits } from './state.ts';

/** A discount as it was applied to one order. `value` is the discount's own value as decimal text. */
export type DiscountApplication = {
  discountId: number | null;
  type: 'discount_code' | 'manual' | 'automatic';
  code: string | null;
  title: string;
  value: string;
  valueType: 'fixed_amount' | 'percentage';
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
  /** Quantity left after refunds and edits that removed units. */
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
  /** Negative when money goes back to the buyer, as Shopify writes it. */
  amount: MinorUnits;
  kind: 'refund_discrepancy' | 'shipping_refund';
  reason: string;
};

export type Transaction = {
  id: number;
  kind: 'sale' | 'refund';
  amount: MinorUnits;
  gateway: string;
  parentId: number | null;
  createdAt: Instant;
};

export type Refund = {
  id: number;
  createdAt: Instant;
  note: string | null;
  lines: RefundLine[];
  adjustments: RefundAdjustment[];
  transactions: Transaction[];
};

/** Units that were handed over to the buyer or a carrier. */
export type Fulfillment = { id: number; createdAt: Instant; lines: { lineId: number; quantity: number }[] };

export type FinancialStatus = 'pending' | 'paid' | 'partially_refunded' | 'refunded' | 'voided';

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
  shipping: MinorUnits;
  shippingTitle: string;
  shippingAddress: Address | null;
  refunds: Refund[];
  /** Missing in snapshots of before orders could be fulfilled. */
  fulfillments?: Fulfillment[];
  transactions: Transaction[];
  financialStatus: FinancialStatus;
  createdAt: Instant;
  processedAt: Instant;
  updatedAt: Instant;
  cancelledAt: Instant | null;
  cancelReason: string | null;
};
