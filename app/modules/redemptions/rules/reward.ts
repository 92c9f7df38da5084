/** What a reward of a program is, and whether a customer may take it. */
import { greatest, least, proportionDown, proportionUp } from '#app/lib/integers.ts';
import type { Unit } from '#app/lib/units.ts';

/** `other` is a gift that staff delivers: it has no code. */
export type RewardKind = 'percent' | 'amount' | 'other';
export type RewardStatus = 'active' | 'paused' | 'removed';

export const REWARD_KINDS: readonly RewardKind[] = ['percent', 'amount', 'other'];

/** What a customer gets and for how much; a redemption stores the terms as they were when it was taken. */
export interface RewardTerms {
  rewardId: bigint;
  version: number;
  name: string;
  kind: RewardKind;
  unit: Unit;
  /** Its fixed price. */
  units: bigint;
  /** Hundredths of a percent; null unless the kind is `percent`. */
  percentBp: number | null;
  /** Null unless the kind is `amount`. */
  amountMinor: bigint | null;
  /** 0 for any cart. */
  minimumCartMinor: bigint;
  /** Days that the code can be used, to the end of the last one. */
  validDays: number;
  combinesWith: { orderDiscounts: boolean; productDiscounts: boolean; shippingDiscounts: boolean };
}

export interface Reward extends RewardTerms {
  shopId: bigint;
  programId: bigint;
  status: RewardStatus;
  description: string;
  pictureUrl: string | null;
  /** The most that a percentage takes off; null for no limit, and unless the kind is `percent`. */
  mostOffMinor: bigint | null;
  /** Null for no limit. */
  limitPerCustomer: number | null;
  limitTotal: number | null;
}

/** How often a reward was taken: open, settled and claimed ones count, released and refused ones do not. */
export interface RewardUses {
  byCustomer: number;
  inTotal: number;
}

export type RewardRefusal =
  'reward_gone' | 'limit_total' | 'limit_customer' | 'insufficient' | 'below_minimum_cart';

/**
 * Returns why a customer with `available` units may not take the reward, or null. `cartMinor` is null if no cart can be
 * compared; Shopify still enforces the minimum then.
 */
export function rewardRefusal(
  reward: Pick<Reward, 'status' | 'kind' | 'units' | 'limitPerCustomer' | 'limitTotal' | 'minimumCartMinor'>,
  uses: RewardUses,
  available: bigint,
  cartMinor: bigint | null,
): RewardRefusal | null {
  if (reward.status !== 'active') return 'reward_gone';
  if (reward.limitTotal !== null && uses.inTotal >= reward.limitTotal) return 'limit_total';
  if (reward.limitPerCustomer !== null && uses.byCustomer >= reward.limitPerCustomer) return 'limit_customer';
  if (available < reward.units) return 'insufficient';
  const isBelow = reward.kind !== 'other' && cartMinor !== null && cartMinor < reward.minimumCartMinor;
  return isBelow ? 'below_minimum_cart' : null;
}

const BASIS_POINTS = 10_000n;

/**
 * The terms of a reward as it is taken for a cart. Shopify's codes know no most for a percentage, so one with a limit becomes
 * the amount that the percentage takes off this cart, for carts that are no smaller: it is never more than the percentage,
 * and never more than the limit. Without a cart it is the limit, for carts of which the percentage is as much.
 */
export function takenTerms(reward: Reward, cartMinor: bigint | null): RewardTerms {
  const { percentBp, mostOffMinor, minimumCartMinor } = reward;
  if (reward.kind !== 'percent' || percentBp === null || mostOffMinor === null) return reward;
  const share = BigInt(percentBp);
  const amountMinor =
    cartMinor === null || cartMinor === 0n
      ? mostOffMinor
      : greatest(1n, least(mostOffMinor, proportionDown(cartMinor, share, BASIS_POINTS)));
  const leastCart = proportionUp(amountMinor, BASIS_POINTS, share);
  return {
    ...reward,
    kind: 'amount',
    percentBp: null,
    amountMinor,
    minimumCartMinor: greatest(minimumCartMinor, leastCart),
  };
}
