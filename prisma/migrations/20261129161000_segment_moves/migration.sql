-- Who joined and left a segment is listed from its events, the newest first.
CREATE INDEX events_segment ON events (shop_id, (details ->> 'segment'), kind, event_id)
  WHERE kind IN ('segment.joined', 'segment.left');
-- Old events are found without reading all: they were written in order of time.
CREATE INDEX events_at ON events USING brin (at) WITH (autosummarize = on);
