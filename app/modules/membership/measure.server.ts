/** What customers spent or earned since a time, including the customers merged into them. */
import type { Queryable } from '#app/db.server.ts';
import { bigintArray } from '#app/lib/pg-arrays.ts';
import type { TierMeasure } from './rules/tier.ts';

/** What a customer was given counts, less what was taken back or removed; what only moves or is restored does not. */
const EARNED_KINDS = [
  'order_spend',
  'order_product',
  'offer',
  'tier_bonus',
  'birthday',
  'anniversary',
  'welcome',
  'referral',
  'manual_add',
  'manual_deduct',
  'refund_reversal',
  'cancel_reversal',
];

/** Where a statement finds what is measured: SQL of the shop's id, of the array of customers, and of the first moment. */
interface MeasureSql {
  shopId: string;
  customerIds: string;
  since: string;
}

/** Each customer with the customers merged into them. */
const people = ({ shopId, customerIds }: MeasureSql) => `unnest(${customerIds}) AS k (customer_id)
  CROSS JOIN LATERAL (SELECT k.customer_id AS id
    UNION ALL SELECT m.customer_id FROM customers m WHERE m.shop_id = ${shopId} AND m.merged_into = k.customer_id) one`;

const selectSpent = (
  sql: MeasureSql,
) => `SELECT k.customer_id, sum(x.net)::bigint AS measured FROM ${people(sql)}
  CROSS JOIN LATERAL (
    SELECT o.net_minor AS net FROM orders o
     WHERE o.shop_id = ${sql.shopId} AND o.customer_id = one.id AND o.processed_at >= ${sql.since}
    UNION ALL
    SELECT o.net_minor FROM orders o
     WHERE o.shop_id = ${sql.shopId} AND o.claimed_by = one.id AND o.customer_id IS NULL AND o.processed_at >= ${sql.since}) x
  GROUP BY 1`;

const selectEarned = (
  sql: MeasureSql,
) => `SELECT k.customer_id, sum(e.amount)::bigint AS measured FROM ${people(sql)}
  JOIN ledger_entries e ON e.shop_id = ${sql.shopId} AND e.customer_id = one.id AND e.unit = 'POINTS'
    AND e.effective_at >= ${sql.since} AND e.kind = ANY('{${EARNED_KINDS.join(',')}}')
  GROUP BY 1`;

/** What customers spent or earned: `customer_id` and `measured`, without customers who have none. */
export const selectMeasured = (by: TierMeasure, sql: MeasureSql) =>
  by === 'spend' ? selectSpent(sql) : selectEarned(sql);

const ARRAYS = {
  shopId: '$1::bigint',
  customerIds: '$2::bigint[]',
  since: `coalesce($3, '-infinity'::timestamptz)`,
};
const MEASURE = { spend: selectMeasured('spend', ARRAYS), points: selectMeasured('points', ARRAYS) };

/**
 * Returns the measured amount by customer, without customers who have none. Spend is what was paid for orders made since
 * then and not refunded; points are what was earned since then. `since` null: from the beginning.
 */
export async function measure(
  db: Queryable,
  shopId: bigint,
  customerIds: readonly bigint[],
  by: TierMeasure,
  since: Date | null,
): Promise<Map<bigint, bigint>> {
  if (customerIds.length === 0) return new Map();
  const { rows } = await db.query<{ customer_id: bigint; measured: bigint }>(MEASURE[by], [
    shopId,
    bigintArray(customerIds),
    since,
  ]);
  return new Map(rows.map((row) => [row.customer_id, toMeasured(row.measured)]));
}

/** What was taken back in the period may be more than what was given in it. */
export function toMeasured(sum: bigint | null): bigint {
  return sum !== null && sum > 0n ? sum : 0n;
}
