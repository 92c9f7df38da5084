import { text } from '../kinds/limits.ts';
import { setCondition } from '../kinds/set.ts';

/** Tags by their keys. */
export const tags = setCondition('tags', {
  family: 'who',
  choices: { from: 'tag' },
  item: text,
  // Chosen tags are looked up once: where the planner asks for each customer in turn, it guesses wrong how many there are.
  hasAny: (list, { put }) =>
    list === null
      ? 'EXISTS (SELECT 1 FROM customer_tags t WHERE t.shop_id = $1 AND t.customer_id = s.customer_id AND t.is_on)'
      : `s.customer_id IN (SELECT t.customer_id FROM customer_tags t
          WHERE t.shop_id = $1 AND t.is_on AND t.tag_key = ANY(${put(list, 'text[]')}))`,
  read: (customer) => customer.tags,
  references: 'tag',
});
