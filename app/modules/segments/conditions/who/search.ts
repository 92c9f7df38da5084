import { textCondition } from '../kinds/text.ts';
import { inRecord } from '../condition.ts';

/** Name, e-mail or phone contain a text. */
export const search = textCondition('search', {
  family: 'who',
  ops: ['contains'],
  isLike: (pattern, { put }) =>
    pattern === null ? 'true' : inRecord(`c.search_text LIKE fold_text(${put(pattern, 'text')})`),
  read: ({ folded }) => [folded.search],
});
