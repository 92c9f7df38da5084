-- Until when Twilio was asked for texts that the door for them may have missed. Those of before a channel are not ours.
ALTER TABLE channels ADD COLUMN texts_read_until TIMESTAMPTZ(6) NOT NULL DEFAULT clock_timestamp();
