import { textCondition } from '../kinds/text.ts';
import { inRecord, mayBeLike } from '../condition.ts';

/** First and last name as one text; empty for a customer without. */
export const NAME_SQL = `btrim(coalesce(c.first_name, '') || ' ' || coalesce(c.last_name, ''))`;

export const name = textCondition('name', {
  family: 'who',
  ops: ['contains', 'startsWith', 'is', 'isSet', 'isEmpty'],
  isLike: (pattern, context) =>
    pattern === null
      ? inRecord(`${NAME_SQL} <> ''`)
      : inRecord(
          `${mayBeLike(pattern, context)} AND fold_text(${NAME_SQL}) LIKE fold_text(${context.put(pattern, 'text')})`,
        ),
  read: ({ folded }) => (folded.name === '' ? [] : [folded.name]),
});
