-- Packages turn money into SMS credit at better rates; top-ups are refunded; spending has a limit a month.
ALTER TABLE wallets
  -- The part of the balance that is SMS credit: it pays for messages and is never paid back.
  ADD COLUMN credit_micros BIGINT NOT NULL DEFAULT 0,
  -- Of refunded top-ups, what was spent already: the next top-ups pay it first.
  ADD COLUMN debt_micros BIGINT NOT NULL DEFAULT 0,
  -- The merchant's own limit for a calendar month of the shop; null for none.
  ADD COLUMN monthly_limit_micros BIGINT CHECK (monthly_limit_micros > 0),
  -- Below this much free money staff are warned.
  ADD COLUMN low_micros BIGINT NOT NULL DEFAULT 5000000 CHECK (low_micros >= 0),
  DROP CONSTRAINT wallets_never_negative,
  ADD CONSTRAINT wallets_never_negative CHECK (held_micros >= 0 AND balance_micros >= held_micros
    AND credit_micros >= 0 AND credit_micros <= balance_micros AND debt_micros >= 0);

ALTER TABLE wallet_entries
  -- What the entry changes of SMS credit, and of the debt.
  ADD COLUMN credit_micros BIGINT NOT NULL DEFAULT 0,
  ADD COLUMN debt_micros BIGINT NOT NULL DEFAULT 0,
  -- The package that was bought, or the purchase that was refunded.
  ADD COLUMN subject TEXT,
  ADD COLUMN note TEXT,
  DROP CONSTRAINT wallet_entries_kind_check,
  DROP CONSTRAINT wallet_entries_check,
  ADD CONSTRAINT wallet_entries_by_kind CHECK (CASE kind
    WHEN 'topup' THEN amount_micros - debt_micros > 0 AND amount_micros >= 0 AND debt_micros <= 0 AND credit_micros = 0
    WHEN 'package' THEN amount_micros > 0 AND credit_micros > amount_micros AND debt_micros = 0
    WHEN 'charge' THEN amount_micros < 0 AND credit_micros <= 0 AND debt_micros = 0
    WHEN 'refund_of_topup' THEN amount_micros - debt_micros < 0 AND amount_micros <= 0 AND credit_micros <= 0 AND debt_micros >= 0
    WHEN 'correction' THEN amount_micros <> 0 AND credit_micros <= 0 AND debt_micros = 0
    ELSE false END);
CREATE INDEX wallet_entries_charged ON wallet_entries (shop_id, created_at) WHERE kind = 'charge';

-- In cents: what of the purchase Shopify paid back.
ALTER TABLE topups ADD COLUMN refunded_minor BIGINT NOT NULL DEFAULT 0,
  ADD CONSTRAINT topups_refunded CHECK (refunded_minor >= 0 AND refunded_minor <= amount_minor);

-- The operator's, for all shops: from a day on, until it is taken from sale.
CREATE TABLE message_packages (
  package_id BIGSERIAL NOT NULL PRIMARY KEY,
  currency TEXT NOT NULL,
  price_micros BIGINT NOT NULL CHECK (price_micros > 0),
  credit_micros BIGINT NOT NULL CHECK (credit_micros > price_micros),
  from_day DATE NOT NULL,
  -- Exclusive.
  until_day DATE CHECK (until_day >= from_day)
);
