-- All whom a rule about orders means are sorted by their last order of any status: from this index alone, too.
DROP INDEX customer_stats_newest;
CREATE INDEX customer_stats_newest ON customer_stats (shop_id, customer_id)
  INCLUDE (orders_valid, first_order_at, last_order_at, before_last_order_at, latest_order_at) WHERE standing = 'active';
