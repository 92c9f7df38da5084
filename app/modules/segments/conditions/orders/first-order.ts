import { dateCondition } from '../kinds/date.ts';

/** The first valid order. */
export const firstOrder = dateCondition('first_order', {
  family: 'orders',
  column: 's.first_order_at',
  read: ({ firstOrderAt }) => firstOrderAt,
});
