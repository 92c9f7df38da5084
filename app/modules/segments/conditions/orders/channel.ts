import { text } from '../kinds/limits.ts';
import { setCondition } from '../kinds/set.ts';

/** Where valid orders were placed: `web`, `pos`, an app. */
export const channel = setCondition('channel', {
  family: 'orders',
  choices: { from: 'channel' },
  item: text,
  hasAny: (list, { put }) =>
    list === null ? 'cardinality(s.channels) > 0' : `s.channels && ${put(list, 'text[]')}`,
  read: (customer) => customer.channels,
});
