-- What collections are called that rules name; a collection that Shopify no longer has is gone.
CREATE TABLE collections (
  shop_id BIGINT NOT NULL,
  collection_id BIGINT NOT NULL,
  title TEXT NOT NULL DEFAULT '',
  is_gone BOOLEAN NOT NULL DEFAULT false,
  read_at TIMESTAMPTZ(6) NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (shop_id, collection_id)
);
