/** Codes of orders that have a text of their own. Browser and server. */

/** Each has a text `orders.channel.<name>`; an app's own id is not worth reading. */
export const CHANNELS = ['web', 'pos', 'shopify_draft_order', 'iphone', 'android'] as const;

/** Each has a text `orders.state.<name>`. */
export const PAYMENT_STATES = [
  'paid',
  'pending',
  'authorized',
  'partially_paid',
  'partially_refunded',
  'refunded',
  'voided',
  'expired',
] as const;
