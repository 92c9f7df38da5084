/** Conditions on a value of which a customer has one, or none. */
import { z } from 'zod';
import {
  defineCondition,
  type Condition,
  type Family,
  type Reference,
  type SqlContext,
} from '../condition.ts';
import type { CustomerFacts, Moment } from '../facts.ts';
import type { Choices } from '../kind.ts';
import { listOf } from './limits.ts';

export type ChoiceValues = { op: 'anyOf' | 'noneOf'; list: string[] } | { op: 'isSet' | 'isEmpty' };

/** What staff chose of a choice or a set; `all` allows "all of". */
export function choiceValues(item: z.ZodType<string>): z.ZodType<ChoiceValues> {
  return z.discriminatedUnion('op', [
    z.object({ op: z.enum(['anyOf', 'noneOf']), list: listOf(item) }),
    z.object({ op: z.enum(['isSet', 'isEmpty']) }),
  ]);
}

/** A single value is no array: an index then also serves the order of a list. */
export function equalsSql(
  expression: string,
  list: readonly string[],
  type: 'text[]' | 'bigint[]',
  { put }: SqlContext,
): string {
  const [only] = list;
  return list.length === 1
    ? `${expression} = ${put(only, type === 'text[]' ? 'text' : 'bigint')}`
    : `${expression} = ANY(${put(list, type)})`;
}

interface ChoiceSpec {
  family: Family;
  choices: Choices;
  item: z.ZodType<string>;
  /** Whether a customer may have none. */
  canBeEmpty?: boolean;
  /** SQL over rows `s`, of the element type of `type`, or NULL. */
  expression: (context: SqlContext) => string;
  /** SQL of "any of", where it is not the expression's equality. */
  anyOfSql?: (list: string[], context: SqlContext) => string;
  type?: 'text[]' | 'bigint[]';
  read: (customer: CustomerFacts, moment: Moment) => string | null;
  references?: Reference['to'];
}

/** A condition on one value of a list. "None of" includes customers without a value. */
export function choiceCondition<C extends string>(code: C, spec: ChoiceSpec): Condition<C, ChoiceValues> {
  const { family, choices, canBeEmpty = true, expression, type = 'text[]', read, references } = spec;
  return defineCondition(code, {
    family,
    kind: { name: 'choice', choices, canBeEmpty },
    values: choiceValues(spec.item),
    sql(values, context) {
      if (!('list' in values))
        return `${expression(context)} IS ${values.op === 'isSet' ? 'NOT NULL' : 'NULL'}`;
      const isOne =
        spec.anyOfSql?.(values.list, context) ?? equalsSql(expression(context), values.list, type, context);
      return values.op === 'anyOf' ? isOne : `(${isOne}) IS NOT TRUE`;
    },
    evaluate(values, customer, moment) {
      const own = read(customer, moment);
      if (!('list' in values)) return (own !== null) === (values.op === 'isSet');
      return (own !== null && values.list.includes(own)) === (values.op === 'anyOf');
    },
    show(customer, moment) {
      const own = read(customer, moment);
      return own === null ? { is: 'nothing' } : { is: 'texts', texts: [own] };
    },
    references: (values) =>
      references === undefined || !('list' in values)
        ? []
        : values.list.map((id) => ({ to: references, id })),
  });
}
