-- Whether a shop has anybody who was removed from the club: asked for each batch of orders.
CREATE INDEX customers_left ON customers (shop_id) WHERE left_at IS NOT NULL;
