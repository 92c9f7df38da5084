-- Whether a customer confirms by a code sent to their phone that points are spent at the till.
ALTER TABLE club_settings ADD COLUMN till_consent BOOLEAN NOT NULL DEFAULT false;

-- The code that a customer was sent last, as a hash; one a customer.
CREATE TABLE till_codes (
  shop_id BIGINT NOT NULL,
  customer_id BIGINT NOT NULL,
  -- The attempt at the till that it was sent for.
  client_key UUID NOT NULL,
  code_hash TEXT NOT NULL,
  sent_at TIMESTAMPTZ(6) NOT NULL,
  expires_at TIMESTAMPTZ(6) NOT NULL,
  attempts INTEGER NOT NULL DEFAULT 0,
  -- The attempt that it was used for; null while it can be used.
  used_key UUID,
  -- Codes since that moment; both start again after an hour.
  sends INTEGER NOT NULL DEFAULT 1,
  counted_from TIMESTAMPTZ(6) NOT NULL,
  PRIMARY KEY (shop_id, customer_id)
);
