/** What the theme shows of a customer without asking, and how it lies at Shopify: display only, nothing reads it back. */
import { selectBalances } from '#app/modules/ledger/balances.queries.server.ts';
import type { PriceOwner } from '#app/modules/pricing/publish/price-owners.ts';

/** The metafield `$app:standing` of a customer. */
const STANDING_KEY = 'standing';

/** What the customer of the row `p` should show; null: none. Points are text: they may exceed a number. */
const WANTED = `(SELECT jsonb_strip_nulls(jsonb_build_object('v', 1,
    'points', coalesce(b.available, 0)::text,
    'pending', nullif(coalesce(b.pending, 0), 0)::text,
    'tier', t.name,
    'member', c.member_since IS NOT NULL))
  FROM customers c
    LEFT JOIN LATERAL (${selectBalances({ shopId: 'c.shop_id', customerIds: 'ARRAY[c.customer_id]', now: '(SELECT ledger_now())' })}) b ON b.unit = 'POINTS'
    LEFT JOIN tiers t ON t.shop_id = c.shop_id AND t.tier_id = c.tier_id AND t.removed_at IS NULL
  WHERE c.shop_id = p.shop_id AND c.customer_id = p.customer_id AND c.state = 'active' AND c.merged_into IS NULL AND c.left_at IS NULL)`;

export const STANDING_OWNER: PriceOwner = {
  key: STANDING_KEY,
  gidType: 'Customer',
  table: 'standing_customers',
  id: 'customer_id',
  wanted: WANTED,
};

/** Queues up to `$2` customers of the shop `$1` whose metafield is not what it should be, after the customer `$3`. */
export const QUEUE_DIFFERENCES = `
  WITH page AS (
    SELECT a.customer_id FROM (SELECT DISTINCT customer_id FROM ledger_accounts WHERE shop_id = $1 AND customer_id > $3::bigint ORDER BY 1 LIMIT $2::int) a
  ), queued AS (
    INSERT INTO standing_customers AS s (shop_id, customer_id, changed_at)
    SELECT p.shop_id, p.customer_id, clock_timestamp()
    FROM (SELECT $1::bigint AS shop_id, customer_id FROM page) p
      LEFT JOIN standing_customers w ON w.shop_id = $1 AND w.customer_id = p.customer_id
    WHERE w.changed_at IS NULL AND w.failure IS NULL AND ${WANTED} IS DISTINCT FROM w.written
    ORDER BY 2
    ON CONFLICT (shop_id, customer_id) DO UPDATE SET changed_at = EXCLUDED.changed_at, next_attempt_at = clock_timestamp(), attempts = 0
    RETURNING 1
  )
  SELECT max(customer_id) AS last, count(*)::int AS seen, (SELECT count(*)::int FROM queued) AS queued FROM page`;
