-- Prices of resellers and members: what a category pays, a person's own percent with its days, and what Shopify has of both.

ALTER TABLE categories
  ADD COLUMN color TEXT NOT NULL DEFAULT 'none',
  ADD COLUMN version INTEGER NOT NULL DEFAULT 1,
  ADD COLUMN discount_bp INTEGER NOT NULL DEFAULT 0,
  ADD COLUMN breaks JSONB NOT NULL DEFAULT '[]',
  ADD COLUMN breaks_per TEXT NOT NULL DEFAULT 'line',
  ADD COLUMN minimum_minor BIGINT NOT NULL DEFAULT 0,
  ADD COLUMN minimum_quantity INTEGER NOT NULL DEFAULT 0,
  ADD COLUMN only_set TEXT,
  ADD COLUMN not_set TEXT,
  ADD COLUMN includes_sale BOOLEAN NOT NULL DEFAULT true,
  ADD COLUMN includes_subscriptions BOOLEAN NOT NULL DEFAULT false,
  ADD COLUMN step_minor BIGINT NOT NULL DEFAULT 0,
  ADD COLUMN label TEXT NOT NULL DEFAULT '',
  ADD CONSTRAINT categories_discount CHECK (discount_bp BETWEEN 0 AND 10000),
  ADD CONSTRAINT categories_minimum CHECK (minimum_minor >= 0 AND minimum_quantity >= 0 AND step_minor >= 0),
  ADD CONSTRAINT categories_breaks_per CHECK (breaks_per IN ('line', 'product')),
  ADD CONSTRAINT categories_sets CHECK (only_set IN ('a', 'b') AND not_set IN ('a', 'b'));

-- 0 is a percent of one's own too: this person pays the shop's price.
ALTER TABLE customers
  DROP CONSTRAINT customers_person_discount,
  ADD CONSTRAINT customers_person_discount CHECK (person_discount_bp BETWEEN 0 AND 10000),
  ADD COLUMN person_discount_from DATE,
  ADD COLUMN person_discount_until DATE,
  ADD COLUMN person_discount_note TEXT,
  ADD CONSTRAINT customers_person_discount_days CHECK (person_discount_from <= person_discount_until);
CREATE INDEX customers_person_discount ON customers (shop_id, customer_id) WHERE person_discount_bp IS NOT NULL;

-- Who changed a person's percent, to what, and when; a null percent is one that was removed.
CREATE TABLE person_percent_changes (
    shop_id BIGINT NOT NULL,
    change_id BIGSERIAL NOT NULL,
    customer_id BIGINT NOT NULL,
    percent_bp INTEGER,
    from_day DATE,
    until_day DATE,
    note TEXT,
    actor TEXT NOT NULL,
    changed_at TIMESTAMPTZ(6) NOT NULL DEFAULT clock_timestamp(),

    CONSTRAINT person_percent_changes_pkey PRIMARY KEY (shop_id, change_id)
);
CREATE INDEX person_percent_changes_customer ON person_percent_changes (shop_id, customer_id, change_id DESC);

-- How a shop's prices meet discounts, and what is at Shopify.
CREATE TABLE price_settings (
    shop_id BIGINT NOT NULL,
    is_on BOOLEAN NOT NULL DEFAULT false,
    combination TEXT NOT NULL DEFAULT 'stack',
    with_products BOOLEAN NOT NULL DEFAULT true,
    with_shipping BOOLEAN NOT NULL DEFAULT true,
    for_companies BOOLEAN NOT NULL DEFAULT false,
    refusal TEXT NOT NULL DEFAULT '',
    set_a BIGINT[] NOT NULL DEFAULT '{}',
    set_b BIGINT[] NOT NULL DEFAULT '{}',
    version INTEGER NOT NULL DEFAULT 1,
    requested_at TIMESTAMPTZ(6),
    published_at TIMESTAMPTZ(6),
    compared_at TIMESTAMPTZ(6),
    discount_gid TEXT,
    creating_since TIMESTAMPTZ(6),
    discount_status TEXT,
    trouble TEXT,
    refused_with TEXT,
    written JSONB,
    size_bytes INTEGER,

    CONSTRAINT price_settings_pkey PRIMARY KEY (shop_id),
    CONSTRAINT price_settings_combination CHECK (combination IN ('stack', 'lowest', 'refuse'))
);

-- Prices by category, variant and quantity, in minor units of the shop's currency.
CREATE TABLE list_prices (
    shop_id BIGINT NOT NULL,
    category_id BIGINT NOT NULL,
    variant_id BIGINT NOT NULL,
    quantity INTEGER NOT NULL DEFAULT 1,
    price_minor BIGINT NOT NULL,

    CONSTRAINT list_prices_pkey PRIMARY KEY (shop_id, category_id, variant_id, quantity),
    CONSTRAINT list_prices_values CHECK (quantity >= 1 AND price_minor >= 0)
);
CREATE INDEX list_prices_variant ON list_prices (shop_id, variant_id);

