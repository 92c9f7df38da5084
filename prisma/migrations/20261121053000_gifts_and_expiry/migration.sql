-- Expiry and its reminders go shop by shop, day by day, account by account: each page goes on where the one before ended.
CREATE INDEX ledger_lots_due ON ledger_lots (shop_id, expires_at, customer_id, unit) WHERE remaining > 0 AND expires_at IS NOT NULL;
DROP INDEX ledger_lots_expiring;

-- No gift for a day that was due before the merchant switched the gift on.
ALTER TABLE gift_settings ADD COLUMN active_from DATE;
-- The last customer that a run has looked at: a run that is cut off goes on behind them.
ALTER TABLE gift_runs ADD COLUMN cursor BIGINT NOT NULL DEFAULT 0;
ALTER TABLE gift_settings ADD CONSTRAINT gift_settings_unit CHECK (unit IN ('POINTS', 'CREDIT')),
  ADD CONSTRAINT gift_settings_amount_mode CHECK (amount_mode IN ('fixed', 'percent')),
  ADD CONSTRAINT gift_settings_percent CHECK (percent_bp BETWEEN 0 AND 10000);

-- The local day up to which reminders of expiry are planned.
ALTER TABLE club_settings ADD COLUMN reminded_on DATE;

-- The list of planned messages of one kind, newest first.
CREATE INDEX planned_messages_kind ON planned_messages (shop_id, kind, message_id DESC);
