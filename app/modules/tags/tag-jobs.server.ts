/** Changes of many customers' tags: asked for here, processed page by page (process-tag-jobs.server.ts). */
import type { Transaction } from '#app/db.server.ts';
import { wakeTask } from '#app/lib/wake-task.server.ts';

export const TAG_JOB_KINDS = ['add', 'remove', 'rename', 'merge', 'delete'] as const;
export type TagJobKind = (typeof TAG_JOB_KINDS)[number];

export interface TagJobAsked {
  kind: TagJobKind;
  /** The tag that is given, taken or replaced. */
  tag: string;
  /** What replaces it, for `rename` and `merge`. */
  target: string | null;
  /** `staff:<user id>`, or `segment:<id>` for one that is kept as a tag. */
  actor: string;
  /** The segment that is kept as this tag. */
  segmentId?: bigint;
}

/** A statement that returns `customer_id` of each customer; its values are $1, $2 ... with the shop as $1. */
export interface CustomersMeant {
  sql: string;
  values: readonly unknown[];
}

const OPEN_JOB = `
  INSERT INTO tag_jobs (shop_id, kind, tag, target, total, actor, segment_id) VALUES ($1, $2, $3, $4, 0, $5, $6)
  RETURNING job_id AS "jobId"`;

/** Active customers with a tag. */
export const HAVING_TAG = `
  SELECT t.customer_id FROM customer_tags t JOIN customers c USING (shop_id, customer_id)
   WHERE t.shop_id = $1 AND t.tag_key = $2 AND t.is_on AND c.state = 'active'`;

/**
 * Queues a job for the customers selected now and wakes the worker when the transaction is committed. Returns how many
 * there are; for none there is no job.
 */
export async function queueTagJob(
  tx: Transaction,
  shopId: bigint,
  asked: TagJobAsked,
  meant: CustomersMeant,
): Promise<number> {
  const { kind, tag, target, actor, segmentId = null } = asked;
  const { rows } = await tx.query<{ jobId: bigint }>(OPEN_JOB, [shopId, kind, tag, target, actor, segmentId]);
  const jobId = rows[0]?.jobId;
  const { rowCount } = await tx.query(
    `INSERT INTO tag_writes (shop_id, job_id, customer_id)
     SELECT $1, $${meant.values.length + 1}, m.customer_id FROM (${meant.sql}) m ORDER BY m.customer_id`,
    [...meant.values, jobId],
  );
  const total = rowCount ?? 0;
  if (total === 0) await tx.query('DELETE FROM tag_jobs WHERE shop_id = $1 AND job_id = $2', [shopId, jobId]);
  else {
    await tx.query('UPDATE tag_jobs SET total = $3 WHERE shop_id = $1 AND job_id = $2', [
      shopId,
      jobId,
      total,
    ]);
    await wakeTask(tx, 'process-tag-jobs');
  }
  return total;
}

/** Tries what failed in a job once more; false when nothing did. */
export async function retryTagJob(tx: Transaction, shopId: bigint, jobId: bigint): Promise<boolean> {
  const { rowCount } = await tx.query(
    `UPDATE tag_writes SET failure = NULL, attempts = 0, next_attempt_at = clock_timestamp()
      WHERE shop_id = $1 AND job_id = $2 AND failure IS NOT NULL`,
    [shopId, jobId],
  );
  if (rowCount === 0) return false;
  await tx.query(
    `UPDATE tag_jobs SET failed = failed - $3, finished_at = NULL WHERE shop_id = $1 AND job_id = $2`,
    [shopId, jobId, rowCount],
  );
  await wakeTask(tx, 'process-tag-jobs');
  return true;
}
