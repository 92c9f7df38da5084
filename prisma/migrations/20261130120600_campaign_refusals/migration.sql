-- Refusals of a campaign's messages by codes of which nothing is known, since it was last resumed (delivery/pause-refused.server.ts).
CREATE TABLE campaign_refusals (
  shop_id BIGINT NOT NULL,
  campaign_id BIGINT NOT NULL,
  error_code INTEGER NOT NULL,
  refused INTEGER NOT NULL,
  in_a_row INTEGER NOT NULL,
  check_at INTEGER NOT NULL,
  PRIMARY KEY (shop_id, campaign_id, error_code)
);
