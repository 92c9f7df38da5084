-- AlterTable
ALTER TABLE "redemptions" ADD COLUMN     "actor" TEXT,
ADD COLUMN     "credit_gid" TEXT,
ADD COLUMN     "known_credits" TEXT[];


-- What Prisma's schema language cannot say.

ALTER TABLE redemptions ADD CONSTRAINT redemptions_kind CHECK (kind IN ('pay', 'reward', 'gift', 'payout')),
  ADD CONSTRAINT redemptions_reward_kind CHECK ((kind IN ('reward', 'gift')) = (reward_id IS NOT NULL));
ALTER TABLE rewards ADD CONSTRAINT rewards_status CHECK (status IN ('active', 'paused', 'removed')),
  ADD CONSTRAINT rewards_percent CHECK ((kind = 'percent') = (percent_bp IS NOT NULL) AND percent_bp BETWEEN 1 AND 10000),
  ADD CONSTRAINT rewards_amount CHECK ((kind = 'amount') = (amount_minor IS NOT NULL) AND amount_minor > 0),
  ADD CONSTRAINT rewards_limits CHECK (limit_per_customer > 0 AND limit_total > 0);

-- One payout of a customer at a time: two of the same amount could not be told apart at Shopify.
CREATE UNIQUE INDEX redemptions_one_payout ON redemptions (shop_id, customer_id) WHERE kind = 'payout' AND state = 'reserved';
-- One store credit transaction pays one redemption.
CREATE UNIQUE INDEX redemptions_credit ON redemptions (shop_id, credit_gid) WHERE credit_gid IS NOT NULL;
-- A customer's claims, newest first.
CREATE INDEX claims_customer ON claims (shop_id, customer_id, created_at DESC);
