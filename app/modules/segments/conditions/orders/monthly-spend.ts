import { dividedHalfUpSql, metricsOf, monthsSql } from './metrics.ts';
import { numberCondition } from '../kinds/number.ts';

/** Spend by month since the first order (F44). */
export const monthlySpend = numberCondition('monthly_spend', {
  family: 'orders',
  measure: 'money',

  canBeEmpty: true,
  expression: (context) => dividedHalfUpSql('s.spend_minor', monthsSql(context)),
  read: (customer, moment) => metricsOf(customer, moment).monthlySpendMinor,
});
