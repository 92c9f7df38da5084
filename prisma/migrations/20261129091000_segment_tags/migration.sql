-- Segments that are kept in step as a tag: whom the keeping has tagged, so that only they lose the tag by leaving.
CREATE TABLE segment_tags (
  shop_id BIGINT NOT NULL,
  segment_id BIGINT NOT NULL,
  tag_key TEXT NOT NULL,
  tag TEXT NOT NULL,
  -- 'ending': the tag is being taken off everyone whom the keeping has tagged.
  state TEXT NOT NULL DEFAULT 'on' CHECK (state IN ('on', 'ending')),
  started_by TEXT NOT NULL,
  started_at TIMESTAMPTZ(6) NOT NULL DEFAULT ledger_now(),
  -- When something asked for a comparison of members and tags, when the last one was, and of which version of the segment.
  requested_at TIMESTAMPTZ(6),
  compared_at TIMESTAMPTZ(6),
  version INTEGER,
  -- Why tags are left as they are.
  trouble TEXT,
  PRIMARY KEY (shop_id, segment_id)
);
CREATE UNIQUE INDEX segment_tags_tag ON segment_tags (shop_id, tag_key);

CREATE TABLE segment_tagged (
  shop_id BIGINT NOT NULL,
  segment_id BIGINT NOT NULL,
  customer_id BIGINT NOT NULL,
  PRIMARY KEY (shop_id, segment_id, customer_id)
);

-- The keeping that a job writes for.
ALTER TABLE tag_jobs ADD COLUMN segment_id BIGINT;
CREATE INDEX tag_jobs_segment ON tag_jobs (shop_id, segment_id) WHERE segment_id IS NOT NULL;
