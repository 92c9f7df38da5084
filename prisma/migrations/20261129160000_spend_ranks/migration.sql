-- From how much spend on a customer is among the best 99, 98, ... 1 percent of those who ordered; empty until the worker
-- computes it with the quintiles beside it.
ALTER TABLE rfm_thresholds ADD COLUMN spend_from BIGINT[] NOT NULL DEFAULT '{}';
