/** Conditions on a day that comes back every year, such as a birthday. */
import { z } from 'zod';
import { addDays } from '#app/lib/calendar-days.ts';
import { celebratedCodes } from '#app/modules/occasions/rules/gifts.ts';
import { defineCondition, inRecord, type Condition, type Family } from '../condition.ts';
import type { CustomerFacts } from '../facts.ts';
import { codeSql, codeWithinSql, dayCode, isCodeWithin, isDayWithin } from './date.ts';
import { day, monthDay } from './limits.ts';

const YEAR_DAYS = 366;
const MONTHS = 12;
/** `MMDD`: from a month's to the next one's. */
const MONTH_CODES = 100;
const days = z.int().min(0).max(YEAR_DAYS);

export const yearlyValues = z.discriminatedUnion('op', [
  z.object({ op: z.literal('nextDays'), days }),
  z.object({ op: z.literal('lastDays'), days }),
  z.object({ op: z.literal('thisMonth') }),
  z.object({ op: z.literal('nextMonth') }),
  z.object({ op: z.literal('month'), month: z.int().min(1).max(MONTHS) }),
  z.object({ op: z.literal('dayOfYear'), from: monthDay, to: monthDay }),
  z.object({ op: z.literal('between'), from: day, to: day }),
  z.object({ op: z.literal('isSet') }),
  z.object({ op: z.literal('isEmpty') }),
]);
export type YearlyValues = z.infer<typeof yearlyValues>;

type CodeValues = Extract<YearlyValues, { op: 'nextDays' | 'lastDays' }>;
type MonthValues = Extract<YearlyValues, { op: 'thisMonth' | 'nextMonth' | 'month' }>;

/** The `MMDD` dates celebrated on the days asked for: 29 February on the 28th in years without it. */
function celebrated(values: CodeValues, today: string): number[] {
  const step = values.op === 'nextDays' ? 1 : -1;
  const all = Array.from({ length: values.days + 1 }, (_, index) =>
    celebratedCodes(addDays(today, step * index)),
  );
  return [...new Set(all.flat())];
}

function monthOf(values: MonthValues, today: string): number {
  const month = Number(today.slice(5, 7));
  if (values.op === 'month') return values.month;
  return values.op === 'thisMonth' ? month : (month % MONTHS) + 1;
}

interface YearlySpec {
  family: Family;
  /** A date or NULL, of rows `s` and of the record. */
  column: 'birth_date' | 'wedding_date';
  read: (customer: CustomerFacts) => string | null;
}

/** A condition on a yearly day. */
export function yearlyCondition<C extends string>(code: C, spec: YearlySpec): Condition<C, YearlyValues> {
  const { family, read } = spec;
  const column = `s.${spec.column}`;
  // The record has an index on the day of the year; an order never writes it again.
  const codeOf = codeSql(`c.${spec.column}`);
  const onDays = (isThen: string) => inRecord(`c.${spec.column} IS NOT NULL AND ${isThen}`);
  return defineCondition(code, {
    family,
    kind: { name: 'yearly' },
    values: yearlyValues,
    sql(values, context) {
      const { put, moment } = context;
      switch (values.op) {
        case 'isSet':
          return `${column} IS NOT NULL`;
        case 'isEmpty':
          return `${column} IS NULL`;
        case 'between':
          return `(${column} >= ${put(values.from, 'date')} AND ${column} <= ${put(values.to, 'date')})`;
        case 'dayOfYear':
          return onDays(codeWithinSql(codeOf, values.from, values.to, context));
        case 'nextDays':
        case 'lastDays':
          return onDays(`${codeOf} = ANY(${put(celebrated(values, moment.today), 'int[]')})`);
        default: {
          const month = monthOf(values, moment.today);
          return onDays(
            `${codeOf} >= ${put(month * MONTH_CODES, 'int')} AND ${codeOf} < ${put((month + 1) * MONTH_CODES, 'int')}`,
          );
        }
      }
    },
    evaluate(values, customer, { today }) {
      const own = read(customer);
      if (values.op === 'isSet') return own !== null;
      if (values.op === 'isEmpty') return own === null;
      if (own === null) return false;
      switch (values.op) {
        case 'between':
          return isDayWithin(own, { from: values.from, until: addDays(values.to, 1) });
        case 'dayOfYear':
          return isCodeWithin(dayCode(own), values.from, values.to);
        case 'nextDays':
        case 'lastDays':
          return celebrated(values, today).includes(dayCode(own));
        default:
          return Number(own.slice(5, 7)) === monthOf(values, today);
      }
    },
    show(customer) {
      const own = read(customer);
      return own === null ? { is: 'nothing' } : { is: 'day', day: own };
    },
  });
}
