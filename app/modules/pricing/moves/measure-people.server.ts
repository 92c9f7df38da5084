/** What customers bought, as rules that move people count it. */
import type { Queryable } from '#app/db.server.ts';
import { bigintArray, timestampArray } from '#app/lib/pg-arrays.ts';
import { IS_VALID, ORDERS_OF } from '#app/modules/orders/figures/refresh-figures.server.ts';
import type { MoveRule } from '../rules/move-people.ts';

const DAY_MS = 86_400_000;

/** The measured sums, as SQL over valid orders `o`. */
export const MEASURED: Readonly<Record<MoveRule['measure'], string>> = {
  orders: 'count(*)',
  spend: 'coalesce(sum(o.net_minor), 0)',
  quantity: 'coalesce(sum(o.items), 0)',
};

/** The first moment of a rule's period; null: all time counts. */
export const periodStart = (days: number | null, now: Date): Date | null =>
  days === null ? null : new Date(now.getTime() - days * DAY_MS);

/**
 * From when orders count for a customer: over the rule's days, and where someone chose the category after the rule was on, from
 * that choice on. Null: from the beginning.
 */
export function countedSince(
  { days, activeSince }: Pick<MoveRule, 'days'> & { activeSince: Date | null },
  chosenAt: Date | null,
  now: Date,
): Date | null {
  const ofPeriod = periodStart(days, now);
  const ofChoice = chosenAt !== null && activeSince !== null && chosenAt > activeSince ? chosenAt : null;
  if (ofPeriod === null || ofChoice === null) return ofPeriod ?? ofChoice;
  return ofPeriod > ofChoice ? ofPeriod : ofChoice;
}

/** Returns what these customers bought since their moments, by customer; those without valid orders are missing. */
export async function measurePeople(
  db: Queryable,
  shopId: bigint,
  measure: MoveRule['measure'],
  people: readonly { customerId: bigint; since: Date | null }[],
): Promise<Map<bigint, bigint>> {
  if (people.length === 0) return new Map();
  const { rows } = await db.query<{ id: bigint; measured: bigint }>(
    `SELECT k.customer_id AS id, (${MEASURED[measure]})::bigint AS measured
     FROM (SELECT $1::bigint AS shop_id, n.* FROM unnest($2::bigint[], $3::timestamptz[]) AS n (customer_id, since)) k
       JOIN LATERAL ${ORDERS_OF} o ON o.processed_at >= coalesce(k.since, '-infinity') AND ${IS_VALID} GROUP BY 1`,
    [
      shopId,
      bigintArray(people.map(({ customerId }) => customerId)),
      timestampArray(people.map(({ since }) => since)),
    ],
  );
  return new Map(rows.map(({ id, measured }) => [id, measured]));
}
