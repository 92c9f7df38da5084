import { textCondition } from '../kinds/text.ts';

/** Notes that staff wrote here, deleted ones left out. */
export const staffNote = textCondition('staff_note', {
  family: 'who',
  ops: ['contains', 'isSet', 'isEmpty'],
  isLike: (pattern, { put }) =>
    `EXISTS (SELECT 1 FROM customer_notes n WHERE n.shop_id = $1 AND n.customer_id = s.customer_id AND n.deleted_at IS NULL${
      pattern === null ? '' : ` AND fold_text(n.text) LIKE fold_text(${put(pattern, 'text')})`
    })`,
  read: ({ folded }) => folded.staffNotes,
});
