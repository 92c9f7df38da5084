import { numberCondition } from '../kinds/number.ts';

/** Orders of every status (F52). */
export const orderCountAll = numberCondition('order_count_all', {
  family: 'orders',
  measure: 'count',

  expression: () => 's.orders_all',
  read: ({ ordersAll }) => BigInt(ordersAll),
});