-- What Shopify says of the variants in price lists, as it was last read.
CREATE TABLE listed_variants (
    shop_id BIGINT NOT NULL,
    variant_id BIGINT NOT NULL,
    product_id BIGINT NOT NULL,
    title TEXT NOT NULL DEFAULT '',
    sku TEXT NOT NULL DEFAULT '',
    price_minor BIGINT NOT NULL DEFAULT 0,
    cost_minor BIGINT,
    read_at TIMESTAMPTZ(6) NOT NULL DEFAULT clock_timestamp(),

    CONSTRAINT listed_variants_pkey PRIMARY KEY (shop_id, variant_id)
);

-- The metafields at Shopify: `changed_at` while one may differ from what it should be, the oldest written first.
CREATE TABLE price_customers (
    shop_id BIGINT NOT NULL,
    customer_id BIGINT NOT NULL,
    changed_at TIMESTAMPTZ(6),
    next_attempt_at TIMESTAMPTZ(6) NOT NULL DEFAULT clock_timestamp(),
    attempts INTEGER NOT NULL DEFAULT 0,
    failure TEXT,
    written JSONB,
    digest TEXT,
    compared_at TIMESTAMPTZ(6) NOT NULL DEFAULT clock_timestamp(),

    CONSTRAINT price_customers_pkey PRIMARY KEY (shop_id, customer_id)
);
CREATE INDEX price_customers_due ON price_customers (shop_id, changed_at) WHERE changed_at IS NOT NULL;
CREATE INDEX price_customers_compared ON price_customers (shop_id, compared_at) WHERE digest IS NOT NULL;

CREATE TABLE price_variants (
    shop_id BIGINT NOT NULL,
    variant_id BIGINT NOT NULL,
    changed_at TIMESTAMPTZ(6),
    next_attempt_at TIMESTAMPTZ(6) NOT NULL DEFAULT clock_timestamp(),
    attempts INTEGER NOT NULL DEFAULT 0,
    failure TEXT,
    written JSONB,
    digest TEXT,
    compared_at TIMESTAMPTZ(6) NOT NULL DEFAULT clock_timestamp(),

    CONSTRAINT price_variants_pkey PRIMARY KEY (shop_id, variant_id)
);
CREATE INDEX price_variants_due ON price_variants (shop_id, changed_at) WHERE changed_at IS NOT NULL;
CREATE INDEX price_variants_compared ON price_variants (shop_id, compared_at) WHERE digest IS NOT NULL;

-- Whatever changes a customer's category, tier or percent, the metafield is due, in a shop whose prices are on.
CREATE FUNCTION queue_price() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.state = 'active' AND NEW.merged_into IS NULL
    AND EXISTS (SELECT FROM price_settings WHERE shop_id = NEW.shop_id AND is_on) THEN
    INSERT INTO price_customers (shop_id, customer_id, changed_at)
    VALUES (NEW.shop_id, NEW.customer_id, clock_timestamp())
    ON CONFLICT (shop_id, customer_id) DO UPDATE SET changed_at = coalesce(price_customers.changed_at, EXCLUDED.changed_at),
      next_attempt_at = EXCLUDED.next_attempt_at, attempts = 0, failure = NULL;
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER customers_price_added AFTER INSERT ON customers FOR EACH ROW EXECUTE FUNCTION queue_price();
CREATE TRIGGER customers_price AFTER UPDATE ON customers FOR EACH ROW
  WHEN ((OLD.category_id, OLD.tier_id, OLD.person_discount_bp, OLD.person_discount_from, OLD.person_discount_until, OLD.state,
      OLD.merged_into) IS DISTINCT FROM (NEW.category_id, NEW.tier_id, NEW.person_discount_bp, NEW.person_discount_from,
      NEW.person_discount_until, NEW.state, NEW.merged_into))
  EXECUTE FUNCTION queue_price();

-- What is published of all customers: the rules of categories and tiers.
CREATE FUNCTION request_prices() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE price_settings SET requested_at = clock_timestamp() WHERE shop_id IN (OLD.shop_id, NEW.shop_id) AND is_on;
  RETURN NULL;
END $$;
CREATE TRIGGER categories_prices AFTER INSERT OR UPDATE OR DELETE ON categories FOR EACH ROW EXECUTE FUNCTION request_prices();
CREATE TRIGGER tiers_prices AFTER INSERT OR UPDATE OR DELETE ON tiers FOR EACH ROW EXECUTE FUNCTION request_prices();
CREATE INDEX customers_person_discount_until ON customers (shop_id, person_discount_until, customer_id)
  WHERE person_discount_bp IS NOT NULL AND person_discount_until IS NOT NULL;

-- Whether a code at Shopify combines with product discounts, where that isn't what its reward or the shop's settings say.
ALTER TABLE redemptions ADD COLUMN combines_with_product BOOLEAN;
