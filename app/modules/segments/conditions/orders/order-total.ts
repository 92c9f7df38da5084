import { numberCondition } from '../kinds/number.ts';

/** What valid orders are worth, net of refunds (F43). */
export const orderTotal = numberCondition('order_total', {
  family: 'orders',
  measure: 'money',

  expression: () => 's.spend_minor',
  read: ({ spendMinor }) => spendMinor,
});
