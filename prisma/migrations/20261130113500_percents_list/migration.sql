-- The list of percents counts by when they end, the list of categories by category: both from this index alone.
CREATE INDEX customers_percents ON customers (shop_id, person_discount_until, customer_id) INCLUDE (category_id, left_at)
  WHERE person_discount_bp IS NOT NULL AND state = 'active' AND merged_into IS NULL;
