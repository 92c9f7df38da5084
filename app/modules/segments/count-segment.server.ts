/** How many customers a rule means, and the first of them. */
import { pool, type Queryable } from '#app/db.server.ts';
import { bigintArray } from '#app/lib/pg-arrays.ts';
import type { CustomerLine } from '#app/modules/customers/customers.queries.server.ts';
import { EVERYBODY } from './customer-filter.ts';
import { prepareFilter, whereOf } from './filter-sql.server.ts';
import { listNearTop } from './list-customers.server.ts';
import type { SegmentNode } from './tree/tree.ts';

export const SAMPLE_SIZE = 10;

/** Counts the shop's customers that a rule means, exactly. */
export async function countSegment(shopId: bigint, rule: SegmentNode, db: Queryable = pool): Promise<number> {
  const prepared = await prepareFilter(db, shopId, { ...EVERYBODY, rule });
  const values = [...prepared.parameters];
  const { rows } = await db.query<{ count: number }>(
    `SELECT count(*)::int AS count FROM customer_stats s WHERE ${whereOf(prepared, 'walk', values)}`,
    values,
  );
  return rows[0]?.count ?? 0;
}

/**
 * Up to ten customers that a rule means: first those among the customers who ordered last, then any. To find those who
 * ordered last of all that it means would take as long as the list's page, while staff wait for each change.
 */
export async function sampleSegment(
  shopId: bigint,
  rule: SegmentNode,
  db: Queryable = pool,
): Promise<CustomerLine[]> {
  const first = (await listNearTop(shopId, rule)).slice(0, SAMPLE_SIZE);
  if (first.length === SAMPLE_SIZE) return first;
  const prepared = await prepareFilter(db, shopId, { ...EVERYBODY, rule });
  const values = [...prepared.parameters];
  const { rows } = await db.query<CustomerLine>(
    `SELECT c.customer_id AS "customerId", c.first_name AS "firstName", c.last_name AS "lastName", c.email, c.phone
     FROM (SELECT s.shop_id, s.customer_id FROM customer_stats s WHERE ${whereOf(prepared, 'walk', values)}
       AND s.customer_id <> ALL($${values.length + 1}::bigint[]) LIMIT ${SAMPLE_SIZE - first.length}) s
     JOIN customers c USING (shop_id, customer_id)`,
    [...values, bigintArray(first.map(({ customerId }) => customerId))],
  );
  return [...first, ...rows];
}
