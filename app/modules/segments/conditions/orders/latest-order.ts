import { dateCondition } from '../kinds/date.ts';

/** The last order of any status. */
export const latestOrder = dateCondition('latest_order', {
  family: 'orders',
  column: 's.latest_order_at',
  read: ({ latestOrderAt }) => latestOrderAt,
});
