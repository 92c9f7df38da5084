-- The list of customers reads one table: every customer has a row in customer_stats, with what the list is narrowed
-- by beside the sums that it is sorted by.

-- AlterTable
ALTER TABLE "customer_stats" ADD COLUMN     "category_id" BIGINT,
ADD COLUMN     "city_key" TEXT,
ADD COLUMN     "sort_name" TEXT NOT NULL DEFAULT '',
ADD COLUMN     "standing" TEXT NOT NULL DEFAULT 'gone';


-- What Prisma's schema language cannot say.

-- Names stand as people expect them, whatever the writing.
ALTER TABLE customer_stats ALTER COLUMN sort_name TYPE text COLLATE "und-x-icu",
  ADD CONSTRAINT customer_stats_standing CHECK (standing IN ('active', 'left', 'gone'));

-- Shown; shown to who asks for those who left; merged, deleted or erased.
CREATE FUNCTION customer_standing(state text, merged_into bigint, left_at timestamptz) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE WHEN state <> 'active' OR merged_into IS NOT NULL THEN 'gone' WHEN left_at IS NOT NULL THEN 'left' ELSE 'active' END $$;

-- What the screens call them: the name, else e-mail or phone.
CREATE FUNCTION customer_sort_name(first_name text, last_name text, email text, phone text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT lower(coalesce(nullif(btrim(coalesce(first_name, '') || ' ' || coalesce(last_name, '')), ''), nullif(email, ''), phone, '')) $$;

-- The city's code, or what was written for who lives in a city that we do not know.
CREATE FUNCTION customer_city_key(city_code text, city text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$ SELECT coalesce(city_code, nullif(lower(btrim(city)), '')) $$;

CREATE FUNCTION list_customers() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO customer_stats AS s (shop_id, customer_id, standing, category_id, city_key, sort_name)
    SELECT c.shop_id, c.customer_id, customer_standing(c.state, c.merged_into, c.left_at), c.category_id,
      customer_city_key(c.city_code, c.city), customer_sort_name(c.first_name, c.last_name, c.email, c.phone)
    FROM changed c ORDER BY 1, 2
    ON CONFLICT (shop_id, customer_id) DO UPDATE SET standing = excluded.standing, category_id = excluded.category_id,
      city_key = excluded.city_key, sort_name = excluded.sort_name;
  ELSE
    INSERT INTO customer_stats AS s (shop_id, customer_id, standing, category_id, city_key, sort_name)
    SELECT c.shop_id, c.customer_id, customer_standing(c.state, c.merged_into, c.left_at), c.category_id,
      customer_city_key(c.city_code, c.city), customer_sort_name(c.first_name, c.last_name, c.email, c.phone)
    FROM changed c JOIN before b ON b.shop_id = c.shop_id AND b.customer_id = c.customer_id
    WHERE (b.state, b.merged_into, b.left_at, b.category_id, b.city_code, b.city, b.first_name, b.last_name, b.email, b.phone)
      IS DISTINCT FROM (c.state, c.merged_into, c.left_at, c.category_id, c.city_code, c.city, c.first_name, c.last_name, c.email, c.phone)
    ORDER BY 1, 2
    ON CONFLICT (shop_id, customer_id) DO UPDATE SET standing = excluded.standing, category_id = excluded.category_id,
      city_key = excluded.city_key, sort_name = excluded.sort_name
    WHERE (s.standing, s.category_id, s.city_key, s.sort_name)
      IS DISTINCT FROM (excluded.standing, excluded.category_id, excluded.city_key, excluded.sort_name);
  END IF;
  RETURN NULL;
END $$;

CREATE FUNCTION unlist_customers() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM customer_stats s USING removed r WHERE s.shop_id = r.shop_id AND s.customer_id = r.customer_id;
  RETURN NULL;
END $$;

CREATE TRIGGER customers_listed AFTER INSERT ON customers REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION list_customers();
CREATE TRIGGER customers_listed_anew AFTER UPDATE ON customers REFERENCING OLD TABLE AS before NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION list_customers();
CREATE TRIGGER customers_unlisted AFTER DELETE ON customers REFERENCING OLD TABLE AS removed
  FOR EACH STATEMENT EXECUTE FUNCTION unlist_customers();

DROP INDEX customer_stats_latest, customer_stats_spend, customer_stats_orders;

INSERT INTO customer_stats AS s (shop_id, customer_id, standing, category_id, city_key, sort_name)
SELECT c.shop_id, c.customer_id, customer_standing(c.state, c.merged_into, c.left_at), c.category_id,
  customer_city_key(c.city_code, c.city), customer_sort_name(c.first_name, c.last_name, c.email, c.phone)
FROM customers c
ON CONFLICT (shop_id, customer_id) DO UPDATE SET standing = excluded.standing, category_id = excluded.category_id,
  city_key = excluded.city_key, sort_name = excluded.sort_name;

-- The list in each of its orders (the newest come by the primary key). Who never ordered stands before all moments, so
-- that a place in the list is one comparison of rows.
CREATE INDEX customer_stats_last_order ON customer_stats
  (shop_id, (coalesce(latest_order_at, '-infinity'::timestamptz)), customer_id) WHERE standing = 'active';
CREATE INDEX customer_stats_name ON customer_stats (shop_id, sort_name, customer_id) WHERE standing = 'active';
CREATE INDEX customer_stats_orders ON customer_stats (shop_id, orders_valid, customer_id) WHERE standing = 'active';
CREATE INDEX customer_stats_sales ON customer_stats (shop_id, spend_minor, customer_id) WHERE standing = 'active';
-- New, regular and lapsed: ranges of days.
CREATE INDEX customer_stats_first_valid ON customer_stats (shop_id, first_order_at)
  WHERE standing = 'active' AND first_order_at IS NOT NULL;
CREATE INDEX customer_stats_last_valid ON customer_stats (shop_id, last_order_at)
  WHERE standing = 'active' AND last_order_at IS NOT NULL;
-- A city's customers, a category's customers; who left.
CREATE INDEX customer_stats_city ON customer_stats (shop_id, city_key, (coalesce(latest_order_at, '-infinity'::timestamptz)), customer_id)
  WHERE standing = 'active' AND city_key IS NOT NULL;
CREATE INDEX customer_stats_category ON customer_stats (shop_id, category_id, (coalesce(latest_order_at, '-infinity'::timestamptz)), customer_id)
  WHERE standing = 'active';
CREATE INDEX customer_stats_left ON customer_stats (shop_id, customer_id) WHERE standing = 'left';

-- Also by the first digits of a phone. Equality uses it as before.
DROP INDEX customers_phone;
CREATE INDEX customers_phone ON customers (shop_id, phone text_pattern_ops) WHERE phone IS NOT NULL;

ALTER TABLE club_settings ADD CONSTRAINT club_settings_lifecycle CHECK
  (new_customer_days > 0 AND regular_days > 0 AND lapsed_orders > 0 AND lapsed_days > 0 AND lifetime_months > 0);
