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
  const left = `DELETE FROM segment_members m WHERE m.shop_id = $1 AND m.segment_id = $2 AND NOT EXISTS (
      SELECT 1 FROM customer_stats s WHERE s.customer_id = m.customer_id AND ${meant})`;
  // The aggregate finds all before the first is written: a scan of the members would otherwise meet each that was added.
  const joined = `INSERT INTO segment_members (shop_id, segment_id, customer_id, since)
    SELECT $1, $2, k.id, $3::timestamptz FROM (SELECT array_agg(s.customer_id) AS ids FROM customer_stats s WHERE ${meant}
      AND NOT EXISTS (SELECT 1 FROM segment_members m WHERE m.shop_id = $1 AND m.segment_id = $2 AND m.customer_id = s.customer_id)) found
    CROSS JOIN unnest(found.ids) AS k (id) ON CONFLICT DO NOTHING`;
  const gone = await tx.query(
    withEvents(left, 'm.segment_id, m.customer_id', 'segment.left', isTold),
    values,
  );
  const come = await tx.query(
    withEvents(joined, 'segment_id, customer_id', 'segment.joined', isTold),
    values,
  );
  return (gone.rowCount ?? 0) + (come.rowCount ?? 0);
}

/** The statement has all parameters whether it tells or not. */
function withEvents(
  write: string,
  columns: string,
  kind: 'segment.joined' | 'segment.left',
  isTold: boolean,
): string {
  const returning = `${write} RETURNING ${columns}`;
  return isTold
    ? `WITH moved AS (${returning}) ${tell(kind, 'moved')}`
    : `WITH moved AS (${returning}) SELECT 1 FROM moved WHERE $3::timestamptz IS NOT NULL`;
}
