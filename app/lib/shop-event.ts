/** Something that happened in a shop, as one of its webhooks tells it. */
export interface ShopEvent {
  shopId: bigint;
  /** e.g. `customers/update` */
  topic: string;
  /** When Shopify says that it happened; when we received it, if Shopify does not say. */
  triggeredAt: Date;
  /** The body, parsed by `parseWebhookJson`: ids beyond 2^53 are strings of digits. Parsed at each access. */
  readonly payload: unknown;
}
