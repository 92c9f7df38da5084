-- What Shopify has not approved the app to read of a shop's customers; with `granted_at` it is approved by now, and what
-- was left out is still to be read.
CREATE TABLE unapproved_data (
  shop_id BIGINT NOT NULL,
  content TEXT NOT NULL CHECK (content IN ('customers', 'name', 'email', 'phone', 'address')),
  since TIMESTAMPTZ NOT NULL DEFAULT clock_timestamp(),
  granted_at TIMESTAMPTZ,
  PRIMARY KEY (shop_id, content)
);
