-- Orders keep which of their discounts are prices of ours, by which rule, and categories what they sold and gave.
ALTER TABLE price_settings
  -- The rules as they were published before `written`: an order that comes late was made by them.
  ADD COLUMN written_before JSONB,
  -- Past orders are counted up to this id; null once all are.
  ADD COLUMN counted_to BIGINT DEFAULT 0;

CREATE TABLE order_prices (
    shop_id BIGINT NOT NULL,
    order_id BIGINT NOT NULL,
    -- Of the customer when the order was first seen.
    category_id BIGINT NOT NULL,
    prices JSONB NOT NULL DEFAULT '[]',
    -- What the category's sums count of it; null month: nothing yet.
    month DATE,
    orders INTEGER NOT NULL DEFAULT 0,
    sales_minor BIGINT NOT NULL DEFAULT 0,
    discount_minor BIGINT NOT NULL DEFAULT 0,

    CONSTRAINT order_prices_pkey PRIMARY KEY (shop_id, order_id)
);

-- By the month of the order in the shop's time zone.
CREATE TABLE category_sales (
    shop_id BIGINT NOT NULL,
    category_id BIGINT NOT NULL,
    month DATE NOT NULL,
    orders INTEGER NOT NULL DEFAULT 0,
    sales_minor BIGINT NOT NULL DEFAULT 0,
    discount_minor BIGINT NOT NULL DEFAULT 0,

    CONSTRAINT category_sales_pkey PRIMARY KEY (shop_id, category_id, month)
);

-- A removed category's new home. Its sums stay with its own id: an order that comes later counts like those before.
CREATE TABLE category_homes (
    shop_id BIGINT NOT NULL,
    category_id BIGINT NOT NULL,
    home_id BIGINT NOT NULL,

    CONSTRAINT category_homes_pkey PRIMARY KEY (shop_id, category_id)
);
CREATE INDEX category_homes_home ON category_homes (shop_id, home_id);

-- Why a redemption was released, where it wasn't the shopper's wish or its time: `price_is_lower`.
ALTER TABLE redemptions ADD COLUMN released_because TEXT;
