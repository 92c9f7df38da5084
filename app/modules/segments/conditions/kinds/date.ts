/** Conditions on a day of the customer's, fixed or moving with today in the shop's time zone. */
import { z } from 'zod';
import { addDays, localDay, startOfDay } from '#app/lib/calendar-days.ts';
import { defineCondition, type Condition, type Family, type SqlContext } from '../condition.ts';
import type { CustomerFacts, Moment } from '../facts.ts';
import { day, days, monthDay } from './limits.ts';

export const dateValues = z.discriminatedUnion('op', [
  z.object({ op: z.literal('on'), day }),
  z.object({ op: z.literal('before'), day }),
  z.object({ op: z.literal('after'), day }),
  z.object({ op: z.literal('between'), from: day, to: day }),
  z.object({ op: z.literal('lastDays'), days }),
  z.object({ op: z.literal('moreThanDaysAgo'), days }),
  z.object({ op: z.literal('nextDays'), days }),
  z.object({ op: z.literal('thisMonth') }),
  z.object({ op: z.literal('lastMonth') }),
  z.object({ op: z.literal('thisYear') }),
  z.object({ op: z.literal('dayOfYear'), from: monthDay, to: monthDay }),
  z.object({ op: z.literal('isSet') }),
  z.object({ op: z.literal('isEmpty') }),
]);
export type DateValues = z.infer<typeof dateValues>;

/** Days from `from` on, before `until`; null for no limit. */
export interface DayRange {
  from: string | null;
  until: string | null;
}

type RangeValues = Exclude<DateValues, { op: 'dayOfYear' | 'isSet' | 'isEmpty' }>;

/** The days that match. */
export function dayRange(values: RangeValues, today: string): DayRange {
  switch (values.op) {
    case 'on':
      return { from: values.day, until: addDays(values.day, 1) };
    case 'before':
      return { from: null, until: values.day };
    case 'after':
      return { from: addDays(values.day, 1), until: null };
    case 'between':
      return { from: values.from, until: addDays(values.to, 1) };
    case 'lastDays':
      return { from: addDays(today, -values.days), until: addDays(today, 1) };
    case 'moreThanDaysAgo':
      return { from: null, until: addDays(today, -values.days) };
    case 'nextDays':
      return { from: today, until: addDays(today, values.days + 1) };
    case 'thisMonth':
      return { from: monthStart(today, 0), until: monthStart(today, 1) };
    case 'lastMonth':
      return { from: monthStart(today, -1), until: monthStart(today, 0) };
    case 'thisYear':
      return { from: `${today.slice(0, 4)}-01-01`, until: `${Number(today.slice(0, 4)) + 1}-01-01` };
  }
}

/** The first day of the month `months` after that of a day. */
function monthStart(of: string, months: number): string {
  const at = Date.UTC(Number(of.slice(0, 4)), Number(of.slice(5, 7)) - 1 + months, 1);
  return new Date(at).toISOString().slice(0, 10);
}

/** Whether a day is within a range. */
export function isDayWithin(value: string, { from, until }: DayRange): boolean {
  return (from === null || value >= from) && (until === null || value < until);
}

/** `MMDD` of a day as a number. */
export function dayCode(value: string): number {
  const [month, date] = value.split('-').slice(-2);
  return Number(month) * 100 + Number(date);
}

/** Whether `MMDD` is from one day of the year to another, over the turn of the year if `to` comes first. */
export function isCodeWithin(code: number, from: string, to: string): boolean {
  const [first, last] = [dayCode(from), dayCode(to)];
  return first <= last ? code >= first && code <= last : code >= first || code <= last;
}

/** `MMDD` of an expression of type date. */
export const codeSql = (date: string): string =>
  `(extract(month FROM ${date}) * 100 + extract(day FROM ${date}))::int`;

/** `isCodeWithin` in SQL. */
export function codeWithinSql(code: string, from: string, to: string, { put }: SqlContext): string {
  const [first, last] = [dayCode(from), dayCode(to)];
  const join = first <= last ? 'AND' : 'OR';
  return `(${code} >= ${put(first, 'int')} ${join} ${code} <= ${put(last, 'int')})`;
}

/** A column of type timestamptz within days of the shop. */
export function instantsSql(column: string, { from, until }: DayRange, { put, moment }: SqlContext): string {
  const start = (value: string) => put(startOfDay(value, moment.timeZone), 'timestamptz');
  const parts = [
    ...(from === null ? [] : [`${column} >= ${start(from)}`]),
    ...(until === null ? [] : [`${column} < ${start(until)}`]),
  ];
  return parts.length === 0 ? `${column} IS NOT NULL` : `(${parts.join(' AND ')})`;
}

interface DateSpec {
  family: Family;
  /** SQL over rows `s`, a timestamptz or NULL. */
  column: string;
  canBeFuture?: boolean;
  read: (customer: CustomerFacts) => Date | null;
}

/** A condition on an instant, by the shop's calendar day on which it was. */
export function dateCondition<C extends string>(code: C, spec: DateSpec): Condition<C, DateValues> {
  const { family, column, canBeFuture = false, read } = spec;
  const dayOf = (customer: CustomerFacts, { timeZone }: Moment) => {
    const at = read(customer);
    return at === null ? null : localDay(at, timeZone);
  };
  return defineCondition(code, {
    family,
    kind: { name: 'date', canBeFuture },
    values: dateValues,
    sql(values, context) {
      if (values.op === 'isSet') return `${column} IS NOT NULL`;
      if (values.op === 'isEmpty') return `${column} IS NULL`;
      if (values.op !== 'dayOfYear')
        return instantsSql(column, dayRange(values, context.moment.today), context);
      const local = `(${column} AT TIME ZONE ${context.put(context.moment.timeZone, 'text')})`;
      return codeWithinSql(codeSql(local), values.from, values.to, context);
    },
    evaluate(values, customer, moment) {
      const own = dayOf(customer, moment);
      if (values.op === 'isSet') return own !== null;
      if (values.op === 'isEmpty') return own === null;
      if (own === null) return false;
      if (values.op === 'dayOfYear') return isCodeWithin(dayCode(own), values.from, values.to);
      return isDayWithin(own, dayRange(values, moment.today));
    },
    show(customer, moment) {
      const own = dayOf(customer, moment);
      return own === null ? { is: 'nothing' } : { is: 'day', day: own };
    },
  });
}
