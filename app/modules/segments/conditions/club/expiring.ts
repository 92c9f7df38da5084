import { z } from 'zod';
import { addDays, localDay } from '#app/lib/calendar-days.ts';
import type { Unit } from '#app/lib/units.ts';
import { defineCondition, type Condition } from '../condition.ts';
import type { CustomerFacts, Moment } from '../facts.ts';
import { days, integerText } from '../kinds/limits.ts';
import { instantsSql } from '../kinds/date.ts';
import { remaining } from './account.ts';

/** At least `value` expires within `days` days from today. */
export const expiringValues = z.object({
  op: z.literal('within'),
  days,
  value: integerText.refine((value) => BigInt(value) > 0n),
});
type ExpiringValues = z.infer<typeof expiringValues>;

/** `expiresAt` is exclusive: what can be used for the last time today expires when tomorrow begins. */
function expiring(
  unit: Unit,
  { days: within }: ExpiringValues,
  customer: CustomerFacts,
  moment: Moment,
): bigint {
  const last = addDays(moment.today, within + 1);
  const lots = customer.accounts[unit]?.lots ?? [];
  return remaining(
    lots.filter(
      ({ expiresAt }) =>
        expiresAt !== null && expiresAt > moment.now && localDay(expiresAt, moment.timeZone) <= last,
    ),
  );
}

function expiringCondition<C extends string>(code: C, unit: Unit): Condition<C, ExpiringValues> {
  return defineCondition(code, {
    family: 'club',
    kind: { name: 'expiring', measure: unit === 'POINTS' ? 'points' : 'money' },
    values: expiringValues,
    sql(values, context) {
      const { put, isAmong, moment } = context;
      const until = { from: null, until: addDays(moment.today, values.days + 2) };
      return isAmong(`SELECT l.customer_id FROM ledger_lots l
        WHERE l.shop_id = $1 AND l.unit = ${put(unit, 'text')} AND l.remaining > 0 AND l.expires_at > ${put(moment.now, 'timestamptz')}
          AND ${instantsSql('l.expires_at', until, context)}
        GROUP BY l.customer_id HAVING sum(l.remaining) >= ${put(values.value, 'bigint')}`);
    },
    evaluate: (values, customer, moment) => expiring(unit, values, customer, moment) >= BigInt(values.value),
    show: (customer, moment, values) => ({
      is: 'number',
      value: expiring(unit, values, customer, moment).toString(),
    }),
  });
}

export const pointsExpiring = expiringCondition('points_expiring', 'POINTS');
export const creditExpiring = expiringCondition('credit_expiring', 'CREDIT');
