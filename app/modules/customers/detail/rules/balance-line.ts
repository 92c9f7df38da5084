/** A balance over time, thinned out to what a picture can show. */
import { addDays } from '#app/modules/loyalty/rules/days.ts';

export interface BalancePoint {
  /** `YYYY-MM-DD` */
  day: string;
  balance: bigint;
}

const DAY_MS = 86_400_000;

/**
 * The balance at the end of evenly spaced days until today, at most `pointsMax` (two at least), from the nothing there
 * was the day before the first movement. `closings` are the days with movements, oldest first, with the balance after
 * the last of the day; on the days between the balance stays. Empty without closings.
 */
export function balanceLine(
  closings: readonly BalancePoint[],
  today: string,
  pointsMax: number,
): BalancePoint[] {
  const [first] = closings;
  if (!first) return [];
  const start = addDays(first.day, -1);
  const span = Math.max(1, Math.round((Date.parse(today) - Date.parse(start)) / DAY_MS));
  const step = Math.max(1, Math.ceil(span / (pointsMax - 1)));
  // Backwards from today, so that the line ends in what the customer has now.
  const days: string[] = [];
  for (let back = 0; back < span; back += step) days.unshift(addDays(today, -back));
  days.unshift(start);
  let next = 0;
  let balance = 0n;
  return days.map((day) => {
    for (let closing = closings[next]; closing && closing.day <= day; closing = closings[++next])
      ({ balance } = closing);
    return { day, balance };
  });
}
