import { dividedHalfUpSql, metricsOf, monthsSql, predictableSql } from './metrics.ts';
import { numberCondition } from '../kinds/number.ts';

/** What the customer is worth if they go on like this for the months that the shop expects (F48). */
export const lifetimeValue = numberCondition('lifetime_value', {
  family: 'orders',
  measure: 'money',

  canBeEmpty: true,
  expression: (context) =>
    predictableSql(
      dividedHalfUpSql(
        `s.spend_minor * ${context.put(context.moment.lifetimeMonths, 'bigint')}`,
        monthsSql(context),
      ),
    ),
  read: (customer, moment) => metricsOf(customer, moment).lifetimeMinor,
});
