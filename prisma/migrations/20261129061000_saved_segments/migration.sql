-- Stored segments, and how many customers each meant on each day.
CREATE TABLE segments (
  shop_id BIGINT NOT NULL,
  segment_id BIGSERIAL NOT NULL,
  name TEXT NOT NULL,
  -- A tree of conditions (modules/segments/tree/tree.ts).
  rule JSON NOT NULL,
  -- Goes up with every change: two people who edit the same version.
  version INTEGER NOT NULL DEFAULT 1,
  created_by TEXT NOT NULL,
  updated_by TEXT NOT NULL,
  created_at TIMESTAMPTZ(6) NOT NULL DEFAULT ledger_now(),
  updated_at TIMESTAMPTZ(6) NOT NULL DEFAULT ledger_now(),
  -- Null until the rule was counted.
  counted_at TIMESTAMPTZ(6),
  PRIMARY KEY (shop_id, segment_id)
);
CREATE UNIQUE INDEX segments_name ON segments (shop_id, lower(name));

-- The last count of each of the shop's days, of the present rule only.
CREATE TABLE segment_counts (
  shop_id BIGINT NOT NULL,
  segment_id BIGINT NOT NULL,
  day DATE NOT NULL,
  customers INTEGER NOT NULL,
  PRIMARY KEY (shop_id, segment_id, day)
);
