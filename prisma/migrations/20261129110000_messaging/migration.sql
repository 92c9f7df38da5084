-- Messaging: whose account sends a shop's messages, and what Twilio tells us.
CREATE TABLE channels (
  shop_id BIGINT NOT NULL,
  channel_id BIGSERIAL NOT NULL,
  -- 'sms'. Text, so that others can come.
  kind TEXT NOT NULL,
  account TEXT NOT NULL CHECK (account IN ('own', 'platform')),
  account_sid TEXT NOT NULL,
  token_cipher TEXT NOT NULL,
  -- The token before the last change: what is on its way was signed with it.
  former_token_cipher TEXT,
  former_token_until TIMESTAMPTZ(6),
  service_sid TEXT NOT NULL,
  service_name TEXT NOT NULL,
  inbound_url TEXT,
  uses_numbers_inbound BOOLEAN NOT NULL,
  smart_encoding BOOLEAN NOT NULL,
  -- When the service was last read, and what went wrong then.
  tested_at TIMESTAMPTZ(6) NOT NULL DEFAULT clock_timestamp(),
  problem TEXT,
  changed_by TEXT NOT NULL,
  created_at TIMESTAMPTZ(6) NOT NULL DEFAULT clock_timestamp(),
  updated_at TIMESTAMPTZ(6) NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (shop_id, channel_id)
);
CREATE UNIQUE INDEX channels_kind ON channels (shop_id, kind);

CREATE TABLE senders (
  shop_id BIGINT NOT NULL,
  channel_id BIGINT NOT NULL,
  -- E.164, or a name.
  address TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('number', 'name')),
  -- Of a number; a name has none.
  country TEXT,
  replies BOOLEAN NOT NULL,
  per_second INTEGER NOT NULL CHECK (per_second > 0),
  PRIMARY KEY (shop_id, channel_id, address)
);

-- Status callbacks, each once.
CREATE TABLE message_receipts (
  shop_id BIGINT NOT NULL,
  provider_sid TEXT NOT NULL,
  status TEXT NOT NULL,
  -- 0 for none, so that it can be part of the key.
  error_code INTEGER NOT NULL DEFAULT 0,
  channel_id BIGINT NOT NULL,
  -- Our message, as our own address names it.
  message_id BIGINT,
  received_at TIMESTAMPTZ(6) NOT NULL DEFAULT clock_timestamp(),
  processed_at TIMESTAMPTZ(6),
  PRIMARY KEY (shop_id, provider_sid, status, error_code)
);
CREATE INDEX message_receipts_waiting ON message_receipts (received_at) WHERE processed_at IS NULL;

-- Texts that people send, each once.
CREATE TABLE inbound_messages (
  shop_id BIGINT NOT NULL,
  message_sid TEXT NOT NULL,
  channel_id BIGINT NOT NULL,
  from_address TEXT NOT NULL,
  to_address TEXT NOT NULL,
  text TEXT NOT NULL,
  media INTEGER NOT NULL DEFAULT 0,
  opt_out_type TEXT,
  received_at TIMESTAMPTZ(6) NOT NULL DEFAULT clock_timestamp(),
  processed_at TIMESTAMPTZ(6),
  PRIMARY KEY (shop_id, message_sid)
);
CREATE INDEX inbound_messages_waiting ON inbound_messages (received_at) WHERE processed_at IS NULL;
