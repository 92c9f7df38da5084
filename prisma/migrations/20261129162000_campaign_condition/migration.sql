-- Rules may ask who received a campaign.
CREATE INDEX messages_received ON messages (shop_id, campaign_id, customer_id) WHERE state IN ('sent', 'delivered');

-- Only where a segment asks: a campaign of a million messages would otherwise have everyone looked at for nothing.
CREATE FUNCTION note_campaign_receivers() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF current_setting('setia.erasing_shop', true) = 'on' THEN
    RETURN NULL;
  END IF;
  INSERT INTO changed_customers (shop_id, customer_id, tx)
  SELECT DISTINCT c.shop_id, c.customer_id, pg_current_xact_id()::text::bigint FROM changed c
  WHERE c.campaign_id IS NOT NULL AND c.state IN ('sent', 'delivered')
    AND EXISTS (SELECT FROM segments g WHERE g.shop_id = c.shop_id AND g.rule::text LIKE '%"campaign"%')
  ON CONFLICT DO NOTHING;
  RETURN NULL;
END $$;

CREATE TRIGGER messages_changed AFTER UPDATE ON messages REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION note_campaign_receivers();
