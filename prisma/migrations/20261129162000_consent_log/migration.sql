-- What each customer agreed to or refused, and how that is known: the proof, added to and never changed.
CREATE TABLE consent_wordings (
  shop_id BIGINT NOT NULL,
  wording_id BIGSERIAL NOT NULL,
  channel TEXT NOT NULL CHECK (channel IN ('sms', 'email')),
  -- What staff and forms ask; a change is a new one.
  text TEXT NOT NULL,
  actor TEXT NOT NULL,
  created_at TIMESTAMPTZ(6) NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (shop_id, wording_id)
);

CREATE TABLE consent_log (
  shop_id BIGINT NOT NULL,
  log_id BIGSERIAL NOT NULL,
  customer_id BIGINT NOT NULL,
  channel TEXT NOT NULL CHECK (channel IN ('sms', 'email')),
  state TEXT,
  -- How it is known, as customers.sms_consent_source names it.
  source TEXT NOT NULL,
  -- When the customer said so; null where only its being known is.
  said_at TIMESTAMPTZ(6),
  -- What they were asked, where staff asked.
  wording_id BIGINT,
  actor TEXT NOT NULL,
  recorded_at TIMESTAMPTZ(6) NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (shop_id, log_id)
);
CREATE INDEX consent_log_customer ON consent_log (shop_id, customer_id, log_id DESC);

-- What is known already.
INSERT INTO consent_log (shop_id, customer_id, channel, state, source, said_at, actor, recorded_at)
SELECT shop_id, customer_id, 'sms', sms_consent, coalesce(sms_consent_source, 'shopify'), sms_consent_at, 'migration', clock_timestamp()
  FROM customers WHERE sms_consent IS NOT NULL AND state = 'active'
UNION ALL
SELECT shop_id, customer_id, 'email', email_consent, coalesce(email_consent_source, 'shopify'), email_consent_at, 'migration', clock_timestamp()
  FROM customers WHERE email_consent IS NOT NULL AND state = 'active';

-- What we answered to a text, once: marked before it is sent.
ALTER TABLE inbound_messages ADD COLUMN answered_at TIMESTAMPTZ(6), ADD COLUMN answer TEXT;

-- US numbers that their carriers took away.
ALTER TABLE suppressions DROP CONSTRAINT suppressions_source_check,
  ADD CONSTRAINT suppressions_source_check
    CHECK (source IN ('keyword', 'free_text', 'provider', 'staff', 'link', 'deactivated'));
ALTER TABLE channels ADD COLUMN deactivations_read_on DATE;
