-- The wallet for messages of the operator's account. Money in millionths of its currency: 0.0075 is 7500.
CREATE TABLE wallets (
  shop_id BIGINT NOT NULL PRIMARY KEY,
  currency TEXT NOT NULL,
  balance_micros BIGINT NOT NULL DEFAULT 0,
  -- What open holds reserve.
  held_micros BIGINT NOT NULL DEFAULT 0,
  CONSTRAINT wallets_never_negative CHECK (held_micros >= 0 AND balance_micros >= held_micros)
);

CREATE TABLE wallet_entries (
  shop_id BIGINT NOT NULL,
  entry_id BIGSERIAL NOT NULL,
  -- What it was posted for: a second posting of the same is none.
  entry_key TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('topup', 'charge')),
  amount_micros BIGINT NOT NULL CHECK (amount_micros <> 0 AND (kind = 'topup') = (amount_micros > 0)),
  balance_after_micros BIGINT NOT NULL,
  -- How many messages a charge was for.
  messages INTEGER,
  campaign_id BIGINT,
  actor TEXT,
  created_at TIMESTAMPTZ(6) NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (shop_id, entry_id)
);
CREATE UNIQUE INDEX wallet_entries_key ON wallet_entries (shop_id, entry_key);

CREATE FUNCTION forbid_wallet_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF current_setting('setia.erasing_shop', true) = 'on' THEN
    RETURN coalesce(OLD, NEW);
  END IF;
  RAISE EXCEPTION 'wallet_entries is append-only: % is forbidden', TG_OP USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER wallet_entries_append_only BEFORE UPDATE OR DELETE ON wallet_entries
  FOR EACH ROW EXECUTE FUNCTION forbid_wallet_change();

CREATE TABLE wallet_holds (
  shop_id BIGINT NOT NULL,
  hold_id BIGSERIAL NOT NULL,
  hold_key TEXT NOT NULL,
  amount_micros BIGINT NOT NULL CHECK (amount_micros >= 0),
  -- What of it was neither charged nor returned yet.
  open_micros BIGINT NOT NULL CHECK (open_micros >= 0 AND open_micros <= amount_micros),
  created_at TIMESTAMPTZ(6) NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (shop_id, hold_id)
);
CREATE UNIQUE INDEX wallet_holds_key ON wallet_holds (shop_id, hold_key);

-- One-time purchases at Shopify.
CREATE TABLE topups (
  shop_id BIGINT NOT NULL,
  charge_gid TEXT NOT NULL,
  -- As Shopify said when it was last read.
  state TEXT NOT NULL CHECK (state IN ('pending', 'active', 'declined', 'expired', 'wrong')),
  amount_minor BIGINT NOT NULL CHECK (amount_minor > 0),
  currency TEXT NOT NULL,
  is_test BOOLEAN NOT NULL,
  confirmation_url TEXT NOT NULL,
  actor TEXT NOT NULL,
  created_at TIMESTAMPTZ(6) NOT NULL DEFAULT clock_timestamp(),
  read_at TIMESTAMPTZ(6) NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (shop_id, charge_gid)
);
CREATE INDEX topups_pending ON topups (created_at) WHERE state = 'pending';

-- What a part costs, by the recipient's country: the operator's, for all shops. A price holds from its day on.
CREATE TABLE message_prices (
  country TEXT NOT NULL CHECK (country ~ '^[A-Z]{2}$'),
  channel TEXT NOT NULL,
  from_day DATE NOT NULL,
  currency TEXT NOT NULL,
  price_micros BIGINT NOT NULL CHECK (price_micros > 0),
  PRIMARY KEY (country, channel, from_day)
);
