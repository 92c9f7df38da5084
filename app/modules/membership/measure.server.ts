/** What customers spent or earned since a moment, those merged into them included. */
import type { Queryable } from '#app/db.server.ts';
import { bigintArray } from '#app/lib/pg-arrays.ts';
import type { TierMeasure } from './rules/tier.ts';

/** Whatever is given to a customer counts, less what was taken back or taken away; what only moves or returns does not. */
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

/** $1 shop, $2 customers: each with everybody who was merged into them. */
const PEOPLE = `unnest($2::bigint[]) AS k (customer_id)
  CROSS JOIN LATERAL (SELECT k.customer_id AS id
    UNION ALL SELECT m.customer_id FROM customers m WHERE m.shop_id = $1 AND m.merged_into = k.customer_id) one`;

const SPENT = `SELECT k.customer_id, sum(x.net)::bigint AS measured FROM ${PEOPLE}
  CROSS JOIN LATERAL (
    SELECT o.net_minor AS net FROM orders o
     WHERE o.shop_id = $1 AND o.customer_id = one.id AND o.processed_at >= coalesce($3, '-infinity'::timestamptz)
    UNION ALL
    SELECT o.net_minor FROM orders o
     WHERE o.shop_id = $1 AND o.claimed_by = one.id AND o.customer_id IS NULL
       AND o.processed_at >= coalesce($3, '-infinity'::timestamptz)) x
  GROUP BY 1`;

const EARNED = `SELECT k.customer_id, sum(e.amount)::bigint AS measured FROM ${PEOPLE}
  JOIN ledger_entries e ON e.shop_id = $1 AND e.customer_id = one.id AND e.unit = 'POINTS'
    AND e.effective_at >= coalesce($3, '-infinity'::timestamptz) AND e.kind = ANY($4)
  GROUP BY 1`;

/**
 * The measured amount by customer; who has none is missing. Spend is what was paid for orders made since then and not
 * given back; points are what was earned since then. `since` null: from the beginning.
 */
export async function measure(
  db: Queryable,
  shopId: bigint,
  customerIds: readonly bigint[],
  by: TierMeasure,
  since: Date | null,
): Promise<Map<bigint, bigint>> {
  if (customerIds.length === 0) return new Map();
  const parameters = [shopId, bigintArray(customerIds), since];
  const { rows } = await db.query<{ customer_id: bigint; measured: bigint }>(
    by === 'spend' ? SPENT : EARNED,
    by === 'spend' ? parameters : [...parameters, EARNED_KINDS],
  );
  return new Map(rows.map((row) => [row.customer_id, row.measured > 0n ? row.measured : 0n]));
}
