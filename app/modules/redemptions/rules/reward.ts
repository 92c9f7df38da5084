/** What a reward of a program is, and whether a customer may take it. */
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
