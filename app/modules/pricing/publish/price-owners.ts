/** The three kinds of owners whose metafields are written one by one: the same worker, other tables. */
import { ACCESS_KEY, CUSTOMER_KEY, VARIANT_KEY } from '../rules/price-keys.ts';
import { WANTED_OF_CUSTOMER, WANTED_OF_PRODUCT, WANTED_OF_VARIANT } from './wanted.sql.ts';

/** Owners whose metafield a worker keeps as a table says; earning/standing has one of its own. */
export interface PriceOwner {
  /** Of the metafield. */
  key: string;
  gidType: 'Customer' | 'ProductVariant' | 'Product';
  table: 'price_customers' | 'price_variants' | 'price_products' | 'standing_customers';
  id: 'customer_id' | 'variant_id' | 'product_id';
  /** What should be written for the row `p`, as SQL. */
  wanted: string;
}

/**
 * SQL: what a row is set to that is due again. It keeps its place, and yet differs, for a worker that is writing it just now to see that
 * what it writes is out of date. queue_price() of the database does the same.
 */
export const changedAgain = (table: 'price_variants'): string => `
  changed_at = coalesce(${table}.changed_at + interval '1 microsecond', EXCLUDED.changed_at),
  next_attempt_at = clock_timestamp(), attempts = 0, failure = NULL`;

export const PRICE_OWNERS: readonly PriceOwner[] = [
  {
    key: CUSTOMER_KEY,
    gidType: 'Customer',
    table: 'price_customers',
    id: 'customer_id',
    wanted: `(SELECT ${WANTED_OF_CUSTOMER} FROM customers c WHERE c.shop_id = p.shop_id AND c.customer_id = p.customer_id)`,
  },
  {
    key: VARIANT_KEY,
    gidType: 'ProductVariant',
    table: 'price_variants',
    id: 'variant_id',
    wanted: `(SELECT ${WANTED_OF_VARIANT} FROM (SELECT p.shop_id, p.variant_id) v)`,
  },
  {
    key: ACCESS_KEY,
    gidType: 'Product',
    table: 'price_products',
    id: 'product_id',
    wanted: `(SELECT ${WANTED_OF_PRODUCT} FROM (SELECT p.shop_id, p.product_id) k)`,
  },
];
