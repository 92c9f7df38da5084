import { inRecord } from '../condition.ts';
import { text } from '../kinds/limits.ts';
import { setCondition } from '../kinds/set.ts';

export const interests = setCondition('interests', {
  family: 'who',
  choices: { from: 'interest' },
  item: text,
  hasAny: (list, { put }) =>
    inRecord(`c.interests <> '{}'${list === null ? '' : ` AND c.interests && ${put(list, 'text[]')}`}`),
  read: (customer) => customer.interests,
});
