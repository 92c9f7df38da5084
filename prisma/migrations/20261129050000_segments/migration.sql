-- Which customers: what rules ask of a customer is in one row, beside the sums of their orders.

-- AlterTable
ALTER TABLE "customer_stats" ADD COLUMN     "channels" TEXT[] DEFAULT ARRAY[]::TEXT[],
ADD COLUMN     "codes" TEXT[] DEFAULT ARRAY[]::TEXT[],
ADD COLUMN     "orders_refunded" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "paid_minor" BIGINT NOT NULL DEFAULT 0,
ADD COLUMN     "refunded_minor" BIGINT NOT NULL DEFAULT 0,
ADD COLUMN     "added_at" TIMESTAMPTZ(6),
ADD COLUMN     "birth_date" DATE,
ADD COLUMN     "country_code" TEXT,
ADD COLUMN     "district_key" TEXT,
ADD COLUMN     "email_consent" TEXT,
ADD COLUMN     "gender" TEXT,
ADD COLUMN     "has_email" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "has_phone" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "height_mm" INTEGER,
ADD COLUMN     "housing" TEXT,
ADD COLUMN     "member_since" TIMESTAMPTZ(6),
ADD COLUMN     "member_via" TEXT,
ADD COLUMN     "missing_fields" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "postal_key" TEXT,
ADD COLUMN     "province_key" TEXT,
ADD COLUMN     "sms_consent" TEXT,
ADD COLUMN     "tier_id" BIGINT,
ADD COLUMN     "wedding_date" DATE,
ADD COLUMN     "weight_grams" INTEGER;

-- AlterTable
ALTER TABLE "ledger_accounts" ADD COLUMN     "earned" BIGINT NOT NULL DEFAULT 0,
ADD COLUMN     "spent" BIGINT NOT NULL DEFAULT 0;

-- AlterTable
ALTER TABLE "order_lines" ADD COLUMN     "bought_at" TIMESTAMPTZ(6);

-- AlterTable
ALTER TABLE "products" ADD COLUMN     "product_type" TEXT,
ADD COLUMN     "vendor" TEXT;

-- CreateTable
CREATE TABLE "customer_products" (
    "shop_id" BIGINT NOT NULL,
    "customer_id" BIGINT NOT NULL,
    "product_id" BIGINT NOT NULL,
    "variant_id" BIGINT NOT NULL DEFAULT 0,
    "first_at" TIMESTAMPTZ(6) NOT NULL,
    "last_at" TIMESTAMPTZ(6) NOT NULL,
    "times" INTEGER NOT NULL,
    "units" INTEGER NOT NULL,
    "net_minor" BIGINT NOT NULL,

    CONSTRAINT "customer_products_pkey" PRIMARY KEY ("shop_id","customer_id","product_id","variant_id")
);


-- What Prisma's schema language cannot say.

-- The discount codes of an order, in upper case. The database keeps them, so that erasing them from the state is enough.
CREATE FUNCTION order_codes(state jsonb) RETURNS text[]
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT coalesce(array_agg(DISTINCT used ->> 'code' ORDER BY used ->> 'code'), '{}') FROM jsonb_array_elements(state -> 'codes') AS used $$;
ALTER TABLE orders ADD COLUMN codes TEXT[] NOT NULL GENERATED ALWAYS AS (order_codes(state)) STORED;

