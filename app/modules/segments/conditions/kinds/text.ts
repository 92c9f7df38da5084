/** Conditions on texts, compared as searches compare them: without case and accents. */
import { z } from 'zod';
import { defineCondition, type Condition, type Family, type SqlContext } from '../condition.ts';
import type { CustomerFacts, Moment } from '../facts.ts';
import type { TextOp } from '../kind.ts';
import { text } from './limits.ts';

export const textValues = z.discriminatedUnion('op', [
  z.object({ op: z.enum(['contains', 'startsWith', 'is']), text }),
  z.object({ op: z.enum(['isSet', 'isEmpty']) }),
]);
export type TextValues = z.infer<typeof textValues>;

interface TextSpec {
  family: Family;
  ops: readonly TextOp[];
  /** SQL over rows `s`: whether one of the customer's texts is LIKE a pattern; any text at all for null. */
  isLike: (pattern: string | null, context: SqlContext) => string;
  /** The customer's texts, folded unless `fold` says otherwise; never empty ones. */
  read: (customer: CustomerFacts) => readonly string[];
  /** How what was typed is folded; by the database unless given. */
  fold?: (typed: string) => string;
}

/** A pattern for LIKE, of a text to be folded by the database (`fold_text` leaves its signs). */
function pattern(op: 'contains' | 'startsWith' | 'is', typed: string): string {
  const escaped = typed.replace(/[\\%_]/g, '\\$&');
  return `${op === 'contains' ? '%' : ''}${escaped}${op === 'is' ? '' : '%'}`;
}

/** What was typed, folded. Throws for a text that the moment was not read with. */
export function foldedText(typed: string, { folded }: Moment): string {
  const text = folded.get(typed);
  if (text === undefined) throw new Error('the moment was read without a text of the rule');
  return text;
}

/** A condition on texts. */
export function textCondition<C extends string>(code: C, spec: TextSpec): Condition<C, TextValues> {
  const { family, ops, isLike, read, fold } = spec;
  const matches = { contains: 'includes', startsWith: 'startsWith' } as const;
  return defineCondition(code, {
    family,
    kind: { name: 'text', ops },
    values: textValues.refine(({ op }) => ops.includes(op)),
    sql(values, context) {
      if (!('text' in values)) return `${values.op === 'isEmpty' ? 'NOT ' : ''}${isLike(null, context)}`;
      const typed = fold?.(values.text) ?? values.text;
      return isLike(pattern(values.op, typed), context);
    },
    evaluate(values, customer, moment) {
      const own = read(customer);
      if (!('text' in values)) return own.length > 0 === (values.op === 'isSet');
      const wanted = fold?.(values.text) ?? foldedText(values.text, moment);
      const { op } = values;
      return own.some((each) => (op === 'is' ? each === wanted : each[matches[op]](wanted)));
    },
    show(customer) {
      const own = read(customer);
      return own.length === 0 ? { is: 'nothing' } : { is: 'texts', texts: own };
    },
    texts: (values) => ('text' in values && fold === undefined ? [values.text] : []),
  });
}
