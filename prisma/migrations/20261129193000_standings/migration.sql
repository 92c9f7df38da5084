-- What a shop's theme shows without asking: its customers' standing, and the club's facts.

CREATE TABLE standing_settings (
    shop_id BIGINT NOT NULL,
    program JSONB,
    program_at TIMESTAMPTZ(6),
    program_checked_at TIMESTAMPTZ(6),
    compared_to BIGINT,
    compared_at TIMESTAMPTZ(6),

    CONSTRAINT standing_settings_pkey PRIMARY KEY (shop_id)
);

-- The metafields at Shopify: `changed_at` while one may differ from what it should be, the oldest written first.
CREATE TABLE standing_customers (
    shop_id BIGINT NOT NULL,
    customer_id BIGINT NOT NULL,
    changed_at TIMESTAMPTZ(6),
    next_attempt_at TIMESTAMPTZ(6) NOT NULL DEFAULT clock_timestamp(),
    attempts INTEGER NOT NULL DEFAULT 0,
    failure TEXT,
    written JSONB,
    digest TEXT,
    compared_at TIMESTAMPTZ(6) NOT NULL DEFAULT clock_timestamp(),

    CONSTRAINT standing_customers_pkey PRIMARY KEY (shop_id, customer_id)
);
CREATE INDEX standing_customers_due ON standing_customers (shop_id, changed_at) WHERE changed_at IS NOT NULL;

-- Who changed. Only ever added to, so that nothing that posts value waits for the worker, or the worker for it.
CREATE TABLE standing_changes (
    shop_id BIGINT NOT NULL,
    change_id BIGSERIAL NOT NULL,
    customer_id BIGINT NOT NULL,

    CONSTRAINT standing_changes_pkey PRIMARY KEY (shop_id, change_id)
);

CREATE FUNCTION note_standing() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM standing_settings) THEN
    INSERT INTO standing_changes (shop_id, customer_id)
    SELECT DISTINCT n.shop_id, n.customer_id FROM changed n JOIN standing_settings s USING (shop_id);
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER ledger_accounts_standing_added AFTER INSERT ON ledger_accounts REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION note_standing();
CREATE TRIGGER ledger_accounts_standing AFTER UPDATE ON ledger_accounts REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION note_standing();

-- A customer's tier, membership and state; other columns change far more often.
CREATE FUNCTION note_customer_standing() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO standing_changes (shop_id, customer_id) SELECT NEW.shop_id, NEW.customer_id
  WHERE EXISTS (SELECT FROM standing_settings WHERE shop_id = NEW.shop_id);
  RETURN NULL;
END $$;
CREATE TRIGGER customers_standing AFTER UPDATE ON customers FOR EACH ROW
  WHEN ((OLD.tier_id, OLD.member_since, OLD.left_at, OLD.state, OLD.merged_into)
    IS DISTINCT FROM (NEW.tier_id, NEW.member_since, NEW.left_at, NEW.state, NEW.merged_into))
  EXECUTE FUNCTION note_customer_standing();
