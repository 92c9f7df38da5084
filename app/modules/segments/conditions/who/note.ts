import { textCondition } from '../kinds/text.ts';
import { inRecord } from '../condition.ts';

/** The note that Shopify shows with the customer. */
export const note = textCondition('note', {
  family: 'who',
  ops: ['contains', 'isSet', 'isEmpty'],
  isLike: (pattern, { put }) =>
    pattern === null
      ? inRecord(`c.note <> ''`)
      : inRecord(`c.note IS NOT NULL AND fold_text(c.note) LIKE fold_text(${put(pattern, 'text')})`),
  read: ({ folded }) => (folded.note === '' ? [] : [folded.note]),
});
