import { dividedHalfUpSql, metricsOf, monthsSql, predictableSql } from './metrics.ts';
import { numberCondition } from '../kinds/number.ts';

/** The share of months with an order since the first one (F50), at most 100 %. */
export const loyalRatio = numberCondition('loyal_ratio', {
  family: 'orders',
  measure: 'percent',
  scale: 2,
  canBeEmpty: true,
  expression: (context) =>
    predictableSql(
      `least(10000, ${dividedHalfUpSql('s.active_months::bigint * 10000', monthsSql(context))})`,
    ),
  read: (customer, moment) => {
    const { loyalBp } = metricsOf(customer, moment);
    return loyalBp === null ? null : BigInt(loyalBp);
  },
});
