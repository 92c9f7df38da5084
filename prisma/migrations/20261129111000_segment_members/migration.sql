-- Who is in each stored segment, kept by the worker as customers change and time passes.
CREATE TABLE segment_members (
  shop_id BIGINT NOT NULL,
  segment_id BIGINT NOT NULL,
  customer_id BIGINT NOT NULL,
  since TIMESTAMPTZ(6) NOT NULL,
  PRIMARY KEY (shop_id, segment_id, customer_id)
);
CREATE INDEX segment_members_customer ON segment_members (shop_id, customer_id);

ALTER TABLE segments
  -- As of when the members are; null until they were found for the first time, and after another rule was saved.
  ADD COLUMN members_at TIMESTAMPTZ(6),
  -- A digest of what the rule depended on besides customers; null: everyone has to be looked at.
  ADD COLUMN members_context TEXT,
  -- When everyone was last looked at.
  ADD COLUMN members_full_at TIMESTAMPTZ(6);

-- Customers about whom something changed that a rule may ask, until the worker has looked at them. Written by the
-- statements that make the change, one row a customer and transaction: nothing to wait for, and nothing that is lost.
CREATE TABLE changed_customers (
  shop_id BIGINT NOT NULL,
  customer_id BIGINT NOT NULL,
  tx BIGINT NOT NULL,
  PRIMARY KEY (shop_id, customer_id, tx)
) WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 20000);

-- Once a statement, for all its rows. Shops without segments write nothing.
CREATE FUNCTION note_changed_customers() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF current_setting('setia.erasing_shop', true) = 'on' THEN
    RETURN NULL;
  END IF;
  INSERT INTO changed_customers (shop_id, customer_id, tx)
  SELECT DISTINCT c.shop_id, c.customer_id, pg_current_xact_id()::text::bigint FROM changed c
  WHERE EXISTS (SELECT FROM segments g WHERE g.shop_id = c.shop_id)
  ON CONFLICT DO NOTHING;
  RETURN NULL;
END $$;

CREATE TRIGGER customers_added AFTER INSERT ON customers REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION note_changed_customers();
CREATE TRIGGER customers_changed AFTER UPDATE ON customers REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION note_changed_customers();
-- Orders, lines and what was bought never change without their customers' sums being written. Not where the row was
-- written by a trigger of `customers`, which has its own.
CREATE TRIGGER customer_stats_changed AFTER UPDATE ON customer_stats REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT WHEN (pg_trigger_depth() = 0) EXECUTE FUNCTION note_changed_customers();
-- Lots and offers never change without their account; an account that was just added is empty.
CREATE TRIGGER ledger_accounts_changed AFTER UPDATE ON ledger_accounts REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION note_changed_customers();
CREATE TRIGGER customer_tags_added AFTER INSERT ON customer_tags REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION note_changed_customers();
CREATE TRIGGER customer_tags_changed AFTER UPDATE ON customer_tags REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION note_changed_customers();
CREATE TRIGGER customer_tags_removed AFTER DELETE ON customer_tags REFERENCING OLD TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION note_changed_customers();
CREATE TRIGGER customer_notes_added AFTER INSERT ON customer_notes REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION note_changed_customers();
CREATE TRIGGER customer_notes_changed AFTER UPDATE ON customer_notes REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION note_changed_customers();
CREATE TRIGGER redemptions_added AFTER INSERT ON redemptions REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION note_changed_customers();
CREATE TRIGGER redemptions_changed AFTER UPDATE ON redemptions REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION note_changed_customers();
