-- Who must not be written to, by address: it outlives merges, imports and erasure, as a keyed hash.
CREATE TABLE address_keys (
  shop_id BIGINT NOT NULL PRIMARY KEY,
  -- The key of the shop's hashes of addresses, sealed. It never changes: hashes of erased people could not be made again.
  key_cipher TEXT NOT NULL
);

CREATE TABLE suppressions (
  shop_id BIGINT NOT NULL,
  channel TEXT NOT NULL,
  address_hash TEXT NOT NULL,
  -- For staff; null once the person was erased.
  address TEXT,
  source TEXT NOT NULL CHECK (source IN ('keyword', 'free_text', 'provider', 'staff')),
  -- The text that said so.
  message_sid TEXT,
  -- Staff are to read the text: it was understood as a refusal, in words of its own.
  needs_review BOOLEAN NOT NULL DEFAULT false,
  since TIMESTAMPTZ(6) NOT NULL,
  lifted_at TIMESTAMPTZ(6),
  PRIMARY KEY (shop_id, channel, address_hash)
);
CREATE INDEX suppressions_newest ON suppressions (shop_id, since DESC, address_hash) WHERE lifted_at IS NULL;
CREATE INDEX suppressions_review ON suppressions (shop_id, since DESC, address_hash) WHERE lifted_at IS NULL AND needs_review;

-- Append-only: the proof of what an address asked for, and how it was understood.
CREATE TABLE consent_events (
  shop_id BIGINT NOT NULL,
  event_id BIGSERIAL NOT NULL,
  channel TEXT NOT NULL,
  address_hash TEXT NOT NULL,
  what TEXT NOT NULL CHECK (what IN ('suppressed', 'lifted', 'reviewed')),
  source TEXT NOT NULL,
  -- Which rule decided, with which list of words; null for staff.
  rule INTEGER,
  words_version TEXT,
  message_sid TEXT,
  actor TEXT,
  at TIMESTAMPTZ(6) NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (shop_id, event_id)
);
CREATE INDEX consent_events_address ON consent_events (shop_id, channel, address_hash, event_id DESC);

ALTER TABLE inbound_messages
  ADD COLUMN intent TEXT NOT NULL DEFAULT 'none',
  ADD COLUMN suppresses BOOLEAN NOT NULL DEFAULT false,
  ADD COLUMN needs_review BOOLEAN NOT NULL DEFAULT false,
  -- Of telling Shopify.
  ADD COLUMN attempts INTEGER NOT NULL DEFAULT 0,
  ADD COLUMN due_at TIMESTAMPTZ(6) NOT NULL DEFAULT clock_timestamp();
