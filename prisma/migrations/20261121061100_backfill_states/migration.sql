-- Between the file and the dry run, orders are put together.
ALTER TABLE backfills DROP CONSTRAINT backfills_state,
  ADD CONSTRAINT backfills_state CHECK (state IN ('collecting', 'assembling', 'counting', 'ready', 'running', 'paused',
    'done', 'undoing', 'undone', 'cancelled', 'failed'));
DROP INDEX backfills_active;
DROP INDEX backfills_due;
CREATE UNIQUE INDEX backfills_active ON backfills (shop_id)
  WHERE state IN ('collecting', 'assembling', 'counting', 'ready', 'running', 'paused', 'undoing');
CREATE INDEX backfills_due ON backfills (shop_id, backfill_id)
  WHERE state IN ('collecting', 'assembling', 'counting', 'running', 'undoing');
