-- A reward that staff deliver is "manual"; a gift is what a birthday brings.
ALTER TABLE redemptions DROP CONSTRAINT redemptions_kind, DROP CONSTRAINT redemptions_reward_kind;
UPDATE redemptions SET kind = 'manual' WHERE kind = 'gift';
ALTER TABLE redemptions ADD CONSTRAINT redemptions_kind CHECK (kind IN ('pay', 'reward', 'manual', 'payout')),
  ADD CONSTRAINT redemptions_reward_kind CHECK ((kind IN ('reward', 'manual')) = (reward_id IS NOT NULL));
