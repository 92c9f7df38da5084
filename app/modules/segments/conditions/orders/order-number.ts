import { textCondition } from '../kinds/text.ts';

const withoutSign = (name: string) => name.replace(/^#/, '');

/** Has an order of this number, of any status; with or without Shopify's "#". */
export const orderNumber = textCondition('order_number', {
  family: 'orders',
  ops: ['is', 'startsWith'],
  isLike(pattern, { put }) {
    const name = pattern ?? '%';
    return `s.customer_id IN (SELECT coalesce(c.merged_into, c.customer_id) FROM orders o
      JOIN customers c ON c.shop_id = $1 AND c.customer_id = coalesce(o.customer_id, o.claimed_by)
      WHERE o.shop_id = $1 AND (lower(o.name) LIKE ${put(name, 'text')} OR lower(o.name) LIKE ${put(`#${name}`, 'text')}))`;
  },
  read: ({ orderNames }) => orderNames.map(withoutSign),
  fold: (typed) => withoutSign(typed).toLowerCase(),
});
