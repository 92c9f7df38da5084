/** Conditions that a customer meets or doesn't. */
import { z } from 'zod';
import { defineCondition, type Condition, type Family, type SqlContext } from '../condition.ts';
import type { CustomerFacts, Moment } from '../facts.ts';

export const flagValues = z.object({ op: z.enum(['yes', 'no']) });
export type FlagValues = z.infer<typeof flagValues>;

interface FlagSpec {
  family: Family;
  sql: (context: SqlContext) => string;
  read: (customer: CustomerFacts, moment: Moment) => boolean;
}

/** A condition of yes or no. */
export function flagCondition<C extends string>(
  code: C,
  { family, sql, read }: FlagSpec,
): Condition<C, FlagValues> {
  return defineCondition(code, {
    family,
    kind: { name: 'flag' },
    values: flagValues,
    sql: ({ op }, context) => (op === 'yes' ? sql(context) : `(${sql(context)}) IS NOT TRUE`),
    evaluate: ({ op }, customer, moment) => read(customer, moment) === (op === 'yes'),
    show: (customer, moment) => ({ is: 'flag', isOn: read(customer, moment) }),
  });
}
