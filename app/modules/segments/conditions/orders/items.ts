import { numberCondition } from '../kinds/number.ts';

/** Items kept (F42). */
export const items = numberCondition('items', {
  family: 'orders',
  measure: 'count',

  expression: () => 's.items',
  read: (customer) => BigInt(customer.items),
});
