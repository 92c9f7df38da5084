/** A gift for points: they are spent at once, and staff delivers the gift or refuses it. */
import { pool, withTransaction, type Transaction } from '#app/db.server.ts';
import type { Redemption } from '../redemption-rows.server.ts';
import { requireClub } from '../require-club.server.ts';
import { spendReservation } from '../reserve.server.ts';
import {
  NO_SUCH_REWARD,
  openRewardReservation,
  toRewardRefusal,
  type TakeRewardInput,
  type TakeRewardResult,
} from '../rewards/reserve-reward.server.ts';
import { readReward } from '../rewards/reward-rows.server.ts';

/**
 * Claims a reward of the kind `other`: one spend, and a claim that waits for staff. The same key claims once. Refusals
 * come with the figures. Throws AppError `unknown_shop`.
 */
export async function claimReward(input: TakeRewardInput): Promise<TakeRewardResult> {
  const club = input.club ?? (await requireClub(input.shopId));
  const offered = await readReward(pool, input.shopId, input.rewardId);
  if (offered?.kind !== 'other') return NO_SUCH_REWARD;
  return withTransaction(async (tx) => {
    const opened = await openRewardReservation(tx, input, club, offered, null);
    if (opened.isDecided)
      return opened.result.ok ? opened.result : toRewardRefusal(opened.result, opened.reward);
    const spent = await spendReservation(tx, opened, {
      amountMinor: 0n,
      currency: opened.currency,
      reward: opened.reward,
      expiresAt: opened.now,
      nextCheckAt: null,
    });
    await insertClaim(tx, spent.redemption, input.rewardId);
    return spent;
  });
}

async function insertClaim(tx: Transaction, redemption: Redemption, rewardId: bigint): Promise<void> {
  const { shopId, redemptionId, customerId, createdAt, actor } = redemption;
  await tx.query(
    `INSERT INTO claims (shop_id, redemption_id, customer_id, reward_id, actor, created_at, updated_at)
     VALUES ($1, $2, $3, $4, $5, $6, $6)`,
    [shopId, redemptionId, customerId, rewardId, actor ?? 'customer', createdAt],
  );
}
