-- What happened, for reactions: written in the statement that makes it happen, read later, each reaction with a cursor.
CREATE TABLE events (
  shop_id BIGINT NOT NULL,
  event_id BIGSERIAL NOT NULL,
  kind TEXT NOT NULL,
  -- Whom it is about: the customer's id.
  subject BIGINT NOT NULL,
  details JSONB NOT NULL,
  at TIMESTAMPTZ(6) NOT NULL,
  -- Given when it is first read: ids are taken before the commit, so a cursor over them could pass one that is not there yet.
  position BIGINT,
  PRIMARY KEY (shop_id, event_id)
);

CREATE SEQUENCE events_position_seq;
CREATE UNIQUE INDEX events_position ON events (shop_id, position);
CREATE INDEX events_without_position ON events (shop_id, event_id) WHERE position IS NULL;

-- How far each reaction of a shop has come.
CREATE TABLE reaction_cursors (
  shop_id BIGINT NOT NULL,
  reaction TEXT NOT NULL,
  position BIGINT NOT NULL DEFAULT 0,
  failures INTEGER NOT NULL DEFAULT 0,
  retry_at TIMESTAMPTZ(6),
  PRIMARY KEY (shop_id, reaction)
);
