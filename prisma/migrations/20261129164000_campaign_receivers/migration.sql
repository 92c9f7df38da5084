-- A test of a campaign goes to staff: it has no customer.
CREATE OR REPLACE FUNCTION note_campaign_receivers() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF current_setting('setia.erasing_shop', true) = 'on' THEN
    RETURN NULL;
  END IF;
  INSERT INTO changed_customers (shop_id, customer_id, tx)
  SELECT DISTINCT c.shop_id, c.customer_id, pg_current_xact_id()::text::bigint FROM changed c
  WHERE c.campaign_id IS NOT NULL AND c.customer_id IS NOT NULL AND c.state IN ('sent', 'delivered')
    AND EXISTS (SELECT FROM segments g WHERE g.shop_id = c.shop_id AND g.rule::text LIKE '%"campaign"%')
  ON CONFLICT DO NOTHING;
  RETURN NULL;
END $$;
