-- Products that only some customers may buy: what staff chose, the products that it means, and what is at Shopify.
CREATE TABLE access_settings (
    shop_id BIGINT NOT NULL,
    is_on BOOLEAN NOT NULL DEFAULT false,
    texts JSONB NOT NULL DEFAULT '{}',
    version INTEGER NOT NULL DEFAULT 1,
    requested_at TIMESTAMPTZ(6),
    -- Staff want it switched on at Shopify, also where a merchant switched it off there.
    activates BOOLEAN NOT NULL DEFAULT false,
    validation_gid TEXT,
    trouble TEXT,
    refused_with TEXT,
    published_at TIMESTAMPTZ(6),
    searched_at TIMESTAMPTZ(6),

    CONSTRAINT access_settings_pkey PRIMARY KEY (shop_id)
);

CREATE TABLE access_rules (
    shop_id BIGINT NOT NULL,
    kind TEXT NOT NULL,
    target_id BIGINT NOT NULL,
    title TEXT NOT NULL DEFAULT '',
    category_ids BIGINT[] NOT NULL DEFAULT '{}',
    tier_ids BIGINT[] NOT NULL DEFAULT '{}',
    position INTEGER NOT NULL,
    created_at TIMESTAMPTZ(6) NOT NULL DEFAULT clock_timestamp(),

    CONSTRAINT access_rules_pkey PRIMARY KEY (shop_id, kind, target_id),
    CONSTRAINT access_rules_kind CHECK (kind IN ('product', 'collection'))
);

-- The products of the rules: those of a collection as Shopify last listed them.
CREATE TABLE access_products (
    shop_id BIGINT NOT NULL,
    product_id BIGINT NOT NULL,
    kind TEXT NOT NULL,
    target_id BIGINT NOT NULL,
    since TIMESTAMPTZ(6) NOT NULL DEFAULT clock_timestamp(),

    CONSTRAINT access_products_pkey PRIMARY KEY (shop_id, product_id, kind, target_id)
);
CREATE INDEX access_products_rule ON access_products (shop_id, kind, target_id);

CREATE TABLE price_products (
    shop_id BIGINT NOT NULL,
    product_id BIGINT NOT NULL,
    changed_at TIMESTAMPTZ(6),
    next_attempt_at TIMESTAMPTZ(6) NOT NULL DEFAULT clock_timestamp(),
    attempts INTEGER NOT NULL DEFAULT 0,
    failure TEXT,
    written JSONB,
    digest TEXT,
    compared_at TIMESTAMPTZ(6) NOT NULL DEFAULT clock_timestamp(),

    CONSTRAINT price_products_pkey PRIMARY KEY (shop_id, product_id)
);
CREATE INDEX price_products_due ON price_products (shop_id, changed_at) WHERE changed_at IS NOT NULL;
CREATE INDEX price_products_compared ON price_products (shop_id, compared_at) WHERE digest IS NOT NULL;

-- Lines of orders that someone placed who may not have the product.
CREATE TABLE access_findings (
    shop_id BIGINT NOT NULL,
    order_id BIGINT NOT NULL,
    product_id BIGINT NOT NULL,
    customer_id BIGINT,
    found_at TIMESTAMPTZ(6) NOT NULL DEFAULT clock_timestamp(),
    dismissed_at TIMESTAMPTZ(6),

    CONSTRAINT access_findings_pkey PRIMARY KEY (shop_id, order_id, product_id)
);
CREATE INDEX access_findings_open ON access_findings (shop_id, found_at DESC, order_id DESC) WHERE dismissed_at IS NULL;
CREATE INDEX access_findings_customer ON access_findings (shop_id, customer_id) WHERE customer_id IS NOT NULL;

-- A customer's category and tier are at Shopify for prices, and for what they may buy.
CREATE OR REPLACE FUNCTION queue_price() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.state = 'active' AND NEW.merged_into IS NULL
    AND (EXISTS (SELECT FROM price_settings WHERE shop_id = NEW.shop_id AND is_on)
      OR EXISTS (SELECT FROM access_settings WHERE shop_id = NEW.shop_id AND is_on)) THEN
    INSERT INTO price_customers (shop_id, customer_id, changed_at)
    VALUES (NEW.shop_id, NEW.customer_id, clock_timestamp())
    ON CONFLICT (shop_id, customer_id) DO UPDATE SET changed_at = coalesce(price_customers.changed_at, EXCLUDED.changed_at),
      next_attempt_at = EXCLUDED.next_attempt_at, attempts = 0, failure = NULL;
  END IF;
  RETURN NULL;
END $$;

-- Categories and tiers are named in both.
CREATE OR REPLACE FUNCTION request_prices() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE price_settings SET requested_at = clock_timestamp() WHERE shop_id IN (OLD.shop_id, NEW.shop_id) AND is_on;
  UPDATE access_settings SET requested_at = clock_timestamp() WHERE shop_id IN (OLD.shop_id, NEW.shop_id) AND is_on;
  RETURN NULL;
END $$;
