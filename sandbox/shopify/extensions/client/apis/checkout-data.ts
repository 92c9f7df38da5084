import type { CheckoutCart } from '../../../checkout/checkout-cart.ts';

/** What extensions of the checkout and of the thank-you page know. */
export interface CheckoutData {
  cart: CheckoutCart;
  /** False in a checkout that takes no codes, as an express payment does. */
  canChangeCodes: boolean;
  /** The order, on the page after it. */
  confirmation: { orderId: string; number: string; isFirstOrder: boolean } | null;
}

/** A discount code change as an extension asks for it. */
export interface CodeChange {
  type: 'addDiscountCode' | 'removeDiscountCode';
  code: string;
}
