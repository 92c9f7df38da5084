/** What a tier's multiplier adds to what programs give (F127): on the sum of a unit, rounded down once. */
import type { Entitlement } from './earning.ts';
import type { TierFacts } from './order-facts.ts';
import { proportionDown, UNITS, type Unit } from './units.ts';

const WHOLE_PERCENT = 100n;

export interface TierBonus {
  tier: TierFacts;
  unit: Unit;
  /** What the programs gave. */
  sum: bigint;
  entitlement: Entitlement | null;
}

/**
 * The bonus in each unit that programs gave something in. It can be used as long as the program's value that makes up
 * most of the sum.
 */
export function tierBonuses(tier: TierFacts | null, earned: readonly Entitlement[]): TierBonus[] {
  if (!tier || tier.multiplierPercent <= 100) return [];
  return UNITS.flatMap((unit) => {
    const parts = earned.filter((part) => part.unit === unit);
    const [largest] = parts.toSorted((a, b) => (a.amount === b.amount ? 0 : a.amount > b.amount ? -1 : 1));
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
