-- Messages whose receipts were lost: Twilio is asked after a while.
ALTER TABLE messages ADD COLUMN asked_at TIMESTAMPTZ(6), ADD COLUMN asks INTEGER NOT NULL DEFAULT 0;
CREATE INDEX messages_silent ON messages (shop_id, call_started_at) WHERE state IN ('accepted', 'sent');
