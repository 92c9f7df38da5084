-- A shop whose turn of a task failed: it is left alone until retry_at, the other shops go on.
CREATE TABLE shop_task_failures (
  shop_id BIGINT NOT NULL,
  task TEXT NOT NULL,
  -- Of a task that does several things for a shop, the one that failed.
  part TEXT NOT NULL DEFAULT '',
  failures INTEGER NOT NULL DEFAULT 1,
  -- `shopify`: Shopify could not be asked. `ours`: anything else.
  cause TEXT NOT NULL CHECK (cause IN ('shopify', 'ours')),
  -- For operators; holds no personal data.
  reason TEXT NOT NULL,
  first_failed_at TIMESTAMPTZ(6) NOT NULL DEFAULT clock_timestamp(),
  failed_at TIMESTAMPTZ(6) NOT NULL DEFAULT clock_timestamp(),
  retry_at TIMESTAMPTZ(6) NOT NULL,
  PRIMARY KEY (shop_id, task, part)
);
CREATE INDEX "shop_task_failures_task_idx" ON shop_task_failures (task);

-- Reactions used to keep this for themselves.
ALTER TABLE reaction_cursors DROP COLUMN failures, DROP COLUMN retry_at;

-- The name of a shop's time zone that neither the database nor this program knows; its days are then those of UTC.
ALTER TABLE shops ADD COLUMN unknown_time_zone TEXT;

-- A page of one shop at a time.
DROP INDEX tag_writes_due;
CREATE INDEX tag_writes_due ON tag_writes (shop_id, next_attempt_at) WHERE failure IS NULL;
