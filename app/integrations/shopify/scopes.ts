/** The access scopes of shopify.app.toml (a contract test holds the two equal); Shopify grants them on install. */
export const SCOPES: readonly string[] = [
  'read_customers',
  'write_customers',
  'read_orders',
  'read_discounts',
  'write_discounts',
  'read_products',
];
