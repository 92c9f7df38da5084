/**
 * A customer's rank by spend, in percent of the shop's customers who ordered: the best 10 % have ranks from 1 to 10.
 * Customers who spent the same have the same rank, so "the best 10 %" are never more than a tenth when the thresholds are
 * computed.
 */

/** The last rank. */
export const RANK_MAX = 100;

/** From which spend on each rank counts, ascending: the first is that of 99, the last that of 1. */
export type RankThresholds = readonly bigint[];

/** The rank of a customer; null without an order, and in a shop without thresholds. */
export function spendRank(
  { ordersValid, spendMinor }: { ordersValid: number; spendMinor: bigint },
  thresholds: RankThresholds | null,
): number | null {
  if (thresholds === null || ordersValid === 0) return null;
  return RANK_MAX - thresholds.filter((lowest) => spendMinor >= lowest).length;
}

/** The spend that ranks of a range have: from, included, until, not included; null for no limit, and for no spend at all. */
export function spendOfRanks(
  { from, to }: { from: bigint | null; to: bigint | null },
  thresholds: RankThresholds,
): { from: bigint | null; until: bigint | null } | null {
  const [best, last] = [Math.max(1, Number(from ?? 1n)), Math.min(RANK_MAX, Number(to ?? RANK_MAX))];
  if (best > last) return null;
  return {
    from: thresholds[RANK_MAX - 1 - last] ?? null,
    until: thresholds[RANK_MAX - best] ?? null,
  };
}
