/** Counts of rules of lib/segment-rules.ts: by hand on our tables, and as apps without kept figures count, by joins over orders. */
import { SHOP_ID } from '../lib/shop-rows.ts';

const COUNT = `SELECT count(*) FROM customer_stats s WHERE s.shop_id = ${SHOP_ID} AND s.standing = 'active' AND`;
const DAY = `date_trunc('day', now() AT TIME ZONE 'Asia/Jakarta') AT TIME ZONE 'Asia/Jakarta'`;
const VALID = `o.cancelled_at IS NULL AND o.financial IN ('paid', 'partially_refunded')`;
const buyers = (table: string, where: string) =>
  `s.customer_id IN (SELECT p.customer_id FROM ${table} p WHERE p.shop_id = ${SHOP_ID} AND ${where})`;
const joined = (having: string) => `SELECT count(*) FROM (SELECT c.customer_id FROM customers c
  JOIN orders o ON o.shop_id = c.shop_id AND o.customer_id = c.customer_id AND ${VALID}
  WHERE c.shop_id = ${SHOP_ID} GROUP BY c.customer_id HAVING ${having}) x`;
const withLines = (
  where: string,
  having = 'true',
) => `SELECT count(*) FROM (SELECT c.customer_id FROM customers c
  JOIN orders o ON o.shop_id = c.shop_id AND o.customer_id = c.customer_id AND ${VALID}
  JOIN order_lines l ON l.shop_id = o.shop_id AND l.order_id = o.order_id
  WHERE c.shop_id = ${SHOP_ID} AND ${where} GROUP BY c.customer_id HAVING ${having}) x`;

export const PLAIN: Record<string, { byHand: string; joins: string }> = {
  'two orders, none in 90 days': {
    byHand: `${COUNT} s.orders_valid >= 2 AND s.last_order_at < ${DAY} - interval '90 days'`,
    joins: joined(`count(*) >= 2 AND max(o.processed_at) < ${DAY} - interval '90 days'`),
  },
  order_total: {
    byHand: `${COUNT} s.spend_minor >= 50000000`,
    joins: joined('sum(o.net_minor) >= 50000000'),
  },
  bought: {
    byHand: `${COUNT} ${buyers('customer_products', 'p.product_id = 1')}`,
    joins: withLines('l.product_id = 1'),
  },
  'A but not B': {
    byHand: `${COUNT} ${buyers('customer_products', 'p.product_id = 1')} AND NOT ${buyers('customer_products', 'p.product_id = 2')}`,
    joins: withLines('l.product_id IN (1, 2)', 'bool_and(l.product_id = 1)'),
  },
  'bought in a year': {
    byHand: `${COUNT} ${buyers('order_lines', `p.product_id = 1 AND p.bought_at >= ${DAY} - interval '365 days'`)}`,
    joins: withLines(`l.product_id = 1 AND o.processed_at >= ${DAY} - interval '365 days'`),
  },
};
