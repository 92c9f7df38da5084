-- The most that a percentage takes off an order; NULL for no limit.
ALTER TABLE rewards ADD COLUMN most_off_minor BIGINT;
ALTER TABLE rewards ADD CONSTRAINT rewards_most_off CHECK (most_off_minor > 0);
