-- An import runs, may be cancelled while it does, and is undone row by row.
ALTER TABLE imports DROP CONSTRAINT imports_state;
ALTER TABLE imports ADD CONSTRAINT imports_state CHECK (state IN ('reading', 'checking', 'checked', 'running', 'paused',
  'cancelling', 'done', 'cancelled', 'failed', 'undoing', 'undone'));
-- Who started it, and who took it back.
ALTER TABLE imports ADD COLUMN run_by TEXT, ADD COLUMN undone_by TEXT, ADD COLUMN undone_at TIMESTAMPTZ(6);
-- The counts of its rows when it ended; they outlive the rows.
ALTER TABLE imports ADD COLUMN totals JSON;
DROP INDEX imports_working;
CREATE INDEX imports_working ON imports (leased_until)
  WHERE state IN ('reading', 'checking', 'running', 'cancelling', 'undoing');

-- What became of the row: created, updated, unchanged, skipped, refused; and when it was undone whether all of it was.
ALTER TABLE import_rows ADD COLUMN outcome TEXT, ADD COLUMN undo_outcome TEXT;
-- When Shopify was first asked to write it, and how often.
ALTER TABLE import_rows ADD COLUMN sent_at TIMESTAMPTZ(6), ADD COLUMN attempts INTEGER NOT NULL DEFAULT 0;
-- What the import wrote: it is undone only where that is still so.
ALTER TABLE import_rows ADD COLUMN after JSON;
ALTER TABLE import_rows ADD CONSTRAINT import_rows_outcome
  CHECK (outcome IN ('created', 'updated', 'unchanged', 'skipped', 'refused'));
-- What the run has still to do, in order; and what an undo has.
CREATE INDEX import_rows_open ON import_rows (shop_id, import_id, row_number) WHERE state IN ('waiting', 'sent');
CREATE INDEX import_rows_written ON import_rows (shop_id, import_id, row_number) WHERE after IS NOT NULL AND undo_outcome IS NULL;
CREATE INDEX import_rows_refused ON import_rows (shop_id, import_id, row_number) WHERE state = 'refused';
