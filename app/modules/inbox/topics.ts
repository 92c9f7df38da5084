/** How an event is processed: in a set with others of its kind, or by a use case of its own. */
export type TopicHandler =
  | 'merge-customers'
  | 'award-orders'
  | 'ask-after-edits'
  | 'upsert-customers'
  | 'update-tags'
  | 'record-consents'
  | 'delete-customer'
  | 'update-products'
  | 'delete-products'
  | 'export-customer'
  | 'erase-customer'
  | 'erase-shop'
  | 'uninstall-shop'
  | 'update-scopes';

/** Every topic Shopify sends us, and its handler; a test compares it with shopify.app.toml. */
export const TOPICS = {
  'orders/paid': 'award-orders',
  'orders/updated': 'award-orders',
  'orders/cancelled': 'award-orders',
  'orders/fulfilled': 'award-orders',
  'orders/partially_fulfilled': 'award-orders',
  'orders/delete': 'award-orders',
  'orders/edited': 'ask-after-edits',
  'refunds/create': 'award-orders',
  'customers/create': 'upsert-customers',
  'customers/update': 'upsert-customers',
  'customers/merge': 'merge-customers',
  'customers/delete': 'delete-customer',
  'customers_marketing_consent/update': 'record-consents',
  'customers_email_marketing_consent/update': 'record-consents',
  'customer.tags_added': 'update-tags',
  'customer.tags_removed': 'update-tags',
  'products/create': 'update-products',
  'products/update': 'update-products',
  'products/delete': 'delete-products',
  'customers/data_request': 'export-customer',
  'customers/redact': 'erase-customer',
  'shop/redact': 'erase-shop',
  'app/uninstalled': 'uninstall-shop',
  'app/scopes_update': 'update-scopes',
} as const satisfies Record<string, TopicHandler>;

/** The topics the app store requires, listed under `compliance_topics` in shopify.app.toml. */
export const COMPLIANCE_TOPICS: readonly (keyof typeof TOPICS)[] = [
  'customers/data_request',
  'customers/redact',
  'shop/redact',
];

const WORK_BY_TOPIC = new Map<string, TopicHandler>(Object.entries(TOPICS));

/** Finds the handler of this topic; null for a topic we don't know (a subscription newer than this code). */
export function workOfTopic(topic: string): TopicHandler | null {
  return WORK_BY_TOPIC.get(topic) ?? null;
}
