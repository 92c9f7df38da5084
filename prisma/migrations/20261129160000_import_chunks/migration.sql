-- Rows of an import that Shopify writes together: one bulk mutation for one step of these rows.
CREATE TABLE import_chunks (
  shop_id BIGINT NOT NULL,
  import_id BIGINT NOT NULL,
  chunk INTEGER NOT NULL,
  step TEXT NOT NULL,
  -- starting: stored here, perhaps started; running at Shopify; ended: what came of it is stored.
  state TEXT NOT NULL DEFAULT 'starting',
  rows INTEGER NOT NULL,
  -- How many of them Shopify had run when it was last asked.
  done INTEGER NOT NULL DEFAULT 0,
  operation_id TEXT,
  -- How often it was started, counted before each try; and how often its results could not be read.
  tries INTEGER NOT NULL DEFAULT 0,
  unread INTEGER NOT NULL DEFAULT 0,
  created_at TIMESTAMPTZ(6) NOT NULL,
  PRIMARY KEY (shop_id, import_id, chunk),
  CONSTRAINT import_chunks_state CHECK (state IN ('starting', 'running', 'ended'))
);
CREATE INDEX import_chunks_open ON import_chunks (shop_id, import_id) WHERE state <> 'ended';

-- What a row that was sent does, as it was planned: what is written, what was before, the steps that are left.
ALTER TABLE import_rows ADD COLUMN plan JSON;
-- The chunk that it is in, its line there from 0, and the step that comes next; all null for a row that is sent alone.
ALTER TABLE import_rows ADD COLUMN chunk INTEGER, ADD COLUMN line INTEGER, ADD COLUMN step TEXT;
CREATE INDEX import_rows_chunks ON import_rows (shop_id, import_id, chunk, line) WHERE chunk IS NOT NULL;
CREATE INDEX import_rows_steps ON import_rows (shop_id, import_id, step, row_number) WHERE step IS NOT NULL AND chunk IS NULL;
