import { dividedHalfUpSql, metricsOf, monthsSql } from './metrics.ts';
import { numberCondition } from '../kinds/number.ts';

/** Orders by month since the first one (F45). */
export const monthlyOrders = numberCondition('monthly_orders', {
  family: 'orders',
  measure: 'count',
  scale: 2,
  canBeEmpty: true,
  expression: (context) => dividedHalfUpSql('s.orders_valid::bigint * 100', monthsSql(context)),
  read: (customer, moment) => metricsOf(customer, moment).monthlyOrdersHundredths,
});
