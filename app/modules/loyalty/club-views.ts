/** Rewards and claims as the checkout extension takes them. */
import type {
  ClubClaim,
  ClubReward,
  ClubRewardTerms,
  RewardObstacle,
} from '../../../extensions/shared/club-api.ts';
import { rewardRefusal, type Reward, type RewardTerms, type RewardUses } from './rules/reward.ts';
import type { Unit } from './rules/units.ts';

/** What a reward gives. */
export function rewardTermsView(terms: RewardTerms): ClubRewardTerms {
  const { name, kind, percentBp, amountMinor, minimumCartMinor } = terms;
  return {
    name,
    kind,
    percentBp,
    amountMinor: amountMinor?.toString() ?? null,
    minimumCartMinor: minimumCartMinor.toString(),
  };
}

/** A reward on offer, and what keeps a customer with `available` units and this cart from it. */
export function rewardView(
  reward: Reward,
  uses: RewardUses,
  available: bigint,
  cartMinor: bigint | null,
): ClubReward {
  const missing = reward.units - available;
  const { rewardId, unit, units, description, pictureUrl, validDays, limitPerCustomer } = reward;
  return {
    ...rewardTermsView(reward),
    id: rewardId.toString(),
    unit,
    units: units.toString(),
    description,
    pictureUrl,
    validDays,
    obstacle: obstacleOf(rewardRefusal(reward, uses, available, cartMinor)),
    missing: (missing > 0n ? missing : 0n).toString(),
    limitPerCustomer,
  };
}

function obstacleOf(refusal: ReturnType<typeof rewardRefusal>): RewardObstacle | null {
  return refusal === 'reward_gone' ? 'limit_total' : refusal;
}

interface ShownClaim {
  claimId: string;
  number: string;
  name: string;
  unit: Unit;
  units: bigint;
  state: ClubClaim['state'];
  noteToCustomer: string;
  createdAt: Date;
}

/** A claim as its customer sees it. */
export function claimView(claim: ShownClaim): ClubClaim {
  const { claimId, number, name, unit, units, state, noteToCustomer, createdAt } = claim;
  return {
    id: claimId,
    number,
    name,
    unit,
    units: units.toString(),
    state,
    note: noteToCustomer,
    requestedAt: createdAt.toISOString(),
  };
}
