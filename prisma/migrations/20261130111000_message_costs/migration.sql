-- What Twilio charged the operator for each message. Not a column of `messages`: what is stored of a customer is in the
-- customer's privacy file, and this is the operator's.
CREATE TABLE message_costs (
  shop_id BIGINT NOT NULL,
  message_id BIGINT NOT NULL,
  -- Without sign, in millionths of `currency`.
  cost_micros BIGINT NOT NULL CHECK (cost_micros >= 0),
  currency TEXT NOT NULL,
  PRIMARY KEY (shop_id, message_id)
);
-- Until when the messages of the operator's account were read for their prices.
ALTER TABLE channels ADD COLUMN costs_read_until TIMESTAMPTZ(6) NOT NULL DEFAULT clock_timestamp();
