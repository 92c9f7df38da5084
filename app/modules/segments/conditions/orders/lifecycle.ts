import { z } from 'zod';
import { addDays, localDay } from '#app/lib/calendar-days.ts';
import { LIFECYCLE_GROUPS, lifecycleGroup, type LifecycleGroup } from '../../rules/lifecycle.ts';
import { defineCondition, type SqlContext } from '../condition.ts';
import type { CustomerFacts, Moment } from '../facts.ts';
import { choiceValues } from '../kinds/choice.ts';
import { instantsSql } from '../kinds/date.ts';

/**
 * The rule of `lifecycleGroup` on rows `s`. Its first comparisons are ranges that indexes serve: of last valid orders for
 * regular and lapsed, of first ones for new.
 */
function groupSql(group: LifecycleGroup, context: SqlContext): string {
  const { put, moment } = context;
  const { lifecycle: settings, today } = moment;
  const since = (column: string, days: number) =>
    instantsSql(`s.${column}`, { from: addDays(today, -days), until: null }, context);
  const orders = put(settings.lapsedOrders, 'int');
  if (group === 'lapsed') {
    const before = { from: null, until: addDays(today, -settings.lapsedDays) };
    return `(${instantsSql('s.last_order_at', before, context)} AND s.orders_valid >= ${orders})`;
  }
  const zone = put(moment.timeZone, 'text');
  const day = (column: string) => `(s.${column} AT TIME ZONE ${zone})::date`;
  const notLapsed = `(s.orders_valid < ${orders} OR ${since('last_order_at', settings.lapsedDays)})`;
  // Days of a time zone take long to tell: only where the hours between leave it open.
  const gap = 's.last_order_at - s.before_last_order_at';
  const days = put(settings.regularDays, 'int');
  const isRepeated = `(${gap} < (${days} - 1) * interval '1 day' OR (${gap} < (${days} + 2) * interval '1 day'
    AND ${day('last_order_at')} - ${day('before_last_order_at')} <= ${days}))`;
  const regular = `(s.orders_valid > 1 AND ${since('last_order_at', settings.regularDays)} AND s.before_last_order_at IS NOT NULL
    AND ${isRepeated})`;
  if (group === 'regular') return `(${regular} AND ${notLapsed})`;
  return `(s.orders_valid > 0 AND ${since('first_order_at', settings.newDays)} AND ${notLapsed} AND (${regular}) IS NOT TRUE)`;
}

function groupOf(
  customer: CustomerFacts,
  { today, timeZone, lifecycle: settings }: Moment,
): LifecycleGroup | null {
  const day = (at: Date | null) => at && localDay(at, timeZone);
  const days = {
    orders: customer.ordersValid,
    first: day(customer.firstOrderAt),
    last: day(customer.lastOrderAt),
    beforeLast: day(customer.beforeLastOrderAt),
  };
  return lifecycleGroup(days, today, settings);
}

/** New, regular or lapsed by the shop's settings (F22-F24). */
export const lifecycle = defineCondition('lifecycle', {
  family: 'orders',
  kind: { name: 'choice', choices: { from: 'list', list: LIFECYCLE_GROUPS }, canBeEmpty: true },
  values: choiceValues(z.enum(LIFECYCLE_GROUPS)),
  sql(values, context) {
    const groups = LIFECYCLE_GROUPS.filter((group) => !('list' in values) || values.list.includes(group));
    const isOne = `(${groups.map((group) => groupSql(group, context)).join(' OR ')})`;
    return values.op === 'anyOf' || values.op === 'isSet' ? isOne : `${isOne} IS NOT TRUE`;
  },
  evaluate(values, customer, moment) {
    const group = groupOf(customer, moment);
    if (!('list' in values)) return (group !== null) === (values.op === 'isSet');
    return (group !== null && values.list.includes(group)) === (values.op === 'anyOf');
  },
  show(customer, moment) {
    const group = groupOf(customer, moment);
    return group === null ? { is: 'nothing' } : { is: 'texts', texts: [group] };
  },
});
