import { textCondition } from '../kinds/text.ts';
import { inRecord, mayBeLike } from '../condition.ts';

export const email = textCondition('email', {
  family: 'who',
  ops: ['contains', 'startsWith', 'is', 'isSet', 'isEmpty'],
  isLike: (pattern, context) =>
    pattern === null
      ? 's.has_email'
      : inRecord(
          `c.email IS NOT NULL AND ${mayBeLike(pattern, context)} AND fold_text(c.email) LIKE fold_text(${context.put(pattern, 'text')})`,
        ),
  read: ({ folded, email: own }) => (own === null || own === '' ? [] : [folded.email]),
});
