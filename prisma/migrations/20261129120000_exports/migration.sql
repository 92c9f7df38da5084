-- Files that staff asked for: written by the worker, downloaded for some days, then removed.
CREATE TABLE exports (
  shop_id BIGINT NOT NULL,
  export_id BIGSERIAL NOT NULL,
  kind TEXT NOT NULL,
  format TEXT NOT NULL,
  columns TEXT[] NOT NULL,
  -- Which rows, as the screen sent it; null when the export can't be made again.
  selection JSON,
  -- What the selection was called: all, search, segment, ticked; and the segment's name.
  scope TEXT NOT NULL,
  scope_name TEXT,
  -- The language of its headings, and who asked for it.
  locale TEXT NOT NULL,
  actor TEXT NOT NULL,
  state TEXT NOT NULL DEFAULT 'waiting',
  -- Rows written so far; `total` where it was counted.
  rows INTEGER NOT NULL DEFAULT 0,
  total INTEGER,
  attempts INTEGER NOT NULL DEFAULT 0,
  file_key TEXT,
  file_bytes BIGINT,
  failure TEXT,
  -- Whose turn it is: a worker that lost the lease stores no file.
  lease_id UUID,
  leased_until TIMESTAMPTZ(6) NOT NULL DEFAULT '-infinity',
  created_at TIMESTAMPTZ(6) NOT NULL DEFAULT clock_timestamp(),
  updated_at TIMESTAMPTZ(6) NOT NULL DEFAULT clock_timestamp(),
  finished_at TIMESTAMPTZ(6),
  expires_at TIMESTAMPTZ(6),
  PRIMARY KEY (shop_id, export_id),
  CONSTRAINT exports_state CHECK (state IN ('waiting', 'writing', 'ready', 'failed', 'cancelled', 'expired'))
);
CREATE INDEX exports_newest ON exports (shop_id, export_id DESC);
-- What the worker has to do.
CREATE INDEX exports_working ON exports (leased_until) WHERE state IN ('waiting', 'writing');
CREATE INDEX exports_ending ON exports (expires_at) WHERE state = 'ready';
