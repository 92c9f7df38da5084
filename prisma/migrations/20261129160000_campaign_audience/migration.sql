-- Campaigns: recipients frozen by the worker, texts by language, times by zone, a share held back, approval, templates.
ALTER TABLE campaigns DROP CONSTRAINT campaigns_state_check,
  ADD CONSTRAINT campaigns_state_check CHECK (state IN ('draft', 'freezing', 'ready', 'approval', 'scheduled', 'running', 'paused', 'canceled', 'finished')),
  -- Texts in other languages than `language`, by language.
  ADD COLUMN texts JSON NOT NULL DEFAULT '{}',
  ADD COLUMN template_id BIGINT,
  -- Of 100 recipients, how many get nothing, so that their orders can be compared.
  ADD COLUMN holdout_percent INTEGER NOT NULL DEFAULT 0 CHECK (holdout_percent BETWEEN 0 AND 50),
  ADD COLUMN timing TEXT NOT NULL DEFAULT 'now' CHECK (timing IN ('now', 'local', 'spread')),
  -- Wall time of each recipient, as "2026-12-24T18:00".
  ADD COLUMN send_at TEXT CHECK ((timing = 'local') = (send_at IS NOT NULL)),
  ADD COLUMN spread_hours INTEGER CHECK ((timing = 'spread') = (spread_hours IS NOT NULL)),
  -- When the first message of a scheduled campaign may go.
  ADD COLUMN due_at TIMESTAMPTZ(6),
  -- How far the recipients are frozen; null before their customers were listed.
  ADD COLUMN freeze_total INTEGER,
  ADD COLUMN freeze_done INTEGER NOT NULL DEFAULT 0,
  ADD COLUMN freeze_after BIGINT NOT NULL DEFAULT 0,
  ADD COLUMN frozen_at TIMESTAMPTZ(6),
  -- Who gets a message, once that is known.
  ADD COLUMN recipients INTEGER NOT NULL DEFAULT 0,
  -- Why it was paused by itself, if not for a code of Twilio's.
  ADD COLUMN pause_reason TEXT,
  ADD COLUMN asked_by TEXT,
  ADD COLUMN approved_by TEXT;
CREATE INDEX campaigns_open ON campaigns (shop_id, campaign_id) WHERE state IN ('freezing', 'scheduled', 'running');

-- The customers of a campaign while its recipients are frozen.
CREATE TABLE campaign_audience (
  shop_id BIGINT NOT NULL,
  campaign_id BIGINT NOT NULL,
  customer_id BIGINT NOT NULL,
  PRIMARY KEY (shop_id, campaign_id, customer_id)
);

ALTER TABLE messages
  -- The recipient's time zones, separated by commas; null where it may be any of the country's.
  ADD COLUMN zones TEXT,
  ADD COLUMN class TEXT NOT NULL DEFAULT 'marketing' CHECK (class IN ('marketing', 'test', 'transactional', 'reply')),
  -- Of a message that is reserved alone; those of a campaign share the campaign's.
  ADD COLUMN hold_id BIGINT,
  -- A test goes to staff.
  ALTER COLUMN customer_id DROP NOT NULL;
CREATE INDEX messages_planned ON messages (shop_id, campaign_id, address_hash) WHERE state = 'planned';
CREATE INDEX messages_contacts ON messages (shop_id, customer_id, call_started_at DESC) WHERE class = 'marketing' AND call_started_at IS NOT NULL;

CREATE TABLE message_templates (
  shop_id BIGINT NOT NULL,
  template_id BIGSERIAL NOT NULL,
  name TEXT NOT NULL,
  version INTEGER NOT NULL DEFAULT 1,
  created_by TEXT NOT NULL,
  created_at TIMESTAMPTZ(6) NOT NULL DEFAULT clock_timestamp(),
  updated_at TIMESTAMPTZ(6) NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (shop_id, template_id)
);
CREATE UNIQUE INDEX message_templates_name ON message_templates (shop_id, lower(name));

-- What a template said in each of its versions; an empty text: no longer in this language.
CREATE TABLE message_template_texts (
  shop_id BIGINT NOT NULL,
  template_id BIGINT NOT NULL,
  version INTEGER NOT NULL,
  language TEXT NOT NULL,
  text TEXT NOT NULL,
  changed_by TEXT NOT NULL,
  changed_at TIMESTAMPTZ(6) NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (shop_id, template_id, version, language)
);

-- How a shop sends: how often to a person, from which cost on with approval, how long orders count as a result.
CREATE TABLE messaging_settings (
  shop_id BIGINT NOT NULL PRIMARY KEY,
  cap_messages INTEGER NOT NULL DEFAULT 1 CHECK (cap_messages BETWEEN 1 AND 20),
  cap_hours INTEGER NOT NULL DEFAULT 16 CHECK (cap_hours BETWEEN 0 AND 720),
  approve_above_micros BIGINT,
  approve_by_other BOOLEAN NOT NULL DEFAULT false,
  sales_hours INTEGER NOT NULL DEFAULT 12 CHECK (sales_hours BETWEEN 1 AND 720)
);

-- Where a shop sends in fewer hours than its country allows, and where its links are registered.
CREATE TABLE messaging_countries (
  shop_id BIGINT NOT NULL,
  country TEXT NOT NULL CHECK (country ~ '^[A-Z]{2}$'),
  from_time TEXT NOT NULL CHECK (from_time ~ '^[0-2][0-9]:[0-5][0-9]$'),
  to_time TEXT NOT NULL CHECK (to_time ~ '^[0-2][0-9]:[0-5][0-9]$' AND to_time > from_time),
  links_registered BOOLEAN NOT NULL DEFAULT false,
  PRIMARY KEY (shop_id, country)
);
