/** The access scopes of shopify.app.toml (a contract test holds the two equal); Shopify grants them on install. */
export const SCOPES: readonly string[] = [
  'read_customers',
  'write_customers',
  'read_orders',
  // Orders older than 60 days, for the backfill; Shopify grants it to an app on request.
  'read_all_orders',
  'read_discounts',
  'write_discounts',
  'read_products',
  // The points printed on them.
  'write_products',
  'read_customer_merge',
  'read_store_credit_accounts',
  'write_store_credit_account_transactions',
];
