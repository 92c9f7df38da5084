/**
 * Files and rows cannot change in one transaction. So a file is announced for removal before it is written, the
 * transaction that creates its row withdraws that, and the one that deletes the row announces it again. At any crash, a
 * job finds every file without a row.
 */
import type { Queryable } from '#app/db.server.ts';
import { wakeTask } from '#app/lib/wake-task.server.ts';

/** Longer than any upload takes. */
const ABANDONED_AFTER_SECONDS = 3_600;

const ANNOUNCE = `
  INSERT INTO file_removals (shop_id, file_key, due_at)
  SELECT $1, key, clock_timestamp() + make_interval(secs => $3) FROM unnest($2::text[]) AS key
  ON CONFLICT (shop_id, file_key) DO UPDATE SET due_at = excluded.due_at`;

/** Call before files are written: without a row within the hour they are removed. */
export async function announceFiles(db: Queryable, shopId: bigint, keys: readonly string[]): Promise<void> {
  await db.query(ANNOUNCE, [shopId, keys, ABANDONED_AFTER_SECONDS]);
}

/** Call with the row that owns the files; false when their hour has passed and they may be removed. */
export async function claimFiles(tx: Queryable, shopId: bigint, keys: readonly string[]): Promise<boolean> {
  const { rowCount } = await tx.query(
    `DELETE FROM file_removals WHERE shop_id = $1 AND file_key = ANY($2::text[])`,
    [shopId, keys],
  );
  return rowCount === keys.length;
}

/** Call with the deletion of the rows that owned the files: the worker removes them after the commit. */
export async function dropFiles(tx: Queryable, shopId: bigint, keys: readonly string[]): Promise<void> {
  if (keys.length === 0) return;
  await tx.query(ANNOUNCE, [shopId, keys, 0]);
  await wakeTask(tx, 'remove-files');
}
