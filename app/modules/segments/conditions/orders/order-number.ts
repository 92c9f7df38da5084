import { textCondition } from '../kinds/text.ts';

const withoutSign = (name: string) => name.replace(/^#/, '');

/** Has an order of this number, of any status; with or without Shopify's "#". */
export const orderNumber = textCondition('order_number', {
  family: 'orders',
  ops: ['is', 'startsWith'],
  isLike(pattern, { put, isAmong }) {
    const name = pattern ?? '%';
    const owner = 'coalesce(o.customer_id, o.claimed_by)';
    const orders = `orders o WHERE o.shop_id = $1 AND (lower(o.name) LIKE ${put(name, 'text')} OR lower(o.name) LIKE ${put(`#${name}`, 'text')})`;
    return isAmong(`SELECT DISTINCT ${owner} FROM ${orders} AND ${owner} IS NOT NULL
      UNION ALL SELECT c.merged_into FROM customers c WHERE c.shop_id = $1 AND c.merged_into IS NOT NULL
        AND EXISTS (SELECT 1 FROM ${orders} AND ${owner} = c.customer_id)`);
  },
  read: ({ orderNames }) => orderNames.map(withoutSign),
  fold: (typed) => withoutSign(typed).toLowerCase(),
});
