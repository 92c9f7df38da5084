/** Conditions on values of which a customer has any number. */
import { z } from 'zod';
import {
  defineCondition,
  type Condition,
  type Family,
  type Reference,
  type SqlContext,
} from '../condition.ts';
import type { CustomerFacts } from '../facts.ts';
import type { Choices } from '../kind.ts';
import { listOf } from './limits.ts';

export type SetValues = { op: 'anyOf' | 'allOf' | 'noneOf'; list: string[] } | { op: 'isSet' | 'isEmpty' };

function setValues(item: z.ZodType<string>, canBeEmpty: boolean): z.ZodType<SetValues> {
  const listed = z.object({ op: z.enum(['anyOf', 'allOf', 'noneOf']), list: listOf(item) });
  return canBeEmpty
    ? z.discriminatedUnion('op', [listed, z.object({ op: z.enum(['isSet', 'isEmpty']) })])
    : listed;
}

interface SetSpec {
  family: Family;
  choices: Choices;
  item: z.ZodType<string>;
  /** SQL over rows `s`: whether the customer has one of these; any value at all for null. */
  hasAny: (list: string[] | null, context: SqlContext) => string;
  read: (customer: CustomerFacts) => readonly string[];
  /** Whether a rule can ask for any value at all; true by default. */
  canBeEmpty?: false;
  references?: Reference['to'];
}

/** A condition on a set. */
export function setCondition<C extends string>(code: C, spec: SetSpec): Condition<C, SetValues> {
  const { family, choices, hasAny, read, canBeEmpty = true, references } = spec;
  return defineCondition(code, {
    family,
    kind: { name: 'set', choices, canBeEmpty },
    values: setValues(spec.item, canBeEmpty),
    sql(values, context) {
      if (!('list' in values)) {
        const has = hasAny(null, context);
        return values.op === 'isEmpty' ? context.not(has) : has;
      }
      if (values.op === 'allOf') return `(${values.list.map((one) => hasAny([one], context)).join(' AND ')})`;
      const has = hasAny(values.list, context);
      return values.op === 'noneOf' ? context.not(has) : has;
    },
    evaluate(values, customer) {
      const own = new Set(read(customer));
      if (!('list' in values)) return own.size > 0 === (values.op === 'isSet');
      if (values.op === 'allOf') return values.list.every((one) => own.has(one));
      return values.list.some((one) => own.has(one)) === (values.op === 'anyOf');
    },
    show(customer) {
      const own = read(customer);
      return own.length === 0 ? { is: 'nothing' } : { is: 'texts', texts: own };
    },
    references: (values) =>
      references === undefined || !('list' in values)
        ? []
        : values.list.map((id) => ({ to: references, id })),
  });
}
