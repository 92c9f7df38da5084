-- Segments that are pushed to Shopify: the segment there has the same name and the same rule in Shopify's language.
CREATE TABLE segment_pushes (
  shop_id BIGINT NOT NULL,
  segment_id BIGINT NOT NULL,
  -- Null until it was created there, and after it was deleted there.
  shopify_segment_id BIGINT,
  -- 'ending': it is being deleted there.
  state TEXT NOT NULL DEFAULT 'on' CHECK (state IN ('on', 'ending')),
  started_by TEXT NOT NULL,
  started_at TIMESTAMPTZ(6) NOT NULL DEFAULT ledger_now(),
  requested_at TIMESTAMPTZ(6),
  checked_at TIMESTAMPTZ(6),
  -- One worker at a time asks Shopify.
  leased_until TIMESTAMPTZ(6),
  -- The version of the segment that the last check read.
  version INTEGER,
  -- When a creation was first sent whose answer isn't known.
  creating_since TIMESTAMPTZ(6),
  -- What was last sent, and whether Shopify's answer is known.
  sent_name TEXT,
  sent_query TEXT,
  is_confirmed BOOLEAN NOT NULL DEFAULT false,
  -- What Shopify then had: anything else was changed there.
  written_name TEXT,
  written_query TEXT,
  written_at TIMESTAMPTZ(6),
  -- Why nothing is written: it was changed or deleted there.
  conflict TEXT CHECK (conflict IN ('changed', 'gone')),
  their_name TEXT,
  their_query TEXT,
  -- Why it can't be written; `refusal` is what Shopify says.
  trouble TEXT CHECK (trouble IN ('not_computable', 'not_expressible', 'refused')),
  refusal TEXT,
  PRIMARY KEY (shop_id, segment_id)
);
CREATE UNIQUE INDEX segment_pushes_there ON segment_pushes (shop_id, shopify_segment_id);