CREATE OR REPLACE FUNCTION list_customers() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO customer_stats AS s (shop_id, customer_id,
    standing, category_id, city_key, sort_name, gender, birth_date, wedding_date, housing, weight_grams, height_mm, country_code,
    province_key, district_key, postal_key, tier_id, member_since, member_via, sms_consent, email_consent, has_phone, has_email,
    missing_fields, added_at)
  SELECT c.shop_id, c.customer_id,
    customer_standing(c.state, c.merged_into, c.left_at), c.category_id, customer_city_key(c.city_code, c.city),
    customer_sort_name(c.first_name, c.last_name, c.email, c.phone), c.gender, c.birth_date, c.wedding_date, c.housing,
    c.weight_grams, c.height_mm, c.country_code, customer_city_key(c.province_code, c.province),
    customer_city_key(c.district_code, c.district), nullif(upper(regexp_replace(c.postal_code, '\s', '', 'g')), ''), c.tier_id,
    c.member_since, c.member_via, c.sms_consent, c.email_consent, coalesce(c.phone, '') <> '', coalesce(c.email, '') <> '',
    c.missing_fields, c.created_at
  FROM changed c ORDER BY 1, 2
  ON CONFLICT (shop_id, customer_id) DO UPDATE SET
    standing = excluded.standing, category_id = excluded.category_id, city_key = excluded.city_key,
    sort_name = excluded.sort_name, gender = excluded.gender, birth_date = excluded.birth_date,
    wedding_date = excluded.wedding_date, housing = excluded.housing, weight_grams = excluded.weight_grams,
    height_mm = excluded.height_mm, country_code = excluded.country_code, province_key = excluded.province_key,
    district_key = excluded.district_key, postal_key = excluded.postal_key, tier_id = excluded.tier_id,
    member_since = excluded.member_since, member_via = excluded.member_via, sms_consent = excluded.sms_consent,
    email_consent = excluded.email_consent, has_phone = excluded.has_phone, has_email = excluded.has_email,
    missing_fields = excluded.missing_fields, added_at = excluded.added_at;
  RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION list_customer_anew() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO customer_stats AS s (shop_id, customer_id,
    standing, category_id, city_key, sort_name, gender, birth_date, wedding_date, housing, weight_grams, height_mm, country_code,
    province_key, district_key, postal_key, tier_id, member_since, member_via, sms_consent, email_consent, has_phone, has_email,
    missing_fields, added_at)
  VALUES (NEW.shop_id, NEW.customer_id,
    customer_standing(NEW.state, NEW.merged_into, NEW.left_at), NEW.category_id, customer_city_key(NEW.city_code, NEW.city),
    customer_sort_name(NEW.first_name, NEW.last_name, NEW.email, NEW.phone), NEW.gender, NEW.birth_date, NEW.wedding_date,
    NEW.housing, NEW.weight_grams, NEW.height_mm, NEW.country_code, customer_city_key(NEW.province_code, NEW.province),
    customer_city_key(NEW.district_code, NEW.district), nullif(upper(regexp_replace(NEW.postal_code, '\s', '', 'g')), ''),
    NEW.tier_id, NEW.member_since, NEW.member_via, NEW.sms_consent, NEW.email_consent, coalesce(NEW.phone, '') <> '',
    coalesce(NEW.email, '') <> '', NEW.missing_fields, NEW.created_at)
  ON CONFLICT (shop_id, customer_id) DO UPDATE SET
    standing = excluded.standing, category_id = excluded.category_id, city_key = excluded.city_key,
    sort_name = excluded.sort_name, gender = excluded.gender, birth_date = excluded.birth_date,
    wedding_date = excluded.wedding_date, housing = excluded.housing, weight_grams = excluded.weight_grams,
    height_mm = excluded.height_mm, country_code = excluded.country_code, province_key = excluded.province_key,
    district_key = excluded.district_key, postal_key = excluded.postal_key, tier_id = excluded.tier_id,
    member_since = excluded.member_since, member_via = excluded.member_via, sms_consent = excluded.sms_consent,
    email_consent = excluded.email_consent, has_phone = excluded.has_phone, has_email = excluded.has_email,
    missing_fields = excluded.missing_fields, added_at = excluded.added_at;
  RETURN NULL;
END $$;

DROP TRIGGER customers_listed_anew ON customers;
CREATE TRIGGER customers_listed_anew AFTER UPDATE ON customers FOR EACH ROW
  WHEN ((
    OLD.state, OLD.merged_into, OLD.left_at, OLD.category_id, OLD.city_code, OLD.city, OLD.first_name, OLD.last_name, OLD.email,
    OLD.phone, OLD.gender, OLD.birth_date, OLD.wedding_date, OLD.housing, OLD.weight_grams, OLD.height_mm, OLD.country_code,
    OLD.province_code, OLD.province, OLD.district_code, OLD.district, OLD.postal_code, OLD.tier_id, OLD.member_since,
    OLD.member_via, OLD.sms_consent, OLD.email_consent, OLD.missing_fields)
    IS DISTINCT FROM (
    NEW.state, NEW.merged_into, NEW.left_at, NEW.category_id, NEW.city_code, NEW.city, NEW.first_name, NEW.last_name, NEW.email,
    NEW.phone, NEW.gender, NEW.birth_date, NEW.wedding_date, NEW.housing, NEW.weight_grams, NEW.height_mm, NEW.country_code,
    NEW.province_code, NEW.province, NEW.district_code, NEW.district, NEW.postal_code, NEW.tier_id, NEW.member_since,
    NEW.member_via, NEW.sms_consent, NEW.email_consent, NEW.missing_fields))
  EXECUTE FUNCTION list_customer_anew();

UPDATE customer_stats s SET
    gender = c.gender, birth_date = c.birth_date, wedding_date = c.wedding_date, housing = c.housing,
    weight_grams = c.weight_grams, height_mm = c.height_mm, country_code = c.country_code,
    province_key = customer_city_key(c.province_code, c.province), district_key = customer_city_key(c.district_code, c.district),
    postal_key = nullif(upper(regexp_replace(c.postal_code, '\s', '', 'g')), ''), tier_id = c.tier_id,
    member_since = c.member_since, member_via = c.member_via, sms_consent = c.sms_consent, email_consent = c.email_consent,
    has_phone = coalesce(c.phone, '') <> '', has_email = coalesce(c.email, '') <> '', missing_fields = c.missing_fields,
    added_at = c.created_at
FROM customers c WHERE c.shop_id = s.shop_id AND c.customer_id = s.customer_id;

