/** The figures F44-F50 of a customer and their SQL: the same roundings as `customerMetrics`. */
import { LRUCache } from 'lru-cache';
import { addDays, localDay, startOfDay } from '#app/lib/calendar-days.ts';
import {
  customerMetrics,
  PREDICTION_DAYS_MIN,
  PREDICTION_ORDERS_MIN,
  type CustomerMetrics,
} from '#app/modules/orders/rules/customer-metrics.ts';
import type { SqlContext } from '../condition.ts';
import type { CustomerFacts, Moment } from '../facts.ts';

/** Older orders count as this old. */
const MONTHS_MAX = 300;
const CACHED_DAYS_MAX = 100;
const startsByDay = new LRUCache<string, Date[]>({ max: CACHED_DAYS_MAX });

/** A customer's figures. */
export function metricsOf(customer: CustomerFacts, moment: Moment): CustomerMetrics {
  const { firstOrderAt } = customer;
  return customerMetrics(customer, {
    firstDay: firstOrderAt && localDay(firstOrderAt, moment.timeZone),
    today: moment.today,
    lifetimeMonths: moment.lifetimeMonths,
  });
}

/** Instants, earliest first: who first ordered before the last but n of them has been ordering for n whole months. */
function monthStarts({ today, timeZone }: Moment): Date[] {
  const key = `${today} ${timeZone}`;
  const starts = startsByDay.get(key) ?? computeMonthStarts(today, timeZone);
  startsByDay.set(key, starts);
  return starts;
}

function computeMonthStarts(today: string, timeZone: string): Date[] {
  const [year, month, date] = [Number(today.slice(0, 4)), Number(today.slice(5, 7)), Number(today.slice(8))];
  return Array.from({ length: MONTHS_MAX }, (_, index) => {
    const ago = MONTHS_MAX - index;
    const lastDate = new Date(Date.UTC(year, month - ago, 0)).getUTCDate();
    const day = new Date(Date.UTC(year, month - 1 - ago, Math.min(date, lastDate)))
      .toISOString()
      .slice(0, 10);
    return startOfDay(addDays(day, 1), timeZone);
  });
}

/** Whole months from the first valid order until today, at least one; NULL without orders. */
export function monthsSql({ put, moment }: SqlContext): string {
  const starts = put(monthStarts(moment), 'timestamptz[]');
  return `(CASE WHEN s.first_order_at IS NOT NULL THEN greatest(1, ${MONTHS_MAX} - width_bucket(s.first_order_at, ${starts})) END)`;
}

/** Both not below zero; NULL for a divisor of zero or NULL. */
export function dividedHalfUpSql(value: string, divisor: string): string {
  return `((2 * (${value}) + (${divisor})) / (2 * nullif(${divisor}, 0)))`;
}

/** NULL for customers with too few orders for a prediction: the same as `canPredict`. */
export function predictableSql(value: string): string {
  return `(CASE WHEN s.orders_valid >= ${PREDICTION_ORDERS_MIN}
    AND s.last_order_at - s.first_order_at >= interval '${PREDICTION_DAYS_MIN} days' THEN ${value} END)`;
}
