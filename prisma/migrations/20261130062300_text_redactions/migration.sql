-- Texts of erased people that are still to be emptied at Twilio. A sid names nobody.
CREATE TABLE text_redactions (
  shop_id BIGINT NOT NULL,
  provider_sid TEXT NOT NULL,
  due_at TIMESTAMPTZ(6) NOT NULL DEFAULT clock_timestamp(),
  failures INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (shop_id, provider_sid)
);