-- Sums that lists ask of orders and accounts; the same as the award and the audit compute.
UPDATE order_lines l SET bought_at = o.processed_at FROM orders o
WHERE o.shop_id = l.shop_id AND o.order_id = l.order_id AND l.kept_quantity > 0
  AND NOT o.is_test AND o.cancelled_at IS NULL AND o.financial IN ('paid', 'partially_refunded');

INSERT INTO customer_products (shop_id, customer_id, product_id, variant_id, first_at, last_at, times, units, net_minor)
SELECT shop_id, customer_id, product_id, coalesce(variant_id, 0), min(bought_at), max(bought_at), count(DISTINCT order_id),
  sum(kept_quantity), sum(net_minor)
FROM order_lines WHERE customer_id IS NOT NULL AND product_id IS NOT NULL AND bought_at IS NOT NULL GROUP BY 1, 2, 3, 4;

UPDATE customer_stats s SET channels = n.channels, codes = n.codes, orders_refunded = n.orders_refunded,
  paid_minor = n.paid_minor, refunded_minor = n.refunded_minor
FROM (SELECT o.shop_id, coalesce(m.merged_into, m.customer_id) AS customer_id,
    coalesce(array_agg(DISTINCT o.source_name ORDER BY o.source_name) FILTER (WHERE o.is_valid AND o.source_name IS NOT NULL), '{}') AS channels,
    coalesce((SELECT array_agg(DISTINCT d.code ORDER BY d.code) FROM unnest(string_to_array(
      string_agg(array_to_string(o.codes, E'\x1f'), E'\x1f') FILTER (WHERE o.is_valid AND o.codes <> '{}'), E'\x1f')) AS d (code)), '{}') AS codes,
    (count(*) FILTER (WHERE o.is_paid AND o.financial <> 'paid'))::int AS orders_refunded,
    coalesce(sum(o.total_minor) FILTER (WHERE o.is_paid AND o.is_own), 0)::bigint AS paid_minor,
    coalesce(sum(o.total_minor - o.net_minor) FILTER (WHERE o.is_paid AND o.is_own AND o.financial <> 'paid'), 0)::bigint AS refunded_minor
  FROM (SELECT k.*, NOT is_test AND cancelled_at IS NULL AND financial IN ('paid', 'partially_refunded') AS is_valid,
      NOT is_test AND financial IN ('paid', 'partially_refunded', 'refunded') AS is_paid,
      coalesce(k.currency = h.currency, true) AS is_own FROM orders k JOIN shops h USING (shop_id)) o
    JOIN customers m ON m.shop_id = o.shop_id AND m.customer_id = coalesce(o.customer_id, o.claimed_by)
  GROUP BY 1, 2) n
WHERE s.shop_id = n.shop_id AND s.customer_id = n.customer_id;

UPDATE ledger_accounts a SET earned = n.earned, spent = n.spent
FROM (SELECT e.shop_id, coalesce(m.merged_into, e.customer_id) AS customer_id, e.unit,
    coalesce(sum(e.amount) FILTER (WHERE e.kind IN ('order_spend', 'order_product', 'offer', 'birthday', 'anniversary', 'manual_add',
      'import', 'welcome', 'referral', 'tier_bonus', 'refund_reversal', 'cancel_reversal')), 0)::bigint AS earned,
    coalesce(-sum(e.amount) FILTER (WHERE e.kind IN ('redeem', 'restore')), 0)::bigint AS spent
  FROM ledger_entries e LEFT JOIN customers m ON m.shop_id = e.shop_id AND m.customer_id = e.customer_id GROUP BY 1, 2, 3) n
WHERE a.shop_id = n.shop_id AND a.customer_id = n.customer_id AND a.unit = n.unit;

-- Who bought a product, and when: without reading any other row. What a customer bought.
DROP INDEX order_lines_product, order_lines_customer;
CREATE INDEX order_lines_bought ON order_lines (shop_id, product_id, bought_at, customer_id)
  INCLUDE (variant_id, order_id, kept_quantity, net_minor)
  WHERE product_id IS NOT NULL AND customer_id IS NOT NULL AND bought_at IS NOT NULL;
CREATE INDEX order_lines_customer ON order_lines (shop_id, customer_id, product_id) WHERE customer_id IS NOT NULL;
CREATE INDEX customer_products_product ON customer_products (shop_id, product_id, customer_id)
  INCLUDE (variant_id, first_at, last_at, times, units, net_minor);
-- What notes say; which offers gave something.
CREATE INDEX customers_note ON customers USING gin (fold_text(note) gin_trgm_ops) WHERE note IS NOT NULL;
CREATE INDEX customer_notes_text ON customer_notes USING gin (fold_text(text) gin_trgm_ops) WHERE deleted_at IS NULL;
CREATE INDEX ledger_entries_offers ON ledger_entries (shop_id, rule, customer_id) WHERE kind = 'offer';
