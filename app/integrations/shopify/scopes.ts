/** The access scopes that shopify.app.toml requires (a contract test compares them); Shopify grants them on install. */
export const SCOPES: readonly string[] = [
  'read_customers',
  'write_customers',
  'read_orders',
  'read_discounts',
  'write_discounts',
  'read_products',
  // The points printed on them.
  'write_products',
  'read_customer_merge',
  'read_store_credit_accounts',
  'write_store_credit_account_transactions',
  // Products that only members may buy.
  'read_validations',
  'write_validations',
  // What the shop's own pages ask (app-proxy.server.ts).
  'write_app_proxy',
];

/** Orders older than 60 days. Optional: Shopify approves it for an app on request, the merchant grants it from a screen. */
export const READ_ALL_ORDERS = 'read_all_orders';

/** The optional scopes of shopify.app.toml. */
export const OPTIONAL_SCOPES = [READ_ALL_ORDERS] as const;
