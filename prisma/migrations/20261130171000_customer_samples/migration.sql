-- A few of a large shop's customers, drawn by chance once a day: how many a rule means is estimated by them while it is edited.
CREATE TABLE customer_samples (
  shop_id BIGINT NOT NULL,
  customer_ids BIGINT[] NOT NULL,
  -- Of whom they were drawn.
  customers INTEGER NOT NULL,
  drawn_at TIMESTAMPTZ(6) NOT NULL,
  CONSTRAINT customer_samples_pkey PRIMARY KEY (shop_id)
);
-- It reads a setting and the clock, which each process of a parallel plan has.
ALTER FUNCTION ledger_now() PARALLEL SAFE;
