/** What a tier's multiplier adds to what programs give (F127): on the sum of a unit, rounded down once. */
import type { Entitlement } from './earning.ts';
import type { TierFacts } from '#app/modules/orders/rules/kept-facts.ts';
import { UNITS, type Unit } from '#app/lib/units.ts';
import { proportionDown } from '#app/lib/integers.ts';

const WHOLE_PERCENT = 100n;

export interface TierBonus {
  tier: TierFacts;
  unit: Unit;
  /** What the programs gave. */
  sum: bigint;
  entitlement: Entitlement | null;
}

/** Of equal parts the one that expires later, then the one that counts sooner. */
function largestFirst(a: Entitlement, b: Entitlement): number {
  if (a.amount !== b.amount) return a.amount > b.amount ? -1 : 1;
  const [endOfA, endOfB] = [a, b].map(({ expiresAt }) => expiresAt?.getTime() ?? Infinity);
  return endOfA === endOfB
    ? a.validFrom.getTime() - b.validFrom.getTime()
    : (endOfA ?? 0) > (endOfB ?? 0)
      ? -1
      : 1;
}

/** The bonus in each unit that programs gave something in. It can be used as long as the largest part of the sum. */
export function tierBonuses(tier: TierFacts | null, earned: readonly Entitlement[]): TierBonus[] {
  if (!tier || tier.multiplierPercent <= 100) return [];
  return UNITS.flatMap((unit) => {
    const parts = earned.filter((part) => part.unit === unit);
    const [largest] = parts.toSorted(largestFirst);
    if (!largest) return [];
    const sum = parts.reduce((total, part) => total + part.amount, 0n);
    const amount = proportionDown(sum, BigInt(tier.multiplierPercent), WHOLE_PERCENT) - sum;
    const { validFrom, expiresAt } = largest;
    const rule = `tier:${tier.tierId}`;
    const entitlement =
      amount > 0n ? { rule, kind: 'tier_bonus' as const, unit, amount, validFrom, expiresAt } : null;
    return [{ tier, unit, sum, entitlement }];
  });
}
