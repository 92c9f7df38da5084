import { numberCondition } from '../kinds/number.ts';

/** The sum of all orders, of every status (F36, F53). */
export const orderTotalAll = numberCondition('order_total_all', {
  family: 'orders',
  measure: 'money',

  expression: () => 's.total_all_minor',
  read: ({ totalAllMinor }) => totalAllMinor,
});
