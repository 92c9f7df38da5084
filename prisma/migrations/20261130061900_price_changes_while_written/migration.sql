-- A change that comes while the change before it is being written to Shopify keeps its place among those that are due, but is another
-- change: the worker, done with the one that it took, would otherwise end both.
CREATE OR REPLACE FUNCTION queue_price() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.state = 'active' AND NEW.merged_into IS NULL
    AND (EXISTS (SELECT FROM price_settings WHERE shop_id = NEW.shop_id AND is_on)
      OR EXISTS (SELECT FROM access_settings WHERE shop_id = NEW.shop_id AND is_on)) THEN
    INSERT INTO price_customers (shop_id, customer_id, changed_at)
    VALUES (NEW.shop_id, NEW.customer_id, clock_timestamp())
    ON CONFLICT (shop_id, customer_id) DO UPDATE SET
      changed_at = coalesce(price_customers.changed_at + interval '1 microsecond', EXCLUDED.changed_at),
      next_attempt_at = EXCLUDED.next_attempt_at, attempts = 0, failure = NULL;
  END IF;
  RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION queue_prices() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO price_customers (shop_id, customer_id, changed_at)
  SELECT c.shop_id, c.customer_id, clock_timestamp() FROM changed c
  WHERE c.state = 'active' AND c.merged_into IS NULL AND c.shop_id IN
    (SELECT shop_id FROM price_settings WHERE is_on UNION SELECT shop_id FROM access_settings WHERE is_on)
  ORDER BY 1, 2
  ON CONFLICT (shop_id, customer_id) DO UPDATE SET
    changed_at = coalesce(price_customers.changed_at + interval '1 microsecond', EXCLUDED.changed_at),
    next_attempt_at = EXCLUDED.next_attempt_at, attempts = 0, failure = NULL;
  RETURN NULL;
END $$;
