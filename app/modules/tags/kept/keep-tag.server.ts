/** Segments that are kept in step as a tag: begin, stop, ask for a comparison. What is written: compare-members.server.ts. */
import { pool, withTransaction, type Queryable, type Transaction } from '#app/db.server.ts';
import { bigintArray } from '#app/lib/pg-arrays.ts';
import type { FieldErrorCode } from '#app/lib/field-errors.ts';
import { wakeTask } from '#app/lib/wake-task.server.ts';
import { tagKey, tidyTag } from '#app/modules/customers/rules/tag-key.ts';
import type { FindSegmentUses } from '#app/modules/segments/saved/find-uses.server.ts';
import { readSegment } from '#app/modules/segments/saved/segments.queries.server.ts';
import { wrongWithTag } from '../rules/tag-names.ts';
import { namesTag } from './names-tag.ts';

export type TagKept = { ok: true } | { ok: false; field: 'tag' | 'form'; code: FieldErrorCode };

const refused = (field: 'tag' | 'form', code: FieldErrorCode): TagKept => ({ ok: false, field, code });

const BEGIN = `
  INSERT INTO segment_tags (shop_id, segment_id, tag_key, tag, started_by)
  SELECT $1, $2, $3, $4, $5 WHERE NOT EXISTS (SELECT 1 FROM segment_tags WHERE shop_id = $1 AND segment_id = $2)
  ON CONFLICT (shop_id, tag_key) DO NOTHING RETURNING 1`;

const NAME = 'INSERT INTO tags (shop_id, tag_key, name) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING';

/** Tags the members of a segment from now on, here and at Shopify, and takes the tag off by leaving. */
export async function keepTag(
  shopId: bigint,
  segmentId: bigint,
  name: string,
  actor: string,
): Promise<TagKept> {
  const wrong = wrongWithTag(name);
  if (wrong) return refused('tag', wrong);
  const tag = tidyTag(name);
  const segment = await readSegment(shopId, segmentId);
  if (segment === null) return refused('form', 'gone');
  if (segment.rule !== null && namesTag(segment.rule, tagKey(tag))) return refused('tag', 'names_itself');
  return withTransaction(async (tx) => {
    const begun = await tx.query(BEGIN, [shopId, segmentId, tagKey(tag), tag, actor]);
    if (begun.rowCount !== 1)
      return (await isKept(tx, shopId, segmentId))
        ? refused('form', 'changed_meanwhile')
        : refused('tag', 'kept_by_segment');
    await tx.query(NAME, [shopId, tagKey(tag), tag]);
    await wakeTask(tx, 'keep-segment-tags');
    return { ok: true };
  });
}

async function isKept(db: Queryable, shopId: bigint, segmentId: bigint): Promise<boolean> {
  const { rows } = await db.query('SELECT 1 FROM segment_tags WHERE shop_id = $1 AND segment_id = $2', [
    shopId,
    segmentId,
  ]);
  return rows.length === 1;
}

/** Before what the worker writes for it is dropped, so that it counts none of it. */
const HOLD = 'SELECT 1 FROM segment_tags WHERE shop_id = $1 AND segment_id = $2 FOR UPDATE';

const DROP_WRITES = `
  DELETE FROM tag_writes w USING tag_jobs j
   WHERE w.shop_id = $1 AND j.shop_id = $1 AND j.job_id = w.job_id AND j.segment_id = $2 AND j.kind = 'add' AND w.failure IS NULL
  RETURNING w.job_id AS "jobId"`;

const SHRINK = `
  UPDATE tag_jobs SET total = total - $3, finished_at = CASE WHEN done + failed >= total - $3 THEN ledger_now() END
   WHERE shop_id = $1 AND job_id = $2 AND finished_at IS NULL`;

/** Stops giving the tag, and takes it off everyone whom the keeping has tagged or leaves it. False if it isn't kept. */
export async function stopTag(shopId: bigint, segmentId: bigint, removesTag: boolean): Promise<boolean> {
  return withTransaction(async (tx) => {
    const held = await tx.query(HOLD, [shopId, segmentId]);
    if (held.rowCount !== 1) return false;
    await dropWrites(tx, shopId, segmentId);
    if (!removesTag) return endTag(tx, shopId, segmentId);
    await tx.query(`UPDATE segment_tags SET state = 'ending' WHERE shop_id = $1 AND segment_id = $2`, [
      shopId,
      segmentId,
    ]);
    await wakeTask(tx, 'keep-segment-tags');
    return true;
  });
}

async function dropWrites(tx: Transaction, shopId: bigint, segmentId: bigint): Promise<void> {
  const { rows } = await tx.query<{ jobId: bigint }>(DROP_WRITES, [shopId, segmentId]);
  for (const [jobId, dropped] of Map.groupBy(rows, (row) => row.jobId))
    await tx.query(SHRINK, [shopId, jobId, dropped.length]);
}

/** Forgets the keeping; the tags stay as they are. */
export async function endTag(tx: Transaction, shopId: bigint, segmentId: bigint): Promise<true> {
  const key = [shopId, segmentId];
  await tx.query('DELETE FROM segment_tagged WHERE shop_id = $1 AND segment_id = $2', key);
  await tx.query('DELETE FROM segment_tags WHERE shop_id = $1 AND segment_id = $2', key);
  return true;
}

const REQUEST = `
  UPDATE segment_tags SET requested_at = ledger_now() WHERE shop_id = $1 AND segment_id = ANY($2::bigint[]) RETURNING 1`;

/** Has the worker compare members and tags of those of these segments that are kept as one: their members changed. */
export async function requestComparison(
  db: Queryable,
  shopId: bigint,
  segmentIds: readonly bigint[],
): Promise<void> {
  const { rowCount } = await db.query(REQUEST, [shopId, bigintArray(segmentIds)]);
  if (rowCount !== 0) await wakeTask(db, 'keep-segment-tags');
}

/** The segment that is kept as a tag; null for none. Such a tag can't be renamed, merged or removed. */
export async function findKeptBy(db: Queryable, shopId: bigint, key: string): Promise<bigint | null> {
  const { rows } = await db.query<{ segmentId: bigint }>(
    'SELECT segment_id AS "segmentId" FROM segment_tags WHERE shop_id = $1 AND tag_key = $2',
    [shopId, key],
  );
  return rows[0]?.segmentId ?? null;
}

/** Has the worker compare now: staff want to see it. */
export async function compareNow(shopId: bigint, segmentId: bigint): Promise<void> {
  await requestComparison(pool, shopId, [segmentId]);
}

/** A segment that is kept as a tag: stopping it asks what becomes of the tag. */
export const findKeptTags: FindSegmentUses = async (db, shopId, segmentId) => {
  const { rows } = await db.query<{ tag: string }>(
    'SELECT tag FROM segment_tags WHERE shop_id = $1 AND segment_id = $2',
    [shopId, segmentId],
  );
  return rows.map(({ tag }) => ({
    what: 'tag',
    name: tag,
    address: `/app/customers/segments/${segmentId}`,
    isRunning: true,
  }));
};
