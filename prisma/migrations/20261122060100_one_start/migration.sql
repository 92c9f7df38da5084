-- While one worker asks Shopify to start an operation, no other does.
ALTER TABLE sync_runs ADD COLUMN asking_until TIMESTAMPTZ(6);
