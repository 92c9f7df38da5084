/** A program's reward for its fixed price: a code that takes a percent or an amount off the next order. */
import { pool, withTransaction, type Transaction } from '#app/db.server.ts';
import { sha256 } from '#app/lib/ids.ts';
import type { RefusalReason } from '../../../extensions/shared/club-api.ts';
import type { Club } from './club.server.ts';
import { grant, type Granted, type GrantTerms } from './grant.server.ts';
import { retryAt } from './issue-redemption.server.ts';
import { answerOf, CODE_PREFIX, comparableCart, needClub, withCode, type Cart } from './redeem.server.ts';
import type { Redemption } from './redemptions.server.ts';
import { countUses, lockReward, readReward } from './rewards.server.ts';
import { endOfDayAfter } from './rules/days.ts';
import { rewardRefusal, type Reward } from './rules/reward.ts';

export interface TakeRewardInput {
  shopId: bigint;
  customerId: bigint;
  /** The client's own key: the same key gives the same redemption. */
  key: string;
  rewardId: bigint;
}

export type TakeRewardResult =
  | { ok: true; redemption: Redemption }
  /** The figures that the refusal is about; `units` is the reward's price, 0 when there is no such reward. */
  | { ok: false; reason: RefusalReason; available: bigint; units: bigint; reward: Reward | null };

/**
 * Reserves the reward's price and answers the code to be applied. Refusals come with the reward that they are about;
 * `pending` means that Shopify's answer is not known yet and the same key should be asked again. Throws AppError
 * `unknown_shop`.
 */
export async function redeemReward(
  input: TakeRewardInput & { cart: Cart | null },
): Promise<TakeRewardResult> {
  const club = await needClub(input.shopId);
  const taken = await takeReward(input, club, 'reward', comparableCart(club, input.cart), (reward, now) => ({
    amountMinor: reward.amountMinor ?? 0n,
    currency: club.currency ?? '',
    reward,
    expiresAt: endOfDayAfter(now, reward.validDays, club.timeZone),
    nextCheckAt: retryAt(now, 2),
  }));
  const answer = answerOf(await withCode(taken.granted, club));
  return answer.ok ? answer : refusalOf(answer, taken.reward);
}

/** A refusal with the figures of the reward that it is about. */
export function refusalOf(
  refusal: { reason: RefusalReason; available: bigint },
  reward: Reward | null,
): TakeRewardResult {
  return {
    ok: false,
    reason: refusal.reason,
    available: refusal.available,
    units: reward?.units ?? 0n,
    reward,
  };
}

/** The way of every reward, gifts too: its row is locked after the account, so that its limits are exact. */
export async function takeReward(
  input: TakeRewardInput,
  club: Club,
  kind: 'reward' | 'gift',
  cartMinor: bigint | null,
  termsAt: (reward: Reward, now: Date) => GrantTerms,
  onGrant: (tx: Transaction, redemption: Redemption) => Promise<void> = async () => undefined,
): Promise<{ granted: Granted<RefusalReason>; reward: Reward | null }> {
  const { shopId, customerId, key, rewardId } = input;
  const seen = await readReward(pool, shopId, rewardId);
  const isFitting = seen !== null && (seen.kind === 'other') === (kind === 'gift');
  if (!isFitting) return { granted: { ok: false, reason: 'reward_gone', available: 0n }, reward: null };
  const { unit, units } = seen;
  return withTransaction(async (tx) => {
    let reward = seen;
    const request = {
      shopId,
      customerId,
      key,
      kind,
      unit,
      units,
      inputHash: sha256(`${kind}|${rewardId}`),
      actor: null,
      codePrefix: kind === 'gift' ? 'GIFT-' : CODE_PREFIX,
    };
    const refuse = async (free: bigint): Promise<RefusalReason | null> => {
      if (club.currency === null) return 'disabled';
      const locked = await lockReward(tx, shopId, rewardId);
      // Saved with another price in this moment: what the shopper saw is not on offer any more.
      if (locked?.unit !== unit || locked.units !== units || locked.kind !== seen.kind) return 'reward_gone';
      reward = locked;
      return rewardRefusal(locked, await countUses(tx, locked, customerId), free, cartMinor);
    };
    const granted = await grant<RefusalReason>(tx, request, refuse, (now) => termsAt(reward, now));
    if (granted.ok && granted.isNew) await onGrant(tx, granted.redemption);
    return { granted, reward };
  });
}
