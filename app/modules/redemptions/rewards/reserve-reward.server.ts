/** Step 1 of taking a reward of a program, with a code or as a gift: every check, under the locks that make it exact. */
import type { RefusalReason } from '../../../../extensions/shared/club-api.ts';
import type { Transaction } from '#app/db.server.ts';
import { sha256 } from '#app/lib/ids.ts';
import type { Club } from '#app/modules/shops/club.server.ts';
import type { Redemption } from '../redemption-rows.server.ts';
import {
  CODE_PREFIX,
  openReservation,
  tooManyReservations,
  type OpenReservation,
  type Reserved,
} from '../reserve.server.ts';
import { rewardRefusal, type Reward } from '../rules/reward.ts';
import { isHeldBack, isPriced } from '../spending.ts';
import { countUses, lockReward } from './reward-rows.server.ts';

export interface TakeRewardInput {
  shopId: bigint;
  /** The shop's club, if it was just read. */
  club?: Club;
  customerId: bigint;
  /** The client's own key: the same key gives the same redemption. */
  key: string;
  rewardId: bigint;
  /** The member of staff who asks for the customer, `staff:<user id>`; absent for the customer. */
  actor?: string;
}

export type TakeRewardResult =
  | { ok: true; redemption: Redemption }
  /** With the figures that the refusal is about; `units` is the reward's price, 0 if there is no such reward. */
  | { ok: false; reason: RefusalReason; available: bigint; units: bigint; reward: Reward | null };

/** A reservation of a reward that nothing refuses; its row is locked. */
export interface OpenRewardReservation extends OpenReservation {
  reward: Reward;
  /** The shop's. */
  currency: string;
}

/**
 * Opens the reservation of `offered`, the reward as the shopper saw it. The reward's row is locked after the account, so
 * that its limits are exact. Decided already if the key was used before or the reward is refused.
 */
export async function openRewardReservation(
  tx: Transaction,
  { shopId, customerId, key, actor }: TakeRewardInput,
  club: Club,
  offered: Reward,
  cartMinor: bigint | null,
): Promise<OpenRewardReservation | { isDecided: true; result: Reserved<RefusalReason>; reward: Reward }> {
  const { rewardId, unit, units } = offered;
  const kind = offered.kind === 'other' ? 'manual' : 'reward';
  const opened = await openReservation(tx, {
    shopId,
    customerId,
    key,
    inputHash: sha256(`${kind}|${rewardId}`),
    kind,
    unit,
    units,
    actor: actor ?? null,
    codePrefix: kind === 'manual' ? 'GIFT-' : CODE_PREFIX,
  });
  if (opened.isDecided) return { ...opened, reward: offered };
  const refuse = (reason: RefusalReason, reward: Reward) => {
    const result = { ok: false, reason, available: opened.available } as const;
    return { isDecided: true, result, reward } as const;
  };
  if (tooManyReservations(opened)) return refuse('too_many', offered);
  if (!isPriced(club) || isHeldBack(club, unit)) return refuse('disabled', offered);
  const reward = await lockReward(tx, shopId, rewardId);
  // Saved with another price at this moment: what the shopper saw is no longer offered.
  if (reward?.unit !== unit || reward.units !== units || reward.kind !== offered.kind)
    return refuse('reward_gone', offered);
  const uses = await countUses(tx, reward, customerId);
  const reason = rewardRefusal(reward, uses, opened.available, cartMinor);
  return reason === null ? { ...opened, reward, currency: club.currency } : refuse(reason, reward);
}

/** Returns a refusal with the figures of the reward it is about. */
export function toRewardRefusal(
  { reason, available }: { reason: RefusalReason; available: bigint },
  reward: Reward | null,
): TakeRewardResult {
  return { ok: false, reason, available, units: reward?.units ?? 0n, reward };
}

/** The refusal of a reward that the shop does not have, or that is taken another way. */
export const NO_SUCH_REWARD = toRewardRefusal({ reason: 'reward_gone', available: 0n }, null);
