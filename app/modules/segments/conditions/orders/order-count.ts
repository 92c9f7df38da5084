import { numberCondition } from '../kinds/number.ts';

/** Valid orders (F41). */
export const orderCount = numberCondition('order_count', {
  family: 'orders',
  measure: 'count',

  expression: () => 's.orders_valid',
  read: ({ ordersValid }) => BigInt(ordersValid),
});
