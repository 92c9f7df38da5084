import { addDays, localDay } from '#app/lib/calendar-days.ts';
import { instantsSql } from '../kinds/date.ts';
import { numberCondition } from '../kinds/number.ts';

const DAY_MS = 86_400_000;
const DAYS_MAX = 100_000n;

/** The day that was `days` days ago, of any number. */
function dayBefore(today: string, days: bigint): string {
  const within = days > DAYS_MAX ? DAYS_MAX : days < -DAYS_MAX ? -DAYS_MAX : days;
  return addDays(today, -Number(within));
}

/** Calendar days since the last valid order. */
export const daysSinceOrder = numberCondition('days_since_order', {
  family: 'orders',
  measure: 'days',
  canBeEmpty: true,
  expression: () => 's.last_order_at',
  rangeSql: ({ from, to }, context) =>
    instantsSql(
      's.last_order_at',
      {
        from: to === null ? null : dayBefore(context.moment.today, to),
        until: from === null ? null : dayBefore(context.moment.today, from - 1n),
      },
      context,
    ),
  read({ lastOrderAt }, { today, timeZone }) {
    if (lastOrderAt === null) return null;
    return BigInt((Date.parse(today) - Date.parse(localDay(lastOrderAt, timeZone))) / DAY_MS);
  },
});
