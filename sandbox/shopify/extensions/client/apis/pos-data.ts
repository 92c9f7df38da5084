/** A discount on the till's cart; of a code, the description is the code. */
export interface PosDiscount {
  amount: number;
  currency: string;
  discountDescription: string;
  type: 'Code' | 'FixedAmount' | 'Automatic';
}

/** The till's cart, in the words of the POS API. Amounts of the whole cart are texts there. */
export interface PosCart {
  editable: boolean;
  subtotal: string;
  taxTotal: string;
  grandTotal: string;
  cartDiscount?: PosDiscount;
  cartDiscounts: PosDiscount[];
  customer?: { id: number };
  lineItems: {
    uuid: string;
    price: number;
    quantity: number;
    title: string;
    variantId?: number;
    productId?: number;
    discounts: PosDiscount[];
    taxable: boolean;
    taxLines: [];
    properties: Record<string, string>;
    isGiftCard: boolean;
  }[];
  properties: Record<string, string>;
}

/** What extensions of the till know. */
export interface PosData {
  cart: PosCart;
  isOffline: boolean;
  currency: string;
  /** The user who is signed in, and the member of staff whose PIN was typed last. */
  userId: number;
  staffMemberId: number;
  /** Orders that this till has taken: one more is a completed transaction. */
  transactions: number;
  /** The customer of a customer's page. */
  customerId: number | null;
  /** The order of an order's page, and of a receipt. */
  order: { id: number; name: string; customerId?: number } | null;
}
