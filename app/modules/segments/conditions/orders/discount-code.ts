import { text } from '../kinds/limits.ts';
import { setCondition } from '../kinds/set.ts';

/** Discount codes on valid orders, in upper case. */
export const discountCode = setCondition('discount_code', {
  family: 'orders',
  choices: { from: 'text' },
  item: text.transform((code) => code.toUpperCase()),
  hasAny: (list, { put }) =>
    list === null ? 'cardinality(s.codes) > 0' : `s.codes && ${put(list, 'text[]')}`,
  read: (customer) => customer.codes,
});
