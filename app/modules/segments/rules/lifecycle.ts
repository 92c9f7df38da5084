/** Where a customer stands (F22-F24), by the days of their valid orders. Days are calendar days in the shop's time zone. */

export const LIFECYCLE_GROUPS = ['new', 'regular', 'lapsed'] as const;
export type LifecycleGroup = (typeof LIFECYCLE_GROUPS)[number];

export interface LifecycleSettings {
  /** F22: ordered for the first time within so many days. */
  newDays: number;
  /** F23: ordered again within so many days of the order before, and still does. */
  regularDays: number;
  /** F24: so many orders at least, and none within `lapsedDays`. */
  lapsedOrders: number;
  lapsedDays: number;
}

/** What a shop starts with; 2 orders and 90 days are the source's own example. The columns' defaults are the same. */
export const DEFAULT_LIFECYCLE: LifecycleSettings = {
  newDays: 30,
  regularDays: 90,
  lapsedOrders: 2,
  lapsedDays: 90,
};

/** What the groups ask of a customer's valid orders; each day is `YYYY-MM-DD`. */
export interface OrderDays {
  /** How many there are. */
  orders: number;
  /** Null for who has none. */
  first: string | null;
  last: string | null;
  /** Of the order before the last; null for who has one. */
  beforeLast: string | null;
}

const DAY_MS = 86_400_000;

function daysBetween(from: string, to: string): number {
  return (Date.parse(to) - Date.parse(from)) / DAY_MS;
}

/**
 * The group of a customer with these valid orders; null for who never bought and for who is in none, such as one order
 * half a year ago. Lapsed comes before regular, regular before new. `groupCondition` says the same in SQL.
 */
export function lifecycleGroup(
  { orders, first, last, beforeLast }: OrderDays,
  today: string,
  settings: LifecycleSettings = DEFAULT_LIFECYCLE,
): LifecycleGroup | null {
  if (first === null || last === null) return null;
  const daysSinceLast = daysBetween(last, today);
  if (orders >= settings.lapsedOrders && daysSinceLast > settings.lapsedDays) return 'lapsed';
  const isRepeated = beforeLast !== null && daysBetween(beforeLast, last) <= settings.regularDays;
  if (isRepeated && daysSinceLast <= settings.regularDays) return 'regular';
  return daysBetween(first, today) <= settings.newDays ? 'new' : null;
}
