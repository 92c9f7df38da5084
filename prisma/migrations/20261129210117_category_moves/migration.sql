-- Rules that move customers between categories, and every move with its way back.
CREATE TABLE category_rules (
    shop_id BIGINT NOT NULL,
    rule_id BIGSERIAL NOT NULL,
    version INTEGER NOT NULL DEFAULT 1,
    from_id BIGINT NOT NULL,
    to_id BIGINT NOT NULL,
    -- `orders`, `spend` (minor units) or `quantity` (items).
    measure TEXT NOT NULL,
    threshold BIGINT NOT NULL,
    -- Counted over so many days; null: over all time.
    days INTEGER,
    goes_back BOOLEAN NOT NULL DEFAULT false,
    is_active BOOLEAN NOT NULL DEFAULT false,
    -- Since when it is on with these terms: a category that staff chose later is known to be against it.
    active_since TIMESTAMPTZ(6),
    -- The shop's day on which all customers were last looked at.
    evaluated_on DATE,
    removed_at TIMESTAMPTZ(6),
    created_at TIMESTAMPTZ(6) NOT NULL DEFAULT clock_timestamp(),

    CONSTRAINT category_rules_pkey PRIMARY KEY (shop_id, rule_id),
    CONSTRAINT category_rules_measure CHECK (measure IN ('orders', 'spend', 'quantity')),
    CONSTRAINT category_rules_values CHECK (threshold >= 1 AND days BETWEEN 1 AND 3650 AND from_id <> to_id)
);

CREATE TABLE category_moves (
    shop_id BIGINT NOT NULL,
    move_id BIGSERIAL NOT NULL,
    customer_id BIGINT NOT NULL,
    rule_id BIGINT NOT NULL,
    from_id BIGINT NOT NULL,
    to_id BIGINT NOT NULL,
    is_back BOOLEAN NOT NULL DEFAULT false,
    measured BIGINT NOT NULL,
    -- Of the shop.
    day DATE NOT NULL,
    moved_at TIMESTAMPTZ(6) NOT NULL DEFAULT clock_timestamp(),
    undone_at TIMESTAMPTZ(6),
    undone_by TEXT,

    CONSTRAINT category_moves_pkey PRIMARY KEY (shop_id, move_id)
);
CREATE INDEX category_moves_day ON category_moves (shop_id, day DESC, rule_id, is_back);
CREATE INDEX category_moves_customer ON category_moves (shop_id, customer_id, move_id DESC);

-- Customers whose figures changed; each change adds its own row, so that no transaction waits for another.
CREATE TABLE category_queue (
    shop_id BIGINT NOT NULL,
    queue_id BIGSERIAL NOT NULL,
    customer_id BIGINT NOT NULL,

    CONSTRAINT category_queue_pkey PRIMARY KEY (shop_id, queue_id)
);

ALTER TABLE customers
  -- The rule that put them into their category; null: staff, a file or an application did.
  ADD COLUMN category_rule_id BIGINT,
  -- Since when they are in a category that someone chose.
  ADD COLUMN category_set_at TIMESTAMPTZ(6);

-- Whatever else changes a category chose it: rules count from then on. The rules' own moves say so themselves.
CREATE FUNCTION note_category_choice() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF coalesce(current_setting('setia.moving_categories', true), '') <> 'on' THEN
    NEW.category_rule_id := NULL;
    NEW.category_set_at := ledger_now();
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER customers_category_chosen BEFORE UPDATE OF category_id ON customers FOR EACH ROW
  WHEN (OLD.category_id IS DISTINCT FROM NEW.category_id) EXECUTE FUNCTION note_category_choice();
CREATE TRIGGER customers_category_given BEFORE INSERT ON customers FOR EACH ROW
  WHEN (NEW.category_id IS NOT NULL) EXECUTE FUNCTION note_category_choice();

-- Once a statement, for all its rows; shops without rules write nothing. Orders never change without their customers' sums.
CREATE FUNCTION queue_categories() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF current_setting('setia.erasing_shop', true) = 'on' THEN
    RETURN NULL;
  END IF;
  INSERT INTO category_queue (shop_id, customer_id)
  SELECT DISTINCT c.shop_id, c.customer_id FROM changed c
  WHERE EXISTS (SELECT FROM category_rules r WHERE r.shop_id = c.shop_id AND r.is_active AND r.removed_at IS NULL);
  RETURN NULL;
END $$;
CREATE TRIGGER customer_stats_categories AFTER UPDATE ON customer_stats REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT WHEN (pg_trigger_depth() = 0) EXECUTE FUNCTION queue_categories();
CREATE INDEX customers_category_rule ON customers (shop_id, category_rule_id, customer_id) WHERE category_rule_id IS NOT NULL;
