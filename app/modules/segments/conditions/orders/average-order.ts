import { dividedHalfUpSql, metricsOf } from './metrics.ts';
import { numberCondition } from '../kinds/number.ts';

/** The average valid order (F49), rounded half up. */
export const averageOrder = numberCondition('average_order', {
  family: 'orders',
  measure: 'money',

  canBeEmpty: true,
  expression: () => dividedHalfUpSql('s.spend_minor', 's.orders_valid - s.other_currency_valid'),
  read: (customer, moment) => metricsOf(customer, moment).averageOrderMinor.valid,
});
