import { dividedHalfUpSql, metricsOf } from './metrics.ts';
import { numberCondition } from '../kinds/number.ts';

const DAY_MS = 86_400_000;

const epochMs = (at: string) => `floor(extract(epoch FROM ${at}) * 1000)::bigint`;

/** Mean days between two valid orders (F47). */
export const orderGap = numberCondition('order_gap', {
  family: 'orders',
  measure: 'days',
  scale: 1,
  canBeEmpty: true,
  expression: () =>
    `CASE WHEN s.orders_valid > 1 THEN ${dividedHalfUpSql(`(${epochMs('s.last_order_at')} - ${epochMs('s.first_order_at')}) * 10`, `(s.orders_valid - 1)::bigint * ${DAY_MS}`)} END`,
  read: (customer, moment) => metricsOf(customer, moment).gapTenths,
});
