import type pg from 'pg';
import { SHOP_ID } from './shop-rows.ts';

/** The first is on every twelfth line, most are rare. */
const PRODUCTS = 2_000;
const FILL_STATEMENTS = [
  `UPDATE customers SET gender = (ARRAY['female', 'male'])[1 + floor(random() * 3)::int], country_code = 'ID',
     housing = (ARRAY['detached', 'shophouse', 'townhouse', 'flat', 'condo', 'coop_or_mobile'])[1 + floor(random() * 12)::int],
     weight_grams = CASE WHEN random() < 0.3 THEN 45000 + floor(random() * 50000)::int END,
     height_mm = CASE WHEN random() < 0.3 THEN 1450 + floor(random() * 450)::int END,
     wedding_date = CASE WHEN random() < 0.2 THEN '1990-01-01'::date + floor(random() * 12000)::int END,
     interests = CASE WHEN random() < 0.2 THEN ARRAY[(ARRAY['tea', 'coffee', 'cake'])[1 + floor(random() * 3)::int]] ELSE '{}' END,
     postal_code = (10000 + floor(power(random(), 2) * 80000)::int)::text, province = 'Provinsi ' || floor(power(38, random()))::int,
     district = 'Kecamatan ' || floor(power(7000, random()))::int, note = CASE WHEN random() < 0.1 THEN 'likes tea' END,
     member_since = CASE WHEN random() < 0.5 THEN created_at END, member_via = CASE WHEN random() < 0.5 THEN 'shopper' END,
     sms_consent = (ARRAY['subscribed', 'not_subscribed'])[1 + floor(random() * 2)::int],
     email_consent = (ARRAY['subscribed', 'not_subscribed', 'unsubscribed'])[1 + floor(random() * 3)::int] WHERE shop_id = $1`,
  `INSERT INTO products (shop_id, product_id, title, product_type, vendor, tags, collection_ids)
   SELECT $1, n, 'Product ' || n, 'Type ' || n % 20, 'Vendor ' || n % 50, ARRAY['t' || n % 30], ARRAY[n % 40 + 1]::bigint[]
   FROM generate_series(1, ${PRODUCTS}) n`,
  `INSERT INTO order_lines (shop_id, order_id, line_id, customer_id, product_id, variant_id, title, quantity, kept_quantity, net_minor, bought_at)
   SELECT $1, o.order_id, 10 * o.order_id + k, o.customer_id, p.id, p.id, 'Product', 1, 1, 2500000,
     CASE WHEN o.cancelled_at IS NULL AND o.financial IN ('paid', 'partially_refunded') THEN o.processed_at END
   FROM orders o CROSS JOIN LATERAL generate_series(1, 1 + floor(random() * 5.7 + 0 * o.order_id)::int) k
     CROSS JOIN LATERAL (SELECT 1 + floor(${PRODUCTS} * power(random() + 0 * k, 3))::bigint AS id) p
   WHERE o.shop_id = $1 AND o.order_id < 2000000000`,
  `INSERT INTO customer_products (shop_id, customer_id, product_id, variant_id, first_at, last_at, times, units, net_minor)
   SELECT shop_id, customer_id, product_id, variant_id, min(bought_at), max(bought_at), count(DISTINCT order_id), sum(kept_quantity), sum(net_minor)
   FROM order_lines WHERE shop_id = $1 AND bought_at IS NOT NULL GROUP BY 1, 2, 3, 4
   ON CONFLICT (shop_id, customer_id, product_id, variant_id) DO UPDATE SET first_at = excluded.first_at, last_at = excluded.last_at,
     times = excluded.times, units = excluded.units, net_minor = excluded.net_minor`,
  `INSERT INTO tags (shop_id, tag_key, name) SELECT $1, 'tag' || n, 'Tag ' || n FROM generate_series(1, 30) n`,
  `INSERT INTO customer_tags (shop_id, tag_key, customer_id)
   SELECT $1, 'tag' || n, customer_id FROM customer_stats, generate_series(1, 30) n WHERE shop_id = $1 AND random() + 0 * customer_id < 0.3 / n`,
  `INSERT INTO customer_notes (shop_id, customer_id, author, text)
   SELECT $1, customer_id, 'staff', 'calls on Friday' FROM customer_stats WHERE shop_id = $1 AND random() < 0.02`,
  `UPDATE customer_stats SET channels = CASE WHEN orders_valid > 0 THEN ARRAY[(ARRAY['web', 'web', 'pos'])[1 + floor(random() * 3)::int]] ELSE '{}' END,
     codes = CASE WHEN orders_valid > 0 AND random() < 0.1 THEN ARRAY['HELLO'] ELSE '{}' END, paid_minor = spend_minor,
     refunded_minor = CASE WHEN random() < 0.05 THEN spend_minor / 10 ELSE 0 END,
     active_months = least(orders_valid, 60) WHERE shop_id = $1`,
  `INSERT INTO shopify_segments (shop_id, shopify_segment_id, name, query, edited_at, readings, read_at)
   VALUES ($1, 1, 'Subscribed', 'number_of_orders > 0', now(), 1, now())`,
  `INSERT INTO shopify_segment_members (shop_id, shopify_segment_id, customer_id, first_reading, last_reading)
   SELECT $1, 1, customer_id, 1, 1 FROM customer_stats WHERE shop_id = $1 AND random() < 0.2`,
  `INSERT INTO segment_snapshots (shop_id, snapshot_id, name, segment_name, taken_at, taken_by, customers)
   VALUES ($1, 1, 'Then', 'Any', now(), 'staff:1', 0)`,
  `INSERT INTO segment_snapshot_members (shop_id, snapshot_id, customer_id)
   SELECT $1, 1, customer_id FROM customer_stats WHERE shop_id = $1 AND random() < 0.2`,
  `UPDATE customers SET came_from = 'import' WHERE shop_id = $1 AND random() < 0.05`,
  `INSERT INTO campaigns (shop_id, campaign_id, name, audience, language, text, created_by, started_at)
   VALUES ($1, 1, 'Spring', '{}', 'en', 'Hello', 'staff:1', now())`,
  `INSERT INTO messages (shop_id, message_key, campaign_id, customer_id, channel_id, state, actor, answered_at, clicked_at)
   SELECT $1, 'bench:' || customer_id, 1, customer_id, 1, CASE WHEN random() < 0.9 THEN 'delivered' ELSE 'failed' END, 'staff:1',
     CASE WHEN random() < 0.02 THEN now() END, CASE WHEN random() < 0.1 THEN now() END
   FROM customer_stats WHERE shop_id = $1 AND random() < 0.3`,
  `UPDATE ledger_accounts SET earned = balance, spent = balance / 4 WHERE shop_id = $1`,
  // The statements above wrote each row three times; a shop's rows grow one order after the other.
  'VACUUM (FULL) customer_stats',
  'VACUUM (FULL) customer_products',
  'VACUUM (ANALYZE)',
];

/** What rules ask besides `fillShop`'s: records, lines of orders (ten a customer), tags, notes, figures. */
export async function fillSegments(client: pg.Client, tell: (message: string) => void): Promise<void> {
  tell('  lines, tags and records ...');
  for (const statement of FILL_STATEMENTS)
    await client.query(statement, statement.includes('$1') ? [SHOP_ID] : []);
}
