/** What a reward costs the shop, against what its customers spend for it and what the same points would pay. */
import {
  ASKED_ABOVE_BP,
  REFUSED_ABOVE_BP,
  type SpendTerms,
  type Verdict,
} from '#app/modules/shops/rules/give-back.ts';
import type { RedemptionRate } from '#app/modules/shops/rules/club-settings.ts';
import { least } from '#app/lib/integers.ts';
import type { Unit } from '#app/lib/units.ts';
import { valueMinor } from './redemption.ts';
import type { Reward } from './reward.ts';

const BASIS_POINTS = 10_000n;
const FINE: Verdict = { is: 'fine' };

export type RewardPrice = Pick<
  Reward,
  'kind' | 'unit' | 'units' | 'percentBp' | 'amountMinor' | 'mostOffMinor'
>;

/** Returns the least that has to be spent to collect an amount; null where no program for spending gives that unit. */
export function spendFor(units: bigint, unit: Unit, spend: readonly SpendTerms[]): bigint | null {
  const needed = spend
    .filter((terms) => terms.unit === unit)
    .map((terms) => (units * terms.stepMinor) / terms.units);
  return needed.length === 0 ? null : needed.reduce(least);
}

/** What is taken off at most, and for how much; null where that depends on the order. */
function mostOff({ kind, amountMinor, mostOffMinor }: RewardPrice): bigint | null {
  return kind === 'percent' ? mostOffMinor : amountMinor;
}

/**
 * Judges a reward: one that takes off much of what was spent for it has to be meant, more than all of it is refused, and so
 * has a large percentage. `before` is the saved one: what is no more generous is always fine.
 */
export function judgeReward(
  reward: RewardPrice,
  before: RewardPrice | null,
  spend: readonly SpendTerms[],
): Verdict {
  const { kind, unit, units, percentBp } = reward;
  const offMinor = mostOff(reward);
  if (kind === 'percent' && percentBp !== null && offMinor === null) {
    const isKnown = before?.kind === kind && mostOff(before) === null && (before.percentBp ?? 0) >= percentBp;
    if (percentBp <= ASKED_ABOVE_BP || isKnown) return FINE;
    return { is: 'asked', question: { kind: 'percent_off', shareBp: percentBp } };
  }
  const spendMinor = spendFor(units, unit, spend);
  if (offMinor === null || !spendMinor) return FINE;
  const isKnown =
    before?.kind === kind &&
    before.unit === unit &&
    (mostOff(before) ?? offMinor) >= offMinor &&
    before.units <= units;
  const shareBp = Number((offMinor * BASIS_POINTS) / spendMinor);
  if (shareBp <= ASKED_ABOVE_BP || isKnown) return FINE;
  if (shareBp > REFUSED_ABOVE_BP) return { is: 'refused' };
  return { is: 'asked', question: { kind: 'reward', shareBp, spendMinor, offMinor } };
}

/**
 * Returns from which cart on a reward takes more off than paying with its price would; 0 for any cart, null where paying
 * is never worse or can't be compared.
 */
export function beatsPayingFrom(reward: RewardPrice, rate: RedemptionRate | null): bigint | null {
  const { kind, unit, units, percentBp, amountMinor, mostOffMinor } = reward;
  if (rate === null && unit === 'POINTS') return null;
  const paid = unit === 'CREDIT' || rate === null ? units : valueMinor(units, rate);
  if (kind === 'amount' && amountMinor !== null) return amountMinor > paid ? 0n : null;
  if (kind !== 'percent' || !percentBp || (mostOffMinor !== null && mostOffMinor <= paid)) return null;
  return (paid * BASIS_POINTS) / BigInt(percentBp);
}
