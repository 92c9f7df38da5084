/** Finds out for some customers in which segments they are now: from their facts, read once for all segments. */
import type { Transaction } from '#app/db.server.ts';
import { bigintArray } from '#app/lib/pg-arrays.ts';
import { readFacts } from '../read-facts.server.ts';
import { bindRule } from '../tree/evaluate.ts';
import { tell, type SegmentMoment } from './look-at-everyone.server.ts';

const ACTIVE = `
  SELECT s.customer_id AS id FROM customer_stats s
  WHERE s.shop_id = $1 AND s.standing = 'active' AND s.customer_id = ANY($2::bigint[])`;

const MEMBERS = `
  SELECT m.segment_id AS "segmentId", m.customer_id AS "customerId" FROM segment_members m
  WHERE m.shop_id = $1 AND m.segment_id = ANY($2::bigint[]) AND m.customer_id = ANY($3::bigint[])`;

const JOIN = `
  WITH moved AS (INSERT INTO segment_members (shop_id, segment_id, customer_id, since)
    SELECT $1, k.segment_id, k.customer_id, $3::timestamptz FROM unnest($2::bigint[], $4::bigint[]) AS k (segment_id, customer_id)
    ON CONFLICT DO NOTHING RETURNING segment_id, customer_id)
  ${tell('segment.joined', 'moved')}`;

const LEAVE = `
  WITH moved AS (DELETE FROM segment_members m USING unnest($2::bigint[], $4::bigint[]) AS k (segment_id, customer_id)
    WHERE m.shop_id = $1 AND m.segment_id = k.segment_id AND m.customer_id = k.customer_id AND $3::timestamptz IS NOT NULL
    RETURNING m.segment_id, m.customer_id)
  ${tell('segment.left', 'moved')}`;

/** Adds and removes these customers in segments of one shop, whose rows are locked, all as of one moment. Returns how many changed. */
export async function lookAtChanged(
  tx: Transaction,
  shopId: bigint,
  segments: readonly SegmentMoment[],
  customerIds: readonly bigint[],
): Promise<number> {
  const [first] = segments;
  if (first === undefined || customerIds.length === 0) return 0;
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
  const joined: Move[] = [];
  const left: Move[] = [];
  for (const { segmentId, rule, moment } of segments) {
    const isMeant = bindRule(rule);
    const before = new Set(members.get(segmentId)?.map(({ customerId }) => customerId));
    for (const [customerId, customer] of facts)
      if (isMeant(customer, moment) && !before.delete(customerId)) joined.push({ segmentId, customerId });
    for (const customerId of before) left.push({ segmentId, customerId });
  }
  const { moment } = first;
  return (
    (await write(tx, LEAVE, shopId, moment.now, left)) + (await write(tx, JOIN, shopId, moment.now, joined))
  );
}

interface Move {
  segmentId: bigint;
  customerId: bigint;
}

async function write(
  tx: Transaction,
  sql: string,
  shopId: bigint,
  now: Date,
  moves: readonly Move[],
): Promise<number> {
  if (moves.length === 0) return 0;
  const { rowCount } = await tx.query(sql, [
    shopId,
    bigintArray(moves.map(({ segmentId }) => segmentId)),
    now,
    bigintArray(moves.map(({ customerId }) => customerId)),
  ]);
  return rowCount ?? 0;
}
