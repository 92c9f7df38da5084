/** How many customers a rule means, and the first of them. */
import { pool } from '#app/db.server.ts';
import { EVERYBODY } from './customer-filter.ts';
import { prepareFilter, whereOf } from './filter-sql.server.ts';
import { listCustomers, type ListedCustomer } from './list-customers.server.ts';
import type { SegmentNode } from './tree/tree.ts';

export const SAMPLE_SIZE = 10;

/** Counts the shop's customers that a rule means, exactly. */
export async function countSegment(shopId: bigint, rule: SegmentNode): Promise<number> {
  const prepared = await prepareFilter(pool, shopId, { ...EVERYBODY, rule });
  const values = [...prepared.parameters];
  const { rows } = await pool.query<{ count: number }>(
    `SELECT count(*)::int AS count FROM customer_stats s WHERE ${whereOf(prepared, 'walk', values)}`,
    values,
  );
  return rows[0]?.count ?? 0;
}

/** Up to ten customers that a rule means, those who ordered last. */
export async function sampleSegment(shopId: bigint, rule: SegmentNode): Promise<ListedCustomer[]> {
  const { customers } = await listCustomers(shopId, { ...EVERYBODY, rule });
  return customers.slice(0, SAMPLE_SIZE);
}
