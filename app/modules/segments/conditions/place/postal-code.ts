import { z } from 'zod';
import { defineCondition } from '../condition.ts';
import { listOf, text } from '../kinds/limits.ts';

/** As stored for comparison: in upper case, without spaces. */
const postalKey = (typed: string) => typed.toUpperCase().replace(/\s/g, '');

const postalValues = z.discriminatedUnion('op', [
  z.object({ op: z.enum(['anyOf', 'noneOf', 'startsWith']), list: listOf(text) }),
  z.object({ op: z.enum(['isSet', 'isEmpty']) }),
]);

/** Whole postal codes, or how they begin. */
export const postalCode = defineCondition('postal_code', {
  family: 'place',
  kind: { name: 'postal' },
  values: postalValues,
  sql(values, { put }) {
    if (!('list' in values)) return `s.postal_key IS ${values.op === 'isSet' ? 'NOT NULL' : 'NULL'}`;
    const keys = values.list.map(postalKey);
    if (values.op === 'startsWith')
      return `(${keys.map((key) => `starts_with(s.postal_key, ${put(key, 'text')})`).join(' OR ')})`;
    const isOne = `s.postal_key = ANY(${put(keys, 'text[]')})`;
    return values.op === 'anyOf' ? isOne : `(${isOne}) IS NOT TRUE`;
  },
  evaluate(values, { postalKey: own }) {
    if (!('list' in values)) return (own !== null) === (values.op === 'isSet');
    const keys = values.list.map(postalKey);
    if (values.op === 'startsWith') return own !== null && keys.some((key) => own.startsWith(key));
    return (own !== null && keys.includes(own)) === (values.op === 'anyOf');
  },
  show: ({ postalKey: own }) => (own === null ? { is: 'nothing' } : { is: 'texts', texts: [own] }),
});
