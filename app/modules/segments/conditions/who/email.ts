import { textCondition } from '../kinds/text.ts';
import { inRecord } from '../condition.ts';

export const email = textCondition('email', {
  family: 'who',
  ops: ['contains', 'startsWith', 'is', 'isSet', 'isEmpty'],
  isLike: (pattern, { put }) =>
    pattern === null
      ? 's.has_email'
      : inRecord(`c.email IS NOT NULL AND fold_text(c.email) LIKE fold_text(${put(pattern, 'text')})`),
  read: ({ folded, email: own }) => (own === null || own === '' ? [] : [folded.email]),
});
