-- A sender whose queue at Twilio is full rests; one that isn't registered there waits with texts to the US (delivery/hold-back.server.ts).
ALTER TABLE senders ADD COLUMN full_until TIMESTAMPTZ(6) NOT NULL DEFAULT '-infinity',
  ADD COLUMN unregistered_code INTEGER,
  ADD COLUMN resumed_at TIMESTAMPTZ(6) NOT NULL DEFAULT '-infinity';
-- Nothing is sent with an account that Twilio closed or limits, until it works again or staff resume.
ALTER TABLE channels ADD COLUMN pause_code INTEGER,
  ADD COLUMN paused_at TIMESTAMPTZ(6),
  ADD COLUMN resumed_at TIMESTAMPTZ(6) NOT NULL DEFAULT '-infinity';
-- Tries that Twilio took and gave back: what it still says of them is of no message on its way.
ALTER TABLE messages ADD COLUMN former_sids TEXT[] NOT NULL DEFAULT '{}';
