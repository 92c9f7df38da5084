/**
 * Files and rows cannot change in one transaction. So a file is announced for removal before it is written, the
 * transaction that makes its row takes that back, and the one that deletes the row announces it again. Whatever happens
 * between, a job finds every file that has no row.
 */
import type { Queryable } from '#app/db.server.ts';

/** The worker's task, also its job key. */
export const REMOVE_FILES_TASK = 'remove-files';

/** Longer than any upload takes. */
const ABANDONED_AFTER_SECONDS = 3_600;

const ANNOUNCE = `
  INSERT INTO file_removals (shop_id, file_key, due_at)
  SELECT $1, key, clock_timestamp() + make_interval(secs => $3) FROM unnest($2::text[]) AS key
  ON CONFLICT (shop_id, file_key) DO UPDATE SET due_at = excluded.due_at`;

const WAKE = `SELECT graphile_worker.add_job($1, '{}'::json, job_key := $1, max_attempts := 1)`;

/** Before files are written: if no row claims them within the hour, they go. */
export async function announceFiles(db: Queryable, shopId: bigint, keys: readonly string[]): Promise<void> {
  await db.query(ANNOUNCE, [shopId, keys, ABANDONED_AFTER_SECONDS]);
}

/** With the row that owns the files; false when their hour was over and they may be gone. */
export async function claimFiles(tx: Queryable, shopId: bigint, keys: readonly string[]): Promise<boolean> {
  const { rowCount } = await tx.query(
    `DELETE FROM file_removals WHERE shop_id = $1 AND file_key = ANY($2::text[])`,
    [shopId, keys],
  );
  return rowCount === keys.length;
}

/** With the deletion of the rows that owned the files: the worker removes them once that is committed. */
export async function dropFiles(tx: Queryable, shopId: bigint, keys: readonly string[]): Promise<void> {
  if (keys.length === 0) return;
  await tx.query(ANNOUNCE, [shopId, keys, 0]);
  await tx.query(WAKE, [REMOVE_FILES_TASK]);
}
