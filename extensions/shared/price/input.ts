/**
 * What the arithmetic reads: the result of the Function's input query, by its names. What metafields hold is `unknown`,
 * because anyone with the right scope may have written it.
 */
export interface PriceInput {
  cart: PriceCart;
  discount: PriceDiscount;
  enteredDiscountCodes: readonly { code: string; rejectable: boolean }[];
  /** Decimal text: this number of units of the cart's currency is one of the shop's. */
  presentmentCurrencyRate: string;
  shop: { localTime: { date: string } };
}

export interface PriceCart {
  /** Set at a till, where staff chose the customer. */
  retailLocation: { __typename: string } | null;
  buyerIdentity: PriceBuyer | null;
  lines: readonly PriceLine[];
}

export interface PriceBuyer {
  isAuthenticated: boolean;
  purchasingCompany: { __typename: string } | null;
  customer: { metafield: PriceMetafield | null } | null;
}

export interface PriceDiscount {
  discountClasses: readonly string[];
  metafield: PriceMetafield | null;
}

export interface PriceMetafield {
  jsonValue: unknown;
}

export interface PriceLine {
  id: string;
  quantity: number;
  cost: {
    amountPerQuantity: { amount: string; currencyCode: string };
    compareAtAmountPerQuantity: { amount: string } | null;
  };
  /** Set for a line that is bought as a subscription. */
  sellingPlanAllocation: { __typename: string } | null;
  merchandise: PriceVariant | { __typename: 'CustomProduct' };
}

export interface PriceVariant {
  __typename: 'ProductVariant';
  metafield: PriceMetafield | null;
  product: {
    id: string;
    isGiftCard: boolean;
    /** Whether the product is in a collection of the set. */
    a: boolean;
    b: boolean;
  };
}
