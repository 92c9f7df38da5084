/** A program's reward at its fixed price: a code that takes a percent or an amount off the next order. */
import type { RefusalReason } from '../../../../extensions/shared/club-api.ts';
import { pool, withTransaction } from '#app/db.server.ts';
import { endOfDayAfter } from '#app/lib/calendar-days.ts';
import type { Club } from '#app/modules/shops/club.server.ts';
import { issueReserved } from '../issue-code.server.ts';
import { requireClub } from '../require-club.server.ts';
import { holdReservation, type Reserved } from '../reserve.server.ts';
import { retryAt } from '../retry-at.ts';
import { takenTerms, type Reward } from '../rules/reward.ts';
import { comparableCart, type Cart } from '../spending.ts';
import {
  NO_SUCH_REWARD,
  openRewardReservation,
  toRewardRefusal,
  type TakeRewardInput,
  type TakeRewardResult,
} from './reserve-reward.server.ts';
import { readReward } from './reward-rows.server.ts';

/**
 * Reserves the reward's price and returns the code for it. A refusal comes with the reward it is about; `pending` means
 * that Shopify's answer is not known yet: ask again with the same key. Throws AppError `unknown_shop`.
 */
export async function redeemReward(
  input: TakeRewardInput & { cart: Cart | null },
): Promise<TakeRewardResult> {
  const club = input.club ?? (await requireClub(input.shopId));
  const offered = await readReward(pool, input.shopId, input.rewardId);
  if (!offered || offered.kind === 'other') return NO_SUCH_REWARD;
  const { reserved, reward } = await reserveReward(input, club, offered, comparableCart(club, input.cart));
  const issued = await issueReserved(reserved, club);
  return issued.ok ? issued : toRewardRefusal(issued, reward);
}

async function reserveReward(
  input: TakeRewardInput,
  club: Club,
  offered: Reward,
  cartMinor: bigint | null,
): Promise<{ reserved: Reserved<RefusalReason>; reward: Reward }> {
  return withTransaction(async (tx) => {
    const opened = await openRewardReservation(tx, input, club, offered, cartMinor);
    if (opened.isDecided) return { reserved: opened.result, reward: opened.reward };
    const { reward, currency, now } = opened;
    const terms = takenTerms(reward, cartMinor);
    const reserved = await holdReservation(tx, opened, {
      amountMinor: terms.amountMinor ?? 0n,
      currency,
      reward: terms,
      expiresAt: endOfDayAfter(now, reward.validDays, club.timeZone),
      nextCheckAt: retryAt(now, 2),
    });
    return { reserved, reward };
  });
}
