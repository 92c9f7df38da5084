/** How many customers a rule means, told from a sample. */

/** Shops with fewer customers count them as fast. */
export const SAMPLED_FROM = 50_000;
/** With fewer in the sample their number says little; then only what it can't exceed is told. */
const FOUND_MIN = 20;
const DIGITS_TOLD = 2;

/** `about`: within some percent; `below`: nearly surely fewer. */
export interface Estimate {
  count: number;
  certainty: 'about' | 'below';
}

/** Estimates from `found` of `sampled` customers how many of `customers` are meant, with two digits. */
export function estimateCount({
  found,
  sampled,
  customers,
}: {
  found: number;
  sampled: number;
  customers: number;
}): Estimate {
  if (found >= FOUND_MIN)
    return { count: roundTold((found / sampled) * customers, Math.round), certainty: 'about' };
  // Three more than found, and twice the spread of such counts: 95 % and more.
  const most = Math.min(sampled, found + 2 * Math.sqrt(found) + 3);
  return { count: roundTold((most / sampled) * customers, Math.ceil), certainty: 'below' };
}

function roundTold(count: number, round: (count: number) => number): number {
  const unit = 10 ** Math.max(0, Math.floor(Math.log10(Math.max(1, count))) + 1 - DIGITS_TOLD);
  return round(count / unit) * unit;
}
