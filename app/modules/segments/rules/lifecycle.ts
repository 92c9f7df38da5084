/** Where a customer stands (F22-F24), by the days of their valid orders. Days are calendar days in the shop's time zone. */

export type LifecycleGroup = 'new' | 'regular' | 'lapsed';

export interface LifecycleSettings {
  /** F22: ordered for the first time within so many days. */
  newDays: number;
  /** F23: ordered again within so many days of the order before, and still does. */
  regularDays: number;
  /** F24: so many orders at least, and none within `lapsedDays`. */
  lapsedOrders: number;
  lapsedDays: number;
}

/** What a shop starts with; 2 orders and 90 days are the source's own example. */
export const DEFAULT_LIFECYCLE: LifecycleSettings = {
  newDays: 30,
  regularDays: 90,
  lapsedOrders: 2,
  lapsedDays: 90,
};

const DAY_MS = 86_400_000;

function daysBetween(from: string, to: string): number {
  return (Date.parse(to) - Date.parse(from)) / DAY_MS;
}

/**
 * The group of a customer whose valid orders were on these days (`YYYY-MM-DD`, oldest first); null for who never bought
 * and for who is in none, such as one order half a year ago. Lapsed comes before regular, regular before new.
 */
export function lifecycleGroup(
  orderDays: readonly string[],
  today: string,
  settings: LifecycleSettings = DEFAULT_LIFECYCLE,
): LifecycleGroup | null {
  const [first] = orderDays;
  const last = orderDays.at(-1);
  if (first === undefined || last === undefined) return null;
  const daysSinceLast = daysBetween(last, today);
  if (orderDays.length >= settings.lapsedOrders && daysSinceLast > settings.lapsedDays) return 'lapsed';
  const before = orderDays.at(-2);
  const isRepeated = before !== undefined && daysBetween(before, last) <= settings.regularDays;
  if (isRepeated && daysSinceLast <= settings.regularDays) return 'regular';
  return daysBetween(first, today) <= settings.newDays ? 'new' : null;
}
