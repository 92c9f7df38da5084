-- What people did with a message: wrote back, opened a link. A code of a message is of all its links.
ALTER TABLE messages
  ADD COLUMN answered_at TIMESTAMPTZ(6),
  ADD COLUMN clicked_at TIMESTAMPTZ(6),
  ADD COLUMN test_of BIGINT;
ALTER TABLE campaigns ADD COLUMN link_targets TEXT[] NOT NULL DEFAULT '{}';

CREATE INDEX messages_answered ON messages (shop_id, campaign_id, customer_id) WHERE answered_at IS NOT NULL;
CREATE INDEX messages_clicked ON messages (shop_id, campaign_id, customer_id) WHERE clicked_at IS NOT NULL;

CREATE OR REPLACE FUNCTION note_campaign_receivers() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF current_setting('setia.erasing_shop', true) = 'on' THEN
    RETURN NULL;
  END IF;
  INSERT INTO changed_customers (shop_id, customer_id, tx)
  SELECT DISTINCT c.shop_id, c.customer_id, pg_current_xact_id()::text::bigint FROM changed c
  WHERE c.campaign_id IS NOT NULL AND c.customer_id IS NOT NULL
    AND (c.state IN ('sent', 'delivered') OR c.answered_at IS NOT NULL OR c.clicked_at IS NOT NULL)
    AND EXISTS (SELECT FROM segments g WHERE g.shop_id = c.shop_id AND g.rule::text LIKE '%"campaign%')
  ON CONFLICT DO NOTHING;
  RETURN NULL;
END $$;

-- How a customer came: from Shopify unless it was this app that made them there.
ALTER TABLE customers ADD COLUMN came_from TEXT NOT NULL DEFAULT 'shopify';
CREATE INDEX customers_came_from ON customers (shop_id, came_from, customer_id) WHERE came_from <> 'shopify';
UPDATE customers c SET came_from = 'staff' FROM customer_forms f
 WHERE f.shop_id = c.shop_id AND f.customer_id = c.customer_id;
UPDATE customers c SET came_from = 'import' FROM import_rows r
 WHERE r.shop_id = c.shop_id AND r.customer_id = c.customer_id AND r.outcome = 'created';
