-- Shops that were erased and whose subaccounts at Twilio are still to be closed. It outlives the shop's rows.
CREATE TABLE account_closings (
  shop_id BIGINT NOT NULL,
  due_at TIMESTAMPTZ(6) NOT NULL DEFAULT clock_timestamp(),
  failures INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (shop_id)
);
