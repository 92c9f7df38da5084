/** Rewards of a sandbox club, and taking them as the checkout does. Load it with `await import`, as redemptions.ts. */
import { randomUUID } from 'node:crypto';
import { pool } from '#app/db.server.ts';
import { claimReward } from '#app/modules/redemptions/claims/claim-reward.server.ts';
import { redeemReward } from '#app/modules/redemptions/rewards/redeem-reward.server.ts';
import type { TakeRewardResult } from '#app/modules/redemptions/rewards/reserve-reward.server.ts';
import { addReward, type RewardInput } from '#app/modules/redemptions/rewards/reward-rows.server.ts';
import type { TestClub } from './clubs.ts';

/** 100 points for 10 % off, with the given changes. */
export async function givenReward(club: TestClub, change: Partial<RewardInput> = {}): Promise<bigint> {
  const { rows } = await pool.query<{ program_id: bigint }>(
    'SELECT min(program_id) AS program_id FROM programs WHERE shop_id = $1',
    [club.shopId],
  );
  const rewardId = await addReward(club.shopId, rows[0]!.program_id, {
    name: 'Ten off',
    kind: 'percent',
    unit: 'POINTS',
    units: 100n,
    percentBp: change.kind === undefined || change.kind === 'percent' ? 1_000 : null,
    amountMinor: change.kind === 'amount' ? 20_000_00n : null,
    mostOffMinor: null,
    description: '',
    pictureUrl: null,
    minimumCartMinor: 0n,
    validDays: 30,
    limitPerCustomer: null,
    limitTotal: null,
    combinesWith: { orderDiscounts: false, productDiscounts: true, shippingDiscounts: true },
    ...change,
  });
  return rewardId!;
}

/** Takes a reward without a cart, or with one in rupiah. */
export function takeReward(
  { shopId }: TestClub,
  customer: number,
  rewardId: bigint,
  { key = randomUUID(), cart = null }: { key?: string; cart?: bigint | null } = {},
): Promise<TakeRewardResult> {
  return redeemReward({
    shopId,
    customerId: BigInt(customer),
    key,
    rewardId,
    cart: cart === null ? null : { amountMinor: cart, currency: 'IDR' },
  });
}

/** Takes a reward and returns its redemption; while the outcome is unknown it retries with the same key. */
export async function tookReward(club: TestClub, customer: number, rewardId: bigint) {
  const key = randomUUID();
  for (let tries = 1; ; tries++) {
    const result = await takeReward(club, customer, rewardId, { key });
    if (result.ok) return result.redemption;
    if (result.reason !== 'pending' || tries === 10) throw new Error(`refused: ${result.reason}`);
  }
}

export function claim({ shopId }: TestClub, customer: number, rewardId: bigint, key: string = randomUUID()) {
  return claimReward({ shopId, customerId: BigInt(customer), key, rewardId });
}

/** Claims a gift and returns its id; fails the test when it was refused. */
export async function claimed(club: TestClub, customer: number, rewardId: bigint): Promise<string> {
  const result = await claim(club, customer, rewardId);
  if (!result.ok) throw new Error(`refused: ${result.reason}`);
  return result.redemption.redemptionId;
}
