import { text } from '../kinds/limits.ts';
import { isOneOf } from '../condition.ts';
import { setCondition } from '../kinds/set.ts';

/** Tags by their keys. */
export const tags = setCondition('tags', {
  family: 'who',
  choices: { from: 'tag' },
  item: text,
  hasAny: (list, context) =>
    list === null
      ? 'EXISTS (SELECT 1 FROM customer_tags t WHERE t.shop_id = $1 AND t.customer_id = s.customer_id AND t.is_on)'
      : context.isAmong(`SELECT t.customer_id FROM customer_tags t
          WHERE t.shop_id = $1 AND t.is_on AND t.tag_key ${isOneOf(context, list, 'text')}`),
  read: (customer) => customer.tags,
  references: 'tag',
});
