-- Customers from files: an import, its rows, and the columns that the merchant corrected before.
CREATE TABLE imports (
  shop_id BIGINT NOT NULL,
  import_id BIGSERIAL NOT NULL,
  state TEXT NOT NULL DEFAULT 'reading',
  -- What the merchant uploaded, and where it lies; null after it was removed.
  file_name TEXT NOT NULL,
  file_key TEXT,
  file_bytes BIGINT NOT NULL,
  file_sha256 TEXT NOT NULL,
  -- How it is read: sheet, heading row, dialect of a CSV, system of its dates (read/import-source.ts).
  source JSON,
  -- The columns as proposed, with the first rows, for the screen.
  proposal JSON,
  mapping JSON NOT NULL DEFAULT '{}',
  choices JSON NOT NULL DEFAULT '{}',
  -- Goes up with what changes the check; `checked_version` is the one that the rows were checked with.
  version INTEGER NOT NULL DEFAULT 1,
  checked_version INTEGER NOT NULL DEFAULT 1,
  is_mapping_confirmed BOOLEAN NOT NULL DEFAULT false,
  -- The last row that was read from the file, and the last that was checked.
  read_up_to INTEGER NOT NULL DEFAULT 0,
  checked_up_to INTEGER NOT NULL DEFAULT 0,
  read_at TIMESTAMPTZ(6),
  checked_at TIMESTAMPTZ(6),
  started_at TIMESTAMPTZ(6),
  finished_at TIMESTAMPTZ(6),
  failure TEXT,
  failure_row INTEGER,
  error_file_key TEXT,
  actor TEXT NOT NULL,
  -- Whose turn it is: a worker that lost the lease writes nothing more.
  lease_id UUID,
  leased_until TIMESTAMPTZ(6) NOT NULL DEFAULT '-infinity',
  created_at TIMESTAMPTZ(6) NOT NULL DEFAULT clock_timestamp(),
  updated_at TIMESTAMPTZ(6) NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (shop_id, import_id),
  CONSTRAINT imports_state CHECK (state IN ('reading', 'checking', 'checked', 'running', 'paused', 'done', 'cancelled',
    'failed', 'undoing', 'undone'))
);
CREATE INDEX imports_newest ON imports (shop_id, import_id DESC);
CREATE INDEX imports_same_file ON imports (shop_id, file_sha256);
-- What the worker has to do.
CREATE INDEX imports_working ON imports (leased_until) WHERE state IN ('reading', 'checking', 'running', 'undoing');

CREATE TABLE import_rows (
  shop_id BIGINT NOT NULL,
  import_id BIGINT NOT NULL,
  -- As the spreadsheet shows it.
  row_number INTEGER NOT NULL,
  -- The cells as read, by the letters of their columns.
  raw JSON NOT NULL,
  -- What they mean under the mapping.
  values JSON NOT NULL,
  -- Problems and suggestions at their columns; null without any.
  remarks JSON,
  -- What importing would do: new, updated, unchanged, doubtful, wrong, empty.
  verdict TEXT NOT NULL,
  -- Why it is doubtful, and the row or customer that it is about.
  doubt TEXT,
  doubt_row INTEGER,
  -- The customer that the row is; null for a new one.
  customer_id BIGINT,
  phone TEXT,
  email TEXT,
  -- What the run did with the row: waiting, sent, done, refused, skipped, undone, kept.
  state TEXT NOT NULL DEFAULT 'waiting',
  -- Why Shopify refused it, at its field.
  refusal JSON,
  -- The customer's fields before the import changed them.
  before JSON,
  PRIMARY KEY (shop_id, import_id, row_number),
  CONSTRAINT import_rows_verdict CHECK (verdict IN ('new', 'updated', 'unchanged', 'doubtful', 'wrong', 'empty')),
  CONSTRAINT import_rows_state CHECK (state IN ('waiting', 'sent', 'done', 'refused', 'skipped', 'undone', 'kept'))
);
-- The rows of one kind, in order.
CREATE INDEX import_rows_verdicts ON import_rows (shop_id, import_id, verdict, row_number)
  WHERE verdict IN ('doubtful', 'wrong');
-- Erasing a customer.
CREATE INDEX import_rows_customer ON import_rows (shop_id, customer_id) WHERE customer_id IS NOT NULL;

-- How the merchant mapped a heading; a null field: not imported.
CREATE TABLE import_headings (
  shop_id BIGINT NOT NULL,
  -- Folded: no case, space, punctuation.
  heading TEXT NOT NULL,
  field TEXT,
  updated_at TIMESTAMPTZ(6) NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (shop_id, heading)
);
