/**
 * Counts of rules of lib/segment-rules.ts: by hand on our tables, as good as we can write them, and those about orders as apps
 * without kept figures count, by joins over orders.
 */
import { SHOP_ID } from '../lib/shop-rows.ts';

const COUNT = `SELECT count(*)::int AS count FROM customer_stats s WHERE s.shop_id = ${SHOP_ID} AND s.standing = 'active' AND`;
const DAY = `date_trunc('day', now() AT TIME ZONE 'Asia/Jakarta') AT TIME ZONE 'Asia/Jakarta'`;
const VALID = `o.cancelled_at IS NULL AND o.financial IN ('paid', 'partially_refunded')`;
const buyers = (table: string, where: string) =>
  `s.customer_id IN (SELECT p.customer_id FROM ${table} p WHERE p.shop_id = ${SHOP_ID} AND ${where})`;
const bought = (product: number) => buyers('customer_products', `p.product_id = ${product}`);
const tagged = (tag: string) => buyers('customer_tags', `p.tag_key = '${tag}' AND p.is_on`);
const QUIET = `s.last_order_at < ${DAY} - interval '90 days'`;
const LAPSED = `(s.orders_valid >= 2 AND ${QUIET})`;
const CITY = `s.city_key = '1101'`;
const YEAR = `bought_at >= ${DAY} - interval '365 days'`;
const TODAY = `(now() AT TIME ZONE 'Asia/Jakarta')::date`;
const localDay = (column: string) => `(s.${column} AT TIME ZONE 'Asia/Jakarta')::date`;
const joined = (
  having: string,
  where = 'true',
) => `SELECT count(*) FROM (SELECT c.customer_id FROM customers c
  JOIN orders o ON o.shop_id = c.shop_id AND o.customer_id = c.customer_id AND ${VALID}
  WHERE c.shop_id = ${SHOP_ID} AND ${where} GROUP BY c.customer_id HAVING ${having}) x`;
const withLines = (
  where: string,
  having = 'true',
) => `SELECT count(*) FROM (SELECT c.customer_id FROM customers c
  JOIN orders o ON o.shop_id = c.shop_id AND o.customer_id = c.customer_id AND ${VALID}
  JOIN order_lines l ON l.shop_id = o.shop_id AND l.order_id = o.order_id
  WHERE c.shop_id = ${SHOP_ID} AND ${where} GROUP BY c.customer_id HAVING ${having}) x`;

