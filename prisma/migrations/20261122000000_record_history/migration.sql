-- Of two who change a field at the same time the later wins, and the history shows both.
ALTER TABLE customer_changes ADD COLUMN is_kept BOOLEAN NOT NULL DEFAULT true,
  ADD COLUMN changed_at TIMESTAMPTZ(6) NOT NULL DEFAULT clock_timestamp();

-- When each field was last spoken of decides now (customers.field_times).
ALTER TABLE customers DROP COLUMN triggered_at;
