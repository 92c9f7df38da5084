/** A gift for points: they are spent at once, and staff hands the gift out or refuses it. */
import {
  refusalOf,
  takeReward,
  type TakeRewardInput,
  type TakeRewardResult,
} from './redeem-reward.server.ts';
import { needClub } from './redeem.server.ts';

/**
 * Claims a reward of the kind `other`: one spend, and a claim that waits for staff. The same key claims once. Refusals
 * come with the figures. Throws AppError `unknown_shop`.
 */
export async function claimGift(input: TakeRewardInput): Promise<TakeRewardResult> {
  const club = await needClub(input.shopId);
  const { granted, reward } = await takeReward(
    input,
    club,
    'gift',
    null,
    (gift, now) => ({
      amountMinor: 0n,
      currency: club.currency ?? '',
      reward: gift,
      expiresAt: now,
      nextCheckAt: null,
    }),
    async (tx, { shopId, redemptionId, customerId, createdAt }) => {
      await tx.query(
        `INSERT INTO claims (shop_id, redemption_id, customer_id, reward_id, actor, created_at, updated_at)
         VALUES ($1, $2, $3, $4, 'customer', $5, $5)`,
        [shopId, redemptionId, customerId, input.rewardId, createdAt],
      );
    },
  );
  if (!granted.ok) return refusalOf(granted, reward);
  return { ok: true, redemption: granted.redemption };
}
