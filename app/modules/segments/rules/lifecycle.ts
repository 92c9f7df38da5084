/** The lifecycle of a customer (F22-F24), by the days of valid orders. Calendar days in the shop's time zone. */

import { DEFAULT_LIFECYCLE, type LifecycleSettings } from '#app/modules/shops/rules/lifecycle-settings.ts';

export const LIFECYCLE_GROUPS = ['new', 'regular', 'lapsed'] as const;
export type LifecycleGroup = (typeof LIFECYCLE_GROUPS)[number];

/** The days of a customer's valid orders that decide the group, as `YYYY-MM-DD`. */
export interface OrderDays {
  /** How many orders. */
  orders: number;
  /** Null without orders. */
  first: string | null;
  last: string | null;
  /** Of the order before the last; null with one order. */
  beforeLast: string | null;
}

const DAY_MS = 86_400_000;

function daysBetween(from: string, to: string): number {
  return (Date.parse(to) - Date.parse(from)) / DAY_MS;
}

/**
 * Returns the group of a customer with these valid orders; null for one who never bought and for one in no group, such as
 * one order half a year ago. Lapsed comes before regular, regular before new. `groupCondition` is the same in SQL.
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
