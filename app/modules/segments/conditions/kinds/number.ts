/** Conditions on a number of the customer, in whole smallest units. */
import { z } from 'zod';
import {
  defineCondition,
  type Condition,
  type ConditionSpec,
  type Family,
  type SqlContext,
} from '../condition.ts';
import type { CustomerFacts, Moment } from '../facts.ts';
import type { Measure } from '../kind.ts';
import { integerText } from './limits.ts';

const one = { value: integerText };

export const numberValues = z.discriminatedUnion('op', [
  z.object({ op: z.literal('is'), ...one }),
  z.object({ op: z.literal('atLeast'), ...one }),
  z.object({ op: z.literal('atMost'), ...one }),
  z.object({ op: z.literal('moreThan'), ...one }),
  z.object({ op: z.literal('lessThan'), ...one }),
  z.object({ op: z.literal('between'), from: integerText, to: integerText }),
  z.object({ op: z.literal('isSet') }),
  z.object({ op: z.literal('isEmpty') }),
]);
export type NumberValues = z.infer<typeof numberValues>;

/** Both included; null for no limit. */
export interface NumberRange {
  from: bigint | null;
  to: bigint | null;
}

/** The numbers that match; null for operators that ask whether there is a number at all. */
export function numberRange(values: NumberValues): NumberRange | null {
  switch (values.op) {
    case 'is':
      return { from: BigInt(values.value), to: BigInt(values.value) };
    case 'atLeast':
      return { from: BigInt(values.value), to: null };
    case 'atMost':
      return { from: null, to: BigInt(values.value) };
    case 'moreThan':
      return { from: BigInt(values.value) + 1n, to: null };
    case 'lessThan':
      return { from: null, to: BigInt(values.value) - 1n };
    case 'between':
      return { from: BigInt(values.from), to: BigInt(values.to) };
    case 'isSet':
    case 'isEmpty':
      return null;
  }
}

/** Whether a number is within a range; no number is in none. */
export function isWithin(number: bigint | null, { from, to }: NumberRange): boolean {
  return number !== null && (from === null || number >= from) && (to === null || number <= to);
}

/** `expression` within a range. */
export function withinSql(expression: string, { from, to }: NumberRange, { put }: SqlContext): string {
  const parts = [
    ...(from === null ? [] : [`${expression} >= ${put(from, 'bigint')}`]),
    ...(to === null ? [] : [`${expression} <= ${put(to, 'bigint')}`]),
  ];
  return parts.length === 0 ? `${expression} IS NOT NULL` : `(${parts.join(' AND ')})`;
}

interface NumberSpec {
  family: Family;
  measure: Measure;
  /** Decimals of the measure that the integer carries; money's are its currency's. */
  scale?: number;
  /** Whether a customer may have no number. */
  canBeEmpty?: boolean;
  /** SQL over rows `s`, an integer or NULL. */
  expression: (context: SqlContext) => string;
  /** SQL of a range, where an index serves it and the expression doesn't. */
  rangeSql?: (range: NumberRange, context: SqlContext) => string;
  read: (customer: CustomerFacts, moment: Moment) => bigint | null;
}

/** A condition on one number. */
export function numberCondition<C extends string>(code: C, spec: NumberSpec): Condition<C, NumberValues> {
  const { family, measure, scale = 0, canBeEmpty = false, read } = spec;
  const definition: ConditionSpec<NumberValues> = {
    family,
    kind: { name: 'number', measure, scale, canBeEmpty },
    values: numberValues,
    sql(values, context) {
      const range = numberRange(values);
      if (range !== null)
        return spec.rangeSql?.(range, context) ?? withinSql(spec.expression(context), range, context);
      return `${spec.expression(context)} IS ${values.op === 'isSet' ? 'NOT NULL' : 'NULL'}`;
    },
    evaluate(values, customer, moment) {
      const number = read(customer, moment);
      const range = numberRange(values);
      if (range !== null) return isWithin(number, range);
      return (number !== null) === (values.op === 'isSet');
    },
    show(customer, moment) {
      const number = read(customer, moment);
      return number === null ? { is: 'nothing' } : { is: 'number', value: number.toString() };
    },
  };
  return defineCondition(code, definition);
}
