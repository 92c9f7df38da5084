-- Who was in a segment at a moment, under a name; nobody joins or leaves afterwards.
CREATE TABLE segment_snapshots (
  shop_id BIGINT NOT NULL,
  snapshot_id BIGSERIAL NOT NULL,
  name TEXT NOT NULL,
  -- What the segment was called then; it may have another name or be gone.
  segment_name TEXT NOT NULL,
  taken_at TIMESTAMPTZ(6) NOT NULL,
  taken_by TEXT NOT NULL,
  -- How many were in it then; of those who were erased since, nothing is left.
  customers INTEGER NOT NULL,
  PRIMARY KEY (shop_id, snapshot_id)
);
CREATE UNIQUE INDEX segment_snapshots_name ON segment_snapshots (shop_id, lower(name));

CREATE TABLE segment_snapshot_members (
  shop_id BIGINT NOT NULL,
  snapshot_id BIGINT NOT NULL,
  customer_id BIGINT NOT NULL,
  PRIMARY KEY (shop_id, snapshot_id, customer_id)
);
CREATE INDEX segment_snapshot_members_customer ON segment_snapshot_members (shop_id, customer_id);
