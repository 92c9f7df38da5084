/** A balance over time, thinned out to what a picture can show. */
import { addDays } from '#app/lib/calendar-days.ts';

export interface BalancePoint {
  /** `YYYY-MM-DD` */
  day: string;
  balance: bigint;
}

const DAY_MS = 86_400_000;

/**
 * Returns evenly spaced days until today, at most `pointsMax` (two at least), from the day before the first movement on,
 * when there was nothing.
 */
export function lineDays(firstDay: string, today: string, pointsMax: number): string[] {
  const start = addDays(firstDay, -1);
  const span = Math.max(1, Math.round((Date.parse(today) - Date.parse(start)) / DAY_MS));
  const step = Math.max(1, Math.ceil(span / (pointsMax - 1)));
  // Backwards from today, so that the line ends in what the customer has now.
  const days: string[] = [];
  for (let back = 0; back < span; back += step) days.unshift(addDays(today, -back));
  days.unshift(start);
  return days;
}

/**
 * Returns the balance at the end of each of `days`. `closings` are days with movements, oldest first, with the balance
 * after the last of the day; on the days between the balance stays.
 */
export function balanceLine(days: readonly string[], closings: readonly BalancePoint[]): BalancePoint[] {
  let next = 0;
  let balance = 0n;
  return days.map((day) => {
    for (let closing = closings[next]; closing && closing.day <= day; closing = closings[++next])
      ({ balance } = closing);
    return { day, balance };
  });
}
