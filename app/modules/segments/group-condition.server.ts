import type { Lifecycle } from './lifecycle.queries.server.ts';
import type { LifecycleGroup } from './rules/lifecycle.ts';

/** Adds a value to a statement's parameters; answers what stands for it there, such as `$3`. */
export type PutParameter = (value: unknown) => string;

/**
 * The rule of `lifecycleGroup` as a condition on rows `s` of `customer_stats`. Its first comparisons are ranges that
 * indexes serve: of last valid orders for regular and lapsed, of first ones for new.
 */
export function groupCondition(group: LifecycleGroup, lifecycle: Lifecycle, put: PutParameter): string {
  const { settings, timeZone, newSince, regularSince, lapsedBefore } = lifecycle;
  const orders = put(settings.lapsedOrders);
  const before = put(lapsedBefore);
  if (group === 'lapsed') return `s.last_order_at < ${before} AND s.orders_valid >= ${orders}`;
  const zone = put(timeZone);
  const day = (column: string) => `(s.${column} AT TIME ZONE ${zone})::date`;
  const notLapsed = `(s.orders_valid < ${orders} OR s.last_order_at >= ${before})`;
  const regular = `s.orders_valid > 1 AND s.last_order_at >= ${put(regularSince)} AND s.before_last_order_at IS NOT NULL
    AND ${day('last_order_at')} - ${day('before_last_order_at')} <= ${put(settings.regularDays)}`;
  if (group === 'regular') return `${regular} AND ${notLapsed}`;
  return `s.orders_valid > 0 AND s.first_order_at >= ${put(newSince)} AND ${notLapsed} AND (${regular}) IS NOT TRUE`;
}
