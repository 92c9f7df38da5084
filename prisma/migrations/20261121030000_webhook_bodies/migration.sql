-- Where PostgreSQL is built without lz4 (the embedded one is), pglz costs more than all the rest of storing a webhook,
-- and as much again when it is worked (docs/benchmarks.md): there bodies lie as they came, for the 30 days they stay.
DO $$
BEGIN
  ALTER TABLE webhook_events ALTER COLUMN body SET COMPRESSION lz4;
EXCEPTION WHEN feature_not_supported OR invalid_parameter_value THEN
  ALTER TABLE webhook_events ALTER COLUMN body SET STORAGE EXTERNAL;
END $$;
