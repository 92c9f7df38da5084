-- The shop's own segments at Shopify, and the members of those that rules name.
CREATE TABLE shopify_segment_lists (
  shop_id BIGINT NOT NULL,
  -- When staff asked for the list; it was read since if listed_at is later.
  requested_at TIMESTAMPTZ(6),
  listed_at TIMESTAMPTZ(6),
  PRIMARY KEY (shop_id)
);

CREATE TABLE shopify_segments (
  shop_id BIGINT NOT NULL,
  shopify_segment_id BIGINT NOT NULL,
  name TEXT NOT NULL,
  -- In Shopify's segment query language.
  query TEXT NOT NULL,
  edited_at TIMESTAMPTZ(6) NOT NULL,
  -- Deleted at Shopify.
  gone_at TIMESTAMPTZ(6),
  -- When a rule last needed its members; null: they are not read.
  wanted_at TIMESTAMPTZ(6),
  -- When staff asked for its members.
  requested_at TIMESTAMPTZ(6),
  -- The reading that goes on: Shopify's query, when it was begun, and the page that comes next.
  query_id TEXT,
  started_at TIMESTAMPTZ(6),
  next_page TEXT,
  -- Readings that are complete. Members found by a later one are none yet.
  readings INTEGER NOT NULL DEFAULT 0,
  members INTEGER NOT NULL DEFAULT 0,
  -- As of when the members are; null before the first reading is complete.
  read_at TIMESTAMPTZ(6),
  PRIMARY KEY (shop_id, shopify_segment_id)
);

CREATE TABLE shopify_segment_members (
  shop_id BIGINT NOT NULL,
  shopify_segment_id BIGINT NOT NULL,
  customer_id BIGINT NOT NULL,
  -- The first and the last reading that found the customer.
  first_reading INTEGER NOT NULL,
  last_reading INTEGER NOT NULL,
  PRIMARY KEY (shop_id, shopify_segment_id, customer_id)
);
CREATE INDEX shopify_segment_members_customer ON shopify_segment_members (shop_id, customer_id);
