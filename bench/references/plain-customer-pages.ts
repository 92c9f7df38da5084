/**
 * The same pages of customers in one statement each, as an engineer would write it who knows the tables and their
 * indexes and needs only this page: no combined filters, no cursor.
 */
import type pg from 'pg';
import { SHOP_ID } from '../lib/shop-rows.ts';

const LAST = `coalesce(s.latest_order_at, '-infinity'::timestamptz)`;
const HAYSTACK = 'c.search_text';
const COLUMNS = `s.customer_id, c.first_name, c.last_name, c.email, c.phone, c.city, s.category_id, s.orders_valid, s.items, s.spend_minor,
  s.latest_order_at, s.latest_order_status`;
/** What can be spent is what is left of lots that are valid, less what is held and owed. */
const BALANCES = `(SELECT array_agg(a.unit || ' ' || a.balance || ' ' || greatest(0, l.usable - a.held - a.debt)) FROM ledger_accounts a
  CROSS JOIN LATERAL (SELECT coalesce(sum(remaining), 0) AS usable FROM ledger_lots l WHERE l.shop_id = a.shop_id AND l.customer_id = a.customer_id
    AND l.unit = a.unit AND l.remaining > 0 AND l.valid_from <= now() AND (l.expires_at IS NULL OR l.expires_at > now())) l
  WHERE a.shop_id = p.shop_id AND a.customer_id = p.customer_id)`;

function page(where: string, orderBy: string): string {
  return `SELECT p.*, ${BALANCES} AS balances FROM (
      SELECT s.shop_id, ${COLUMNS} FROM customer_stats s JOIN customers c USING (shop_id, customer_id)
      WHERE s.shop_id = ${SHOP_ID} AND s.standing = 'active' AND ${where} ORDER BY ${orderBy} LIMIT 26) p`;
}

const latest = (where: string) => page(where, `${LAST} DESC, s.customer_id DESC`);
const DAY = `date_trunc('day', now() AT TIME ZONE 'Asia/Jakarta') AT TIME ZONE 'Asia/Jakarta'`;
const LAPSED = `(s.orders_valid >= 2 AND s.last_order_at < ${DAY} - interval '90 days')`;
const REGULAR = `(s.last_order_at >= ${DAY} - interval '90 days'
  AND (s.last_order_at AT TIME ZONE 'Asia/Jakarta')::date - (s.before_last_order_at AT TIME ZONE 'Asia/Jakarta')::date <= 90)`;

/** By the address of the same list in ours. */
const STATEMENTS: Record<string, string> = {
  '': latest('true'),
  'tab=new': latest(
    `s.first_order_at >= ${DAY} - interval '30 days' AND NOT ${LAPSED} AND ${REGULAR} IS NOT TRUE`,
  ),
  'tab=regular': latest(REGULAR),
  'tab=lapsed': latest(LAPSED),
  'sort=last_order asc': page('true', `${LAST}, s.customer_id`),
  'sort=name asc': page('true', 's.sort_name, s.customer_id'),
  'sort=name desc': page('true', 's.sort_name DESC, s.customer_id DESC'),
  'sort=orders desc': page('true', 's.orders_valid DESC, s.customer_id DESC'),
  'sort=sales desc': page('true', 's.spend_minor DESC, s.customer_id DESC'),
  'sort=newest desc': page('true', 's.customer_id DESC'),
  'q=siti': latest(`${HAYSTACK} LIKE '%siti%'`),
  'q=siti pang': latest(`${HAYSTACK} LIKE '%siti%' AND ${HAYSTACK} LIKE '%pang%'`),
  'q=sa': latest(`(${HAYSTACK} LIKE 'sa%' OR ${HAYSTACK} LIKE '% sa%')`),
  'q=0811 0000 7919': latest(`c.phone LIKE '+6281100007919%'`),
  'q=0811 00': latest(`c.phone LIKE '+6281100%'`),
  'q=7919': latest(`${HAYSTACK} LIKE '%7919%'`),
  'city=1101': latest(`s.city_key = '1101'`),
  'city=1400': latest(`s.city_key = '1400'`),
  'category=2': latest('s.category_id = 2'),
  'city=1101&category=2': latest(`s.city_key = '1101' AND s.category_id = 2`),
};

/** Reads one page by plain SQL; undefined where there is no statement for this address. */
export function plainPage(pool: pg.Pool, address: string): (() => Promise<unknown>) | undefined {
  const statement = STATEMENTS[address];
  return statement === undefined ? undefined : () => pool.query(statement);
}
