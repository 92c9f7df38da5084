import { dateCondition } from '../kinds/date.ts';

/** The last valid order (F46). */
export const lastOrder = dateCondition('last_order', {
  family: 'orders',
  column: 's.last_order_at',
  read: ({ lastOrderAt }) => lastOrderAt,
});
