/** Finds the members of one segment among all customers: who joins and who leaves follow from the difference. */
import type { Transaction } from '#app/db.server.ts';
import { INSERT_EVENTS } from '#app/modules/events/insert-events.ts';
import type { Moment } from '../conditions/facts.ts';
import { compileTree } from '../tree/compile.ts';
import type { SegmentNode } from '../tree/tree.ts';

export interface SegmentMoment {
  shopId: bigint;
  segmentId: bigint;
  rule: SegmentNode;
  moment: Moment;
}

/** Writes an event for each segment and customer of `moved`; `$3` is the moment. */
export const tell = (kind: 'segment.joined' | 'segment.left', moved: string): string =>
  `${INSERT_EVENTS} SELECT $1, '${kind}', k.customer_id, jsonb_build_object('segment', k.segment_id::text), $3::timestamptz FROM ${moved} k ORDER BY k.segment_id, k.customer_id`;

/**
 * Adds and removes members of a segment whose row is locked. Returns how many. Events are only written if `isTold`:
 * customers whom a new rule means have not joined anything.
 */
export async function lookAtEveryone(
  tx: Transaction,
  { shopId, segmentId, rule, moment }: SegmentMoment,
  isTold: boolean,
): Promise<number> {
  const values: unknown[] = [shopId, segmentId, moment.now];
  const meant = `s.shop_id = $1 AND s.standing = 'active' AND ${compileTree(rule, moment, values)}`;
  const events = `, told_left AS (${tell('segment.left', 'gone')}), told_joined AS (${tell('segment.joined', 'come')})`;
  const { rows } = await tx.query<{ moved: number }>(
    `WITH meant AS MATERIALIZED (SELECT s.customer_id FROM customer_stats s WHERE ${meant}),
       gone AS (DELETE FROM segment_members m USING (${MEMBERS} EXCEPT SELECT customer_id FROM meant) k
         WHERE m.shop_id = $1 AND m.segment_id = $2 AND m.customer_id = k.customer_id RETURNING m.segment_id, m.customer_id),
       come AS (INSERT INTO segment_members (shop_id, segment_id, customer_id, since)
         SELECT $1, $2, k.customer_id, $3::timestamptz FROM (SELECT customer_id FROM meant EXCEPT ${MEMBERS}) k
         ON CONFLICT DO NOTHING RETURNING segment_id, customer_id)${isTold ? events : ''}
     SELECT ((SELECT count(*) FROM gone) + (SELECT count(*) FROM come))::int AS moved`,
    values,
  );
  return rows[0]?.moved ?? 0;
}

/**
 * Compared as sets: right after many members were added the planner takes them for a few, and would look at everyone for
 * each of them.
 */
const MEMBERS = 'SELECT o.customer_id FROM segment_members o WHERE o.shop_id = $1 AND o.segment_id = $2';
