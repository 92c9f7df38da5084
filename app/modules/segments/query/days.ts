/** Days in query texts: `2026-01-31`, `-30d`, `today`, `01-31` for a day of any year, and months by their names. */
import { addDays } from '#app/lib/calendar-days.ts';
import type { DateValues } from '../conditions/kinds/date.ts';
import { day as daySchema, monthDay as monthDaySchema } from '../conditions/kinds/limits.ts';
import type { YearlyValues } from '../conditions/kinds/yearly.ts';
import type { Comparison, Value } from './clause.ts';
import { operatorProblem } from './operators.ts';
import { QueryProblem } from './query-error.ts';
import type { Reading } from './values.ts';

const EXAMPLE = '2026-01-31, -30d, today';

export const MONTH_NAMES = [
  'january',
  'february',
  'march',
  'april',
  'may',
  'june',
  'july',
  'august',
  'september',
  'october',
  'november',
  'december',
] as const;

/** A day, a day of any year, or a number of days before (negative) or after today. */
type Bound =
  | { kind: 'day'; day: string }
  | { kind: 'monthDay'; monthDay: string }
  | { kind: 'relative'; days: number; isFuture: boolean; isToday: boolean };

/** No zero with a sign: it would be another value. */
const minus = (days: number): number => 0 - days;
const ago = (days: number): Bound => ({
  kind: 'relative',
  days: minus(days),
  isFuture: false,
  isToday: false,
});

function readBound(value: Value, attribute: string, { notes }: Reading): Bound {
  switch (value.kind) {
    case 'day':
      if (daySchema.safeParse(value.day).success) return value;
      break;
    case 'monthDay':
      if (monthDaySchema.safeParse(value.monthDay).success) return value;
      break;
    case 'time':
      throw new QueryProblem('time', value.span, { attribute });
    case 'offset': {
      const { days, isPast, unit } = value;
      if (unit === 'm' || unit === 'y')
        notes.push({ code: 'days', from: unit, to: `${isPast ? '-' : '+'}${days}d` });
      return isPast ? ago(days) : { kind: 'relative', days, isFuture: true, isToday: false };
    }
    case 'word':
      if (value.word === 'today') return { kind: 'relative', days: 0, isFuture: false, isToday: true };
      if (value.word === 'yesterday') return ago(1);
      break;
    default:
  }
  throw new QueryProblem('value', value.span, { attribute, example: EXAMPLE });
}

const MONTHS_NAMED = { this_month: 'thisMonth', last_month: 'lastMonth', this_year: 'thisYear' } as const;

function isNamedMonth(word: string): word is keyof typeof MONTHS_NAMED {
  return Object.hasOwn(MONTHS_NAMED, word);
}

/** Days before today that match: at least `from` days ago, or any; at most `to` days ago, or any. */
function daysAgo(from: number | null, to: number | null): DateValues[] {
  const parts: DateValues[] = [];
  if (to !== null) parts.push({ op: 'lastDays', days: to });
  // Today is the last day there is.
  if (from !== null && from > 0) parts.push({ op: 'moreThanDaysAgo', days: from - 1 });
  return parts.length === 0 ? [{ op: 'isSet' }] : parts;
}

/** What a comparison with days means, as conditions that must all hold. A "not" is the caller's. Throws QueryProblem. */
export function readDays(comparison: Comparison, attribute: string, reading: Reading): DateValues[] {
  const { operator, values } = comparison;
  if (operator === 'IS NULL') return [{ op: 'isEmpty' }];
  const [first, second] = values;
  if (first === undefined || !['=', '!=', '>', '>=', '<', '<=', 'BETWEEN'].includes(operator))
    throw operatorProblem(comparison, attribute, 'date');
  if (first.kind === 'word' && operator === '=' && isNamedMonth(first.word))
    return [{ op: MONTHS_NAMED[first.word] }];
  const bound = readBound(first, attribute, reading);
  if (operator === 'BETWEEN' && second !== undefined)
    return readBetween(bound, readBound(second, attribute, reading), comparison);
  if (bound.kind === 'monthDay') {
    if (operator !== '=' && operator !== '!=') throw new QueryProblem('period', comparison.span);
    return [{ op: 'dayOfYear', from: bound.monthDay, to: bound.monthDay }];
  }
  return bound.kind === 'day'
    ? [comparedTo(operator, bound.day)]
    : comparedToAgo(operator, minus(bound.days), comparison);
}