export const PLAIN: Readonly<Record<string, { byHand: string; joins?: string }>> = {
  order_total: {
    byHand: `${COUNT} s.spend_minor >= 50000000`,
    joins: joined('sum(o.net_minor) >= 50000000'),
  },
  spend_rank: {
    byHand: `${COUNT} s.orders_valid > 0 AND s.spend_minor >= (SELECT r.spend_from[90] FROM rfm_thresholds r WHERE r.shop_id = s.shop_id)`,
    joins: `SELECT count(*) FROM (SELECT percent_rank() OVER (ORDER BY sum(o.net_minor) DESC) AS place FROM orders o
      WHERE o.shop_id = ${SHOP_ID} AND ${VALID} GROUP BY o.customer_id) x WHERE x.place < 0.1`,
  },
  order_count: { byHand: `${COUNT} s.orders_valid >= 3`, joins: joined('count(*) >= 3') },
  last_order: {
    byHand: `${COUNT} s.last_order_at >= ${DAY} - interval '90 days'`,
    joins: joined(`max(o.processed_at) >= ${DAY} - interval '90 days'`),
  },
  average_order: {
    byHand: `${COUNT} s.orders_valid > 0 AND s.spend_minor / s.orders_valid >= 50000000`,
    joins: joined('avg(o.net_minor) >= 50000000'),
  },
  bought: { byHand: `${COUNT} ${bought(1)}`, joins: withLines('l.product_id = 1') },
  'bought in a year': {
    byHand: `${COUNT} ${buyers('order_lines', `p.product_id = 1 AND p.${YEAR}`)}`,
    joins: withLines(`l.product_id = 1 AND o.processed_at >= ${DAY} - interval '365 days'`),
  },
  'bought none of': { byHand: `${COUNT} NOT ${bought(1)}` },
  'two orders, none in 90 days': {
    byHand: `${COUNT} s.orders_valid >= 2 AND ${QUIET}`,
    joins: joined(`count(*) >= 2 AND max(o.processed_at) < ${DAY} - interval '90 days'`),
  },
  'one order, quiet': {
    byHand: `${COUNT} s.orders_valid = 1 AND ${QUIET}`,
    joins: joined(`count(*) = 1 AND max(o.processed_at) < ${DAY} - interval '90 days'`),
  },
  'a big city, three orders': {
    byHand: `${COUNT} ${CITY} AND s.orders_valid >= 3`,
    joins: joined('count(*) >= 3', `c.city_code = '1101'`),
  },
  'A but not B': {
    byHand: `${COUNT} ${bought(1)} AND NOT ${bought(2)}`,
    joins: withLines('l.product_id IN (1, 2)', 'bool_and(l.product_id = 1)'),
  },
  'A and B': {
    byHand: `${COUNT} ${bought(1)} AND ${bought(2)}`,
    joins: withLines('l.product_id IN (1, 2)', 'count(DISTINCT l.product_id) = 2'),
  },
  'a tag or a city': { byHand: `${COUNT} (${tagged('tag5')} OR ${CITY})` },
  'no tag, high spend': {
    byHand: `${COUNT} NOT ${tagged('tag1')} AND s.spend_minor >= 50000000`,
    joins: joined(
      'sum(o.net_minor) >= 50000000',
      `NOT EXISTS (SELECT FROM customer_tags t WHERE t.shop_id = c.shop_id AND t.customer_id = c.customer_id AND t.tag_key = 'tag1' AND t.is_on)`,
    ),
  },
  'women of 25 to 34 in a province': {
    byHand: `${COUNT} s.gender = 'female' AND s.birth_date > ${TODAY} - interval '35 years'
      AND s.birth_date <= ${TODAY} - interval '25 years' AND s.province_key = 'provinsi 2'`,
  },
  'birthday soon and reachable': {
    byHand: `${COUNT} s.has_email AND s.email_consent = 'subscribed' AND to_char(s.birth_date, 'MMDD') = ANY(
      ARRAY(SELECT to_char(${TODAY} + n, 'MMDD') FROM generate_series(0, 7) n))`,
  },
  'lapsed members with points': {
    byHand: `${COUNT} ${LAPSED} AND s.member_since IS NOT NULL AND ${buyers('ledger_accounts', `p.unit = 'POINTS' AND p.balance - p.held >= 3`)}`,
  },
  'regular, without consent': {
    byHand: `${COUNT} s.orders_valid > 1 AND s.last_order_at >= ${DAY} - interval '90 days'
      AND ${localDay('last_order_at')} - ${localDay('before_last_order_at')} <= 90 AND s.email_consent IS DISTINCT FROM 'subscribed'`,
  },
  'spend in a range, in a shop': {
    byHand: `${COUNT} s.total_all_minor BETWEEN 50000000 AND 100000000 AND s.channels && '{pos}'`,
  },
  'a product often, in a year': {
    byHand: `${COUNT} s.customer_id IN (SELECT p.customer_id FROM order_lines p WHERE p.shop_id = ${SHOP_ID} AND p.product_id = 1
      AND p.${YEAR} GROUP BY 1 HAVING count(DISTINCT p.order_id) >= 2)`,
    joins: withLines(
      `l.product_id = 1 AND o.processed_at >= ${DAY} - interval '365 days'`,
      'count(DISTINCT o.order_id) >= 2',
    ),
  },
  'a type, in a city': {
    byHand: `${COUNT} ${CITY} AND EXISTS (SELECT FROM customer_products p WHERE p.shop_id = ${SHOP_ID} AND p.customer_id = s.customer_id
      AND p.product_id = ANY(ARRAY(SELECT product_id FROM products WHERE shop_id = ${SHOP_ID} AND product_type = 'Type 1')))`,
    joins: withLines(
      `c.city_code = '1101' AND l.product_id IN (SELECT product_id FROM products WHERE shop_id = ${SHOP_ID} AND product_type = 'Type 1')`,
    ),
  },
  'a name in a category': {
    byHand: `${COUNT} s.category_id = 2 AND EXISTS (SELECT FROM customers c WHERE c.shop_id = ${SHOP_ID} AND c.customer_id = s.customer_id
      AND c.first_name || ' ' || c.last_name ILIKE '%siti%')`,
  },
  'a code and quiet': { byHand: `${COUNT} s.codes && '{HELLO}' AND ${QUIET}` },
  'housing and weight': { byHand: `${COUNT} s.housing = 'detached' AND s.weight_grams >= 70000` },
  'two tags of three': {
    byHand: `${COUNT} ${tagged('tag2')} AND (${tagged('tag1')} OR ${tagged('tag3')})`,
  },
  'points to expire or owed': {
    byHand: `${COUNT} (s.customer_id IN (SELECT p.customer_id FROM ledger_lots p WHERE p.shop_id = ${SHOP_ID} AND p.unit = 'POINTS'
      AND p.remaining > 0 AND p.expires_at > now() AND p.expires_at < ${DAY} + interval '32 days' GROUP BY 1 HAVING sum(p.remaining) >= 10)
      OR ${buyers('ledger_accounts', `p.unit = 'POINTS' AND p.debt >= 3`)})`,
  },
  'not A, not a city, not lapsed': {
    byHand: `${COUNT} NOT ${bought(1)} AND ${CITY} IS NOT TRUE AND ${LAPSED} IS NOT TRUE`,
  },
};
