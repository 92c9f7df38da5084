/** Something that happened in a shop, as reported by one of its webhooks. */
export interface ShopEvent {
  shopId: bigint;
  /** e.g. `customers/update` */
  topic: string;
  /** When it happened according to Shopify; when we received it, if Shopify doesn't say. */
  triggeredAt: Date;
  /** The app read the state from the Admin API itself; `triggeredAt` is the moment before it asked. */
  isReading?: boolean;
  /** The body, parsed by `parseWebhookJson`: ids beyond 2^53 are strings of digits. Parsed at each access. */
  readonly payload: unknown;
}
