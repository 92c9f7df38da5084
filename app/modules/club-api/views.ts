/** Records of the club in the shapes of extensions/shared/club-api.ts. */
import type {
  ClubClaim,
  ClubRedemption,
  ClubReward,
  ClubMembership,
  ClubRewardTerms,
  ClubTier,
  ClubWallet,
  RewardObstacle,
} from '../../../extensions/shared/club-api.ts';
import {
  rewardRefusal,
  type Reward,
  type RewardTerms,
  type RewardUses,
} from '#app/modules/redemptions/rules/reward.ts';
import type { Balance } from '#app/modules/ledger/balances.queries.server.ts';
import type { Standing } from '#app/modules/membership/read-standing.server.ts';
import type { Redemption } from '#app/modules/redemptions/redemption-rows.server.ts';
import { spendableUnits, stepUnits, valueMinor } from '#app/modules/redemptions/rules/redemption.ts';
import { comparableCart, minimumFor, rateFor, type Cart } from '#app/modules/redemptions/spending.ts';
import type { Club } from '#app/modules/shops/club.server.ts';
import type { Unit } from '#app/lib/units.ts';

/** Returns what a reward gives. */
export function toRewardTermsView(terms: RewardTerms): ClubRewardTerms {
  const { name, kind, percentBp, amountMinor, minimumCartMinor } = terms;
  return {
    name,
    kind,
    percentBp,
    amountMinor: amountMinor?.toString() ?? null,
    minimumCartMinor: minimumCartMinor.toString(),
  };
}

/** Returns an offered reward, and why a customer with `available` units and this cart cannot take it. */
export function toRewardView(
  reward: Reward,
  uses: RewardUses,
  available: bigint,
  cartMinor: bigint | null,
): ClubReward {
  const missing = reward.units - available;
  const { rewardId, unit, units, description, pictureUrl, validDays, limitPerCustomer } = reward;
  return {
    ...toRewardTermsView(reward),
    ...(reward.mostOffMinor === null ? {} : { mostOffMinor: reward.mostOffMinor.toString() }),
    id: rewardId.toString(),
    unit,
    units: units.toString(),
    description,
    pictureUrl,
    validDays,
    obstacle: toObstacle(rewardRefusal(reward, uses, available, cartMinor)),
    missing: (missing > 0n ? missing : 0n).toString(),
    limitPerCustomer,
  };
}

function toObstacle(refusal: ReturnType<typeof rewardRefusal>): RewardObstacle | null {
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

/** Returns a claim as its customer sees it. */
export function toClaimView(claim: ShownClaim): ClubClaim {
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

type ShownRedemption = Pick<
  Redemption,
  'redemptionId' | 'unit' | 'units' | 'amountMinor' | 'code' | 'reward' | 'expiresAt'
>;

/** Returns an issued redemption. */
export function toRedemptionView(redemption: ShownRedemption): ClubRedemption {
  return {
    id: redemption.redemptionId,
    unit: redemption.unit,
    units: redemption.units.toString(),
    amountMinor: redemption.amountMinor.toString(),
    code: redemption.code,
    reward: redemption.reward && toRewardTermsView(redemption.reward),
    expiresAt: redemption.expiresAt.toISOString(),
  };
}

/** Returns a wallet, and what of it can be spent on this cart. No balance is an empty wallet. */
export function toWalletView(
  club: Club,
  unit: Unit,
  balance: Balance | undefined,
  cart: Cart | null,
): ClubWallet {
  const rate = rateFor(club, unit);
  const available = balance?.available ?? 0n;
  const spendable = spendableUnits(available, rate, comparableCart(club, cart));
  const text = (amount: bigint | undefined) => (amount ?? 0n).toString();
  return {
    unit,
    balance: text(balance?.balance),
    available: text(available),
    pending: text(balance?.pending),
    held: text(balance?.held),
    debt: text(balance?.debt),
    rate: { units: text(rate.units), amountMinor: text(rate.amountMinor) },
    minimum: text(minimumFor(club, unit)),
    step: text(stepUnits(rate)),
    spendable: { units: text(spendable), amountMinor: text(valueMinor(spendable, rate)) },
  };
}

/** Returns whether the customer is a member, and their tier. */
export function toStandingView({ memberSince, mayJoin, tiers }: Standing): {
  membership: ClubMembership;
  tier: ClubTier | null;
} {
  return {
    membership: { isMember: memberSince !== null, mayJoin },
    tier: tiers && {
      name: tiers.current?.name ?? null,
      next: tiers.next && {
        name: tiers.next.tier.name,
        measure: tiers.rule.measure,
        missing: tiers.next.missing.toString(),
      },
    },
  };
}
