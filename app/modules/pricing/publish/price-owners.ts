/** The two kinds of owners whose metafields are written one by one: the same worker, other tables. */
import { CUSTOMER_KEY, VARIANT_KEY } from '../rules/price-keys.ts';
import { WANTED_OF_CUSTOMER, WANTED_OF_VARIANT } from './wanted.sql.ts';

export interface PriceOwner {
  /** Of the metafield. */
  key: string;
  gidType: 'Customer' | 'ProductVariant';
  table: 'price_customers' | 'price_variants';
  id: 'customer_id' | 'variant_id';
  /** What should be written for the row `p`, as SQL. */
  wanted: string;
}

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
];
