import type { Instant, MinorUnits } from './state.ts';

export type DiscountValue =
  | { kind: 'fixed_amount'; amount: MinorUnits }
  /** A fraction of one: 0.1 takes ten percent off. */
  | { kind: 'percentage'; fraction: number };

/** What a discount takes off: single products, the whole order, or the shipping. */
export type DiscountClass = 'product' | 'order' | 'shipping';

/** What codes and automatic discounts have in common. */
export type DiscountTerms = {
  id: number;
  title: string;
  /** Of the class `product`, a fixed amount is off each unit. */
  value: DiscountValue;
  /** Absent in snapshots from before there were others: the order. */
  discountClass?: DiscountClass;
  /** Of the class `product`: the products that it is for; absent or null: all. */
  productIds?: number[] | null;
  /** The minimum subtotal of the cart, or null. */
  minimumSubtotal: MinorUnits | null;
  startsAt: Instant;
  endsAt: Instant | null;
  /** The classes of other discounts that it lets stand beside it. */
  combinesWith: { orderDiscounts: boolean; productDiscounts: boolean; shippingDiscounts: boolean };
  createdAt: Instant;
  updatedAt: Instant;
};

/** A discount of the merchant's that every cart gets without a code. */
export type AutomaticDiscount = DiscountTerms;

export type CodeUse = { orderId: number; customerId: number | null };

/** A code discount with one redeem code, as `discountCodeBasicCreate` makes it. */
export type DiscountCode = DiscountTerms & {
  redeemCodeId: number;
  code: string;
  /** null: every buyer; otherwise only these customers. */
  customerIds: number[] | null;
  usageLimit: number | null;
  appliesOncePerCustomer: boolean;
  tags: string[];
  uses: CodeUse[];
};
