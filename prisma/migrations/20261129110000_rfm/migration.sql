-- From where on each score of recency, frequency and money counts: quintiles of the shop's customers who ordered.
CREATE TABLE rfm_thresholds (
  shop_id BIGINT NOT NULL,
  -- Customers with a valid order when they were computed; with too few of them the thresholds are empty.
  customers INTEGER NOT NULL,
  -- The lowest last order, number of orders and spend of the scores 2, 3, 4 and 5.
  recency_from TIMESTAMPTZ(6)[] NOT NULL,
  frequency_from INTEGER[] NOT NULL,
  money_from BIGINT[] NOT NULL,
  computed_at TIMESTAMPTZ(6) NOT NULL,
  PRIMARY KEY (shop_id)
);
