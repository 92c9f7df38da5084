-- Each sender keeps its own pace: until when it has work, and whether the merchant set it.
ALTER TABLE senders ADD COLUMN paced_until TIMESTAMPTZ(6) NOT NULL DEFAULT '-infinity',
  ADD COLUMN is_pace_set BOOLEAN NOT NULL DEFAULT false;
ALTER TABLE channels DROP COLUMN paced_until;
