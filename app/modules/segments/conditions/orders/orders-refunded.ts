import { numberCondition } from '../kinds/number.ts';

/** Orders of which money went back. */
export const ordersRefunded = numberCondition('orders_refunded', {
  family: 'orders',
  measure: 'count',

  expression: () => 's.orders_refunded',
  read: (customer) => BigInt(customer.ordersRefunded),
});