function comparedTo(operator: Comparison['operator'], day: string): DateValues {
  switch (operator) {
    case '>':
      return { op: 'after', day };
    case '>=':
      return { op: 'after', day: addDays(day, -1) };
    case '<':
      return { op: 'before', day };
    case '<=':
      return { op: 'before', day: addDays(day, 1) };
    default:
      return { op: 'on', day };
  }
}

/** `days` ago; later than today is no day of the past. */
function comparedToAgo(operator: Comparison['operator'], days: number, { span }: Comparison): DateValues[] {
  if (days < 0 || (operator === '>' && days === 0)) throw new QueryProblem('period', span);
  switch (operator) {
    case '>':
      return daysAgo(null, days - 1);
    case '>=':
      return daysAgo(null, days);
    case '<':
      return daysAgo(days + 1, null);
    case '<=':
      return daysAgo(days, null);
    default:
      return daysAgo(days, days);
  }
}

function readBetween(from: Bound, to: Bound, { span }: Comparison): DateValues[] {
  if (from.kind === 'monthDay' && to.kind === 'monthDay')
    return [{ op: 'dayOfYear', from: from.monthDay, to: to.monthDay }];
  if (from.kind === 'monthDay' || to.kind === 'monthDay') throw new QueryProblem('period', span);
  if (from.kind === 'day' && to.kind === 'day') return [{ op: 'between', from: from.day, to: to.day }];
  if (from.kind === 'relative' && to.kind === 'relative') {
    if (from.isToday && to.isFuture) return [{ op: 'nextDays', days: to.days }];
    if (from.days > 0 || to.days > 0) throw new QueryProblem('period', span);
    return daysAgo(minus(to.days), minus(from.days));
  }
  if (from.kind === 'day' && to.kind === 'relative') {
    if (to.days > 0) throw new QueryProblem('period', span);
    const after = comparedTo('>=', from.day);
    return to.days === 0 ? [after] : [after, ...daysAgo(minus(to.days), null)];
  }
  if (from.kind === 'relative' && to.kind === 'day' && from.days <= 0)
    return [...daysAgo(null, minus(from.days)), comparedTo('<=', to.day)];
  throw new QueryProblem('period', span);
}

/**
 * What a comparison with a day of every year means. `isAnniversary`: of days only the month and the date count, as in
 * Shopify's `anniversary()`. Throws QueryProblem.
 */
export function readYearly(
  comparison: Comparison,
  attribute: string,
  reading: Reading,
  isAnniversary: boolean,
): YearlyValues {
  const { operator, values, span } = comparison;
  if (operator === 'IS NULL') return { op: 'isEmpty' };
  const [first, second] = values;
  if (first === undefined || !['=', '!=', 'BETWEEN'].includes(operator))
    throw operatorProblem(comparison, attribute, 'yearly');
  if (operator !== 'BETWEEN' && first.kind === 'word') {
    const month = MONTH_NAMES.findIndex((name) => name === first.word);
    if (month >= 0) return { op: 'month', month: month + 1 };
    if (first.word === 'this_month') return { op: 'thisMonth' };
    if (first.word === 'next_month') return { op: 'nextMonth' };
  }
  const from = readBound(first, attribute, reading);
  const to = second === undefined ? from : readBound(second, attribute, reading);
  const ofYear = (bound: Bound) => {
    if (bound.kind === 'monthDay') return bound.monthDay;
    return bound.kind === 'day' && isAnniversary ? bound.day.slice('2026-'.length) : null;
  };
  const [fromDay, toDay] = [ofYear(from), ofYear(to)];
  if (fromDay !== null && toDay !== null) return { op: 'dayOfYear', from: fromDay, to: toDay };
  if (from.kind === 'day' && to.kind === 'day') return { op: 'between', from: from.day, to: to.day };
  if (from.kind === 'relative' && to.kind === 'relative') {
    if (from.isToday && (to.isFuture || to.isToday)) return { op: 'nextDays', days: to.days };
    if (second !== undefined && !from.isFuture && to.isToday)
      return { op: 'lastDays', days: minus(from.days) };
  }
  throw new QueryProblem('period', span);
}
