import type { CheckoutCart } from '../../../checkout/checkout-cart.ts';

/** What extensions of the customer account know. */
export interface AccountData {
  /** The order of an order page. */
  order: {
    id: string;
    name: string;
    confirmationNumber: string;
    processedAt: string;
    cancelledAt: string | null;
    /** Its lines, cost, codes and allocations; in the shape of a cart. */
    bought: CheckoutCart;
    /** Whether the visitor signed in, or came by the link of a message. */
    authenticationState: 'fully_authenticated' | 'pre_authenticated';
  } | null;
}
