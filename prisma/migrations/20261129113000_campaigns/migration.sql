-- Campaigns by SMS, and every message that was sent or left out.
CREATE TABLE campaigns (
  shop_id BIGINT NOT NULL,
  campaign_id BIGSERIAL NOT NULL,
  name TEXT NOT NULL,
  state TEXT NOT NULL DEFAULT 'draft' CHECK (state IN ('draft', 'running', 'paused', 'canceled', 'finished')),
  -- The customers: a selection as the customer list sends it.
  audience JSON NOT NULL,
  language TEXT NOT NULL,
  text TEXT NOT NULL,
  -- Goes up with every save: a quote is for one version.
  version INTEGER NOT NULL DEFAULT 1,
  hold_id BIGINT,
  quoted_micros BIGINT,
  -- Why it was paused by itself: an error code of Twilio's.
  pause_code INTEGER,
  created_by TEXT NOT NULL,
  created_at TIMESTAMPTZ(6) NOT NULL DEFAULT clock_timestamp(),
  updated_at TIMESTAMPTZ(6) NOT NULL DEFAULT clock_timestamp(),
  started_at TIMESTAMPTZ(6),
  finished_at TIMESTAMPTZ(6),
  PRIMARY KEY (shop_id, campaign_id)
);

CREATE TABLE messages (
  shop_id BIGINT NOT NULL,
  message_id BIGSERIAL NOT NULL,
  -- What it was planned for: nothing is planned twice.
  message_key TEXT NOT NULL,
  campaign_id BIGINT,
  customer_id BIGINT NOT NULL,
  channel_id BIGINT NOT NULL,
  -- Null where there is none, and once the person was erased.
  to_address TEXT,
  address_hash TEXT,
  country TEXT,
  body TEXT,
  parts INTEGER NOT NULL DEFAULT 0,
  -- Of one part; 0 for an account of the shop's own.
  price_micros BIGINT NOT NULL DEFAULT 0,
  state TEXT NOT NULL,
  -- Why it was left out or ended otherwise than at the carrier.
  reason TEXT,
  error_code INTEGER,
  due_at TIMESTAMPTZ(6) NOT NULL DEFAULT clock_timestamp(),
  expires_at TIMESTAMPTZ(6),
  attempt INTEGER NOT NULL DEFAULT 0,
  lookups INTEGER NOT NULL DEFAULT 0,
  -- Goes up with every claim: a worker that lost its lease writes nothing more.
  fence INTEGER NOT NULL DEFAULT 0,
  lease_until TIMESTAMPTZ(6),
  call_started_at TIMESTAMPTZ(6),
  provider_sid TEXT,
  provider_rank INTEGER NOT NULL DEFAULT 0,
  -- In the link to stop.
  stop_code TEXT,
  -- Null until it was charged or its reserve was returned.
  settled_at TIMESTAMPTZ(6),
  charged_micros BIGINT,
  actor TEXT NOT NULL,
  created_at TIMESTAMPTZ(6) NOT NULL DEFAULT clock_timestamp(),
  finished_at TIMESTAMPTZ(6),
  PRIMARY KEY (shop_id, message_id)
);
CREATE UNIQUE INDEX messages_key ON messages (shop_id, message_key);
CREATE UNIQUE INDEX messages_sid ON messages (shop_id, provider_sid) WHERE provider_sid IS NOT NULL;
CREATE UNIQUE INDEX messages_stop_code ON messages (shop_id, stop_code) WHERE stop_code IS NOT NULL;
CREATE INDEX messages_customer ON messages (shop_id, customer_id, message_id DESC);
CREATE INDEX messages_campaign ON messages (shop_id, campaign_id, state);
CREATE INDEX messages_newest ON messages (shop_id, message_id DESC) WHERE state <> 'excluded';
CREATE INDEX messages_due ON messages (shop_id, due_at, message_id) WHERE state = 'queued';
CREATE INDEX messages_open ON messages (shop_id, lease_until) WHERE state IN ('sending', 'unknown');
CREATE INDEX messages_unsettled ON messages (shop_id, message_id)
  WHERE settled_at IS NULL AND state IN ('delivered', 'undelivered', 'failed', 'refused', 'canceled', 'expired', 'excluded');

-- Until when the channel's senders have work, at their pace.
ALTER TABLE channels ADD COLUMN paced_until TIMESTAMPTZ(6) NOT NULL DEFAULT '-infinity';

-- The link in a message stops too.
ALTER TABLE suppressions DROP CONSTRAINT suppressions_source_check,
  ADD CONSTRAINT suppressions_source_check CHECK (source IN ('keyword', 'free_text', 'provider', 'staff', 'link'));
