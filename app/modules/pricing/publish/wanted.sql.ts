/** What the metafields of customers and variants should say, as SQL: one statement compares a page, or everyone. */

/** The category `g` changes prices: its rules are published. */
const IS_PRICED = `(g.discount_bp > 0 OR g.breaks <> '[]'::jsonb OR g.allows_person_discount
  OR EXISTS (SELECT FROM list_prices l WHERE l.shop_id = g.shop_id AND l.category_id = g.category_id))`;

/** Members-only products are on in the shop of a row. */
const IS_LOCKING = (shopId: string) =>
  `EXISTS (SELECT FROM access_settings x WHERE x.shop_id = ${shopId} AND x.is_on)`;

/** A rule of members-only products names the category `g`, or the tier `t`. */
const OPENS_BY_CATEGORY = `(${IS_LOCKING('g.shop_id')} AND EXISTS (SELECT FROM access_rules r WHERE r.shop_id = g.shop_id AND g.category_id = ANY (r.category_ids)))`;
const OPENS_BY_TIER = `(${IS_LOCKING('t.shop_id')} AND EXISTS (SELECT FROM access_rules r WHERE r.shop_id = t.shop_id AND t.tier_id = ANY (r.tier_ids)))`;

const customerMetafield = (
  namesCategory: string,
  namesTier: string,
) => `(SELECT nullif(jsonb_strip_nulls(jsonb_build_object('v', 1,
    'cat', CASE WHEN ${namesCategory} THEN g.key END,
    'bp', CASE WHEN g.allows_person_discount THEN c.person_discount_bp END,
    'from', CASE WHEN g.allows_person_discount AND c.person_discount_bp IS NOT NULL THEN c.person_discount_from END,
    'to', CASE WHEN g.allows_person_discount AND c.person_discount_bp IS NOT NULL THEN c.person_discount_until END,
    'tier', (SELECT 't' || t.tier_id FROM tiers t WHERE t.shop_id = c.shop_id AND t.tier_id = c.tier_id AND t.removed_at IS NULL
       AND ${namesTier}))), '{"v": 1}'::jsonb)
  FROM categories g WHERE g.shop_id = c.shop_id AND (g.category_id = c.category_id OR c.category_id IS NULL AND g.is_default)
    AND c.state = 'active' AND c.merged_into IS NULL)`;

/** The customer `c`'s metafield; null: none. Days that are past stay in it: the Function reads the shop's date. */
export const WANTED_OF_CUSTOMER = customerMetafield(
  `(${IS_PRICED} OR ${OPENS_BY_CATEGORY})`,
  `(t.member_discount_bp > 0 OR ${OPENS_BY_TIER})`,
);

/** As far as prices go: null where the customer `c` pays the shop's. */
export const PRICE_OF_CUSTOMER = customerMetafield(IS_PRICED, 't.member_discount_bp > 0');

/** The metafield of the variant `v`: prices by category and quantity as text; null: none. */
export const WANTED_OF_VARIANT = `(SELECT jsonb_build_object('v', 1) || jsonb_object_agg(p.key, p.prices) FROM (
    SELECT g.key, jsonb_agg(jsonb_build_array(l.quantity, l.price_minor::text) ORDER BY l.quantity) AS prices
    FROM list_prices l JOIN categories g USING (shop_id, category_id)
    WHERE l.shop_id = v.shop_id AND l.variant_id = v.variant_id GROUP BY g.key) p HAVING count(*) > 0)`;

/**
 * The metafield of the product `k`: the categories and tiers that any of its rules names; null: everyone may buy it. Where none of them is
 * left, a name that no one has keeps it locked.
 */
export const WANTED_OF_PRODUCT = `(SELECT jsonb_build_object('v', 1, 'cats', CASE WHEN n.cats IS NULL AND n.tiers IS NULL THEN '[""]'::jsonb ELSE coalesce(n.cats, '[]') END,
    'tiers', coalesce(n.tiers, '[]')) FROM (
      SELECT count(*) AS rules,
        jsonb_agg(DISTINCT g.key) FILTER (WHERE g.key IS NOT NULL) AS cats,
        jsonb_agg(DISTINCT 't' || t.tier_id) FILTER (WHERE t.tier_id IS NOT NULL) AS tiers
      FROM access_products a JOIN access_rules r USING (shop_id, kind, target_id)
        LEFT JOIN categories g ON g.shop_id = r.shop_id AND g.category_id = ANY (r.category_ids)
        LEFT JOIN tiers t ON t.shop_id = r.shop_id AND t.tier_id = ANY (r.tier_ids) AND t.removed_at IS NULL
      WHERE a.shop_id = k.shop_id AND a.product_id = k.product_id AND ${IS_LOCKING('a.shop_id')}) n WHERE n.rules > 0)`;

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

/** Queues the products of the shop `$1` whose metafield isn't what it should be. */
export const QUEUE_PRODUCTS = `
  INSERT INTO price_products (shop_id, product_id, changed_at)
  SELECT k.shop_id, k.product_id, clock_timestamp() FROM (
      SELECT shop_id, product_id FROM access_products WHERE shop_id = $1 UNION SELECT shop_id, product_id FROM price_products WHERE shop_id = $1) k
    LEFT JOIN price_products p USING (shop_id, product_id)
   WHERE p.changed_at IS NULL AND p.failure IS NULL AND ${WANTED_OF_PRODUCT} IS DISTINCT FROM p.written
  ON CONFLICT (shop_id, product_id) DO UPDATE SET changed_at = EXCLUDED.changed_at, next_attempt_at = clock_timestamp(), attempts = 0`;
