-- After a 429 a sender has a share of its pace, which grows again from then on (delivery/slow-sender.server.ts).
ALTER TABLE senders ADD COLUMN slowed_to DOUBLE PRECISION NOT NULL DEFAULT 1,
  ADD COLUMN slowed_at TIMESTAMPTZ(6) NOT NULL DEFAULT '-infinity';
