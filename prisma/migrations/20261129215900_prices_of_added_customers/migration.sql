-- Customers are added by the thousand: whether their metafields are due is looked up once a statement, not once a row.
CREATE FUNCTION queue_prices() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO price_customers (shop_id, customer_id, changed_at)
  SELECT c.shop_id, c.customer_id, clock_timestamp() FROM changed c
  WHERE c.state = 'active' AND c.merged_into IS NULL AND c.shop_id IN
    (SELECT shop_id FROM price_settings WHERE is_on UNION SELECT shop_id FROM access_settings WHERE is_on)
  ORDER BY 1, 2
  ON CONFLICT (shop_id, customer_id) DO UPDATE SET changed_at = coalesce(price_customers.changed_at, EXCLUDED.changed_at),
    next_attempt_at = EXCLUDED.next_attempt_at, attempts = 0, failure = NULL;
  RETURN NULL;
END $$;

DROP TRIGGER customers_price_added ON customers;
CREATE TRIGGER customers_price_added AFTER INSERT ON customers REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION queue_prices();
