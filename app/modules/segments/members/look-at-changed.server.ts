/** Finds out for some customers in which segments they are now: from their facts, read once for all segments. */
import type { Transaction } from '#app/db.server.ts';
import { bigintArray } from '#app/lib/pg-arrays.ts';
import { readFacts } from '../read-facts.server.ts';
import { evaluate } from '../tree/evaluate.ts';
import { tell, type SegmentMoment } from './look-at-everyone.server.ts';

const ACTIVE = `
  SELECT s.customer_id AS id FROM customer_stats s
  WHERE s.shop_id = $1 AND s.standing = 'active' AND s.customer_id = ANY($2::bigint[])`;

const MEMBERS = `
  SELECT m.segment_id AS "segmentId", m.customer_id AS "customerId" FROM segment_members m
  WHERE m.shop_id = $1 AND m.segment_id = ANY($2::bigint[]) AND m.customer_id = ANY($3::bigint[])`;

const JOIN = `
  WITH moved AS (INSERT INTO segment_members (shop_id, segment_id, customer_id, since)
    SELECT $1, $2, k.id, $3::timestamptz FROM unnest($4::bigint[]) AS k (id) ON CONFLICT DO NOTHING RETURNING customer_id)
  ${tell('segment.joined', 'moved')}`;

const LEAVE = `
  WITH moved AS (DELETE FROM segment_members m WHERE m.shop_id = $1 AND m.segment_id = $2 AND m.customer_id = ANY($4::bigint[])
    RETURNING m.customer_id)
  ${tell('segment.left', 'moved')}`;

/** Adds and removes these customers in segments of one shop, whose rows are locked. Returns how many changed. */
export async function lookAtChanged(
  tx: Transaction,
  shopId: bigint,
  segments: readonly SegmentMoment[],
  customerIds: readonly bigint[],
): Promise<number> {
  if (segments.length === 0 || customerIds.length === 0) return 0;
  const ids = bigintArray(customerIds);
  const active = await tx.query<{ id: bigint }>(ACTIVE, [shopId, ids]);
  const facts = await readFacts(
    tx,
    shopId,
    active.rows.map(({ id }) => id),
  );
  const { rows } = await tx.query<{ segmentId: bigint; customerId: bigint }>(MEMBERS, [
    shopId,
    bigintArray(segments.map(({ segmentId }) => segmentId)),
    ids,
  ]);
  const members = Map.groupBy(rows, ({ segmentId }) => segmentId);
  let moved = 0;
  for (const { segmentId, rule, moment } of segments) {
    const before = new Set(members.get(segmentId)?.map(({ customerId }) => customerId));
    const now = new Set<bigint>();
    for (const [id, customer] of facts) if (evaluate(rule, customer, moment)) now.add(id);
    const values = [shopId, segmentId, moment.now];
    moved += await write(
      tx,
      LEAVE,
      values,
      [...before].filter((id) => !now.has(id)),
    );
    moved += await write(
      tx,
      JOIN,
      values,
      [...now].filter((id) => !before.has(id)),
    );
  }
  return moved;
}

async function write(
  tx: Transaction,
  sql: string,
  values: unknown[],
  ids: readonly bigint[],
): Promise<number> {
  if (ids.length === 0) return 0;
  return (await tx.query(sql, [...values, bigintArray(ids)])).rowCount ?? 0;
}
