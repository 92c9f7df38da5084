/** What the metafields of customers and variants should say, as SQL: one statement compares a page, or everyone. */

/** The category `g` changes prices: its rules are published. */
const IS_PRICED = `(g.discount_bp > 0 OR g.breaks <> '[]'::jsonb OR g.allows_person_discount
  OR EXISTS (SELECT FROM list_prices l WHERE l.shop_id = g.shop_id AND l.category_id = g.category_id))`;

/** The customer `c`'s metafield; null: none. Days that are past stay in it: the Function reads the shop's date. */
export const WANTED_OF_CUSTOMER = `(SELECT nullif(jsonb_strip_nulls(jsonb_build_object('v', 1,
    'cat', CASE WHEN ${IS_PRICED} THEN g.key END,
    'bp', CASE WHEN g.allows_person_discount THEN c.person_discount_bp END,
    'from', CASE WHEN g.allows_person_discount AND c.person_discount_bp IS NOT NULL THEN c.person_discount_from END,
    'to', CASE WHEN g.allows_person_discount AND c.person_discount_bp IS NOT NULL THEN c.person_discount_until END,
    'tier', (SELECT 't' || t.tier_id FROM tiers t WHERE t.shop_id = c.shop_id AND t.tier_id = c.tier_id AND t.removed_at IS NULL
       AND t.member_discount_bp > 0))), '{"v": 1}'::jsonb)
  FROM categories g WHERE g.shop_id = c.shop_id AND (g.category_id = c.category_id OR c.category_id IS NULL AND g.is_default)
    AND c.state = 'active' AND c.merged_into IS NULL)`;

/** The metafield of the variant `v`: prices by category and quantity as text; null: none. */
export const WANTED_OF_VARIANT = `(SELECT jsonb_build_object('v', 1) || jsonb_object_agg(p.key, p.prices) FROM (
    SELECT g.key, jsonb_agg(jsonb_build_array(l.quantity, l.price_minor::text) ORDER BY l.quantity) AS prices
    FROM list_prices l JOIN categories g USING (shop_id, category_id)
    WHERE l.shop_id = v.shop_id AND l.variant_id = v.variant_id GROUP BY g.key) p HAVING count(*) > 0)`;

/** Queues the customers of the shop `$1` whose metafield isn't what it should be. */
export const QUEUE_CUSTOMERS = `
  INSERT INTO price_customers (shop_id, customer_id, changed_at)
  SELECT c.shop_id, c.customer_id, clock_timestamp() FROM customers c LEFT JOIN price_customers p USING (shop_id, customer_id)
   WHERE c.shop_id = $1 AND c.state = 'active' AND c.merged_into IS NULL AND p.changed_at IS NULL AND p.failure IS NULL AND ${WANTED_OF_CUSTOMER} IS DISTINCT FROM p.written
  ON CONFLICT (shop_id, customer_id) DO UPDATE SET changed_at = EXCLUDED.changed_at, next_attempt_at = clock_timestamp(), attempts = 0`;

/** Queues the variants of the shop `$1` whose metafield isn't what it should be. */
export const QUEUE_VARIANTS = `
  INSERT INTO price_variants (shop_id, variant_id, changed_at)
  SELECT v.shop_id, v.variant_id, clock_timestamp() FROM (
      SELECT shop_id, variant_id FROM list_prices WHERE shop_id = $1 UNION SELECT shop_id, variant_id FROM price_variants WHERE shop_id = $1) v
    LEFT JOIN price_variants p USING (shop_id, variant_id)
   WHERE p.changed_at IS NULL AND p.failure IS NULL AND ${WANTED_OF_VARIANT} IS DISTINCT FROM p.written
  ON CONFLICT (shop_id, variant_id) DO UPDATE SET changed_at = EXCLUDED.changed_at, next_attempt_at = clock_timestamp(), attempts = 0`;
