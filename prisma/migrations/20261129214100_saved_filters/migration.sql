-- Filters that staff saved under a name, for everyone in the shop: a screen's address parameters.
CREATE TABLE saved_filters (
  shop_id BIGINT NOT NULL,
  filter_id BIGSERIAL NOT NULL,
  screen TEXT NOT NULL,
  name TEXT NOT NULL,
  query TEXT NOT NULL,
  actor TEXT NOT NULL,
  created_at TIMESTAMPTZ(6) NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (shop_id, filter_id)
);
CREATE UNIQUE INDEX saved_filters_name ON saved_filters (shop_id, screen, lower(name));
