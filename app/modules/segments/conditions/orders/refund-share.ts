import { dividedHalfUp } from '#app/lib/integers.ts';
import { dividedHalfUpSql } from './metrics.ts';
import { numberCondition } from '../kinds/number.ts';

/** Money that went back, of all that was paid; rounded half up. */
export const refundShare = numberCondition('refund_share', {
  family: 'orders',
  measure: 'percent',
  scale: 2,
  canBeEmpty: true,
  expression: () => dividedHalfUpSql('s.refunded_minor * 10000', 's.paid_minor'),
  read: ({ refundedMinor, paidMinor }) =>
    paidMinor === 0n ? null : dividedHalfUp(refundedMinor * 10_000n, paidMinor),
});
