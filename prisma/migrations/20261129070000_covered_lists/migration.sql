-- Lists of a group in an order that is not its own read many rows to show a few: from these indexes alone they need not
-- look at the rows. New customers with what they are sorted by; all in Shopify's order with what makes them lapsed.
DROP INDEX customer_stats_first_valid;
CREATE INDEX customer_stats_first_valid ON customer_stats (shop_id, first_order_at)
  INCLUDE (customer_id, orders_valid, last_order_at, before_last_order_at, spend_minor)
  WHERE standing = 'active' AND first_order_at IS NOT NULL;
CREATE INDEX customer_stats_newest ON customer_stats (shop_id, customer_id)
  INCLUDE (orders_valid, first_order_at, last_order_at, before_last_order_at) WHERE standing = 'active';
