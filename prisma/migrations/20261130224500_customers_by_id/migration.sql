-- Counts join all customers of a shop to sets of them: the narrowest index that has both, in the order of the sets' own.
CREATE INDEX customer_stats_active ON customer_stats (shop_id, customer_id) WHERE standing = 'active';
