/** Which reward a customer can have now, and which comes next. */
import type { Unit } from '#app/lib/units.ts';

interface Priced {
  unit: Unit;
  units: bigint;
}

/**
 * Returns the most expensive reward that `available` pays for, and of the others the one that is closest, with what is
 * missing to it; null where there is none.
 */
export function nextReward<Reward extends Priced>(
  rewards: readonly Reward[],
  available: (unit: Unit) => bigint,
): { affordable: Reward | null; next: { reward: Reward; missing: bigint } | null } {
  let affordable: Reward | null = null;
  let next: { reward: Reward; missing: bigint } | null = null;
  for (const reward of rewards) {
    const missing = reward.units - available(reward.unit);
    if (missing <= 0n) {
      if (affordable === null || reward.units > affordable.units) affordable = reward;
    } else if (next === null || missing < next.missing) next = { reward, missing };
  }
  return { affordable, next };
}
