import { pool } from '#app/db.server.ts';
import { removeFile } from '#app/integrations/storage/files.server.ts';
import { logger } from '#app/lib/logger.server.ts';
import { safeErrorText } from '#app/lib/safe-error.ts';
import { forEachShop } from '#app/modules/shops/for-each-shop.server.ts';
import { isNotResting } from '#app/modules/shops/task-failures.server.ts';

const FILES_A_TURN = 100;

interface Removal {
  shopId: bigint;
  fileKey: string;
}

const DUE = `
  SELECT r.shop_id AS "shopId", r.file_key AS "fileKey" FROM file_removals r
   WHERE r.due_at <= clock_timestamp() AND ${isNotResting('remove-files', 'r')} ORDER BY r.due_at LIMIT ${FILES_A_TURN}`;

/** A failed removal is tried again after 1, 2, 4 ... minutes, up to every half day. */
const POSTPONE = `
  UPDATE file_removals SET failures = failures + 1, due_at = clock_timestamp() + make_interval(mins => (2 ^ least(failures, 9))::int)
   WHERE shop_id = $1 AND file_key = $2`;

/**
 * Removes files whose rows were deleted or never written. A file is removed before its announcement, so that a crash in
 * between only repeats a harmless step. Returns how many were removed.
 */
export async function removeFiles(signal?: AbortSignal): Promise<number> {
  let removed = 0;
  while (!signal?.aborted) {
    const { rows } = await pool.query<Removal>(DUE);
    const shops = Array.from(
      Map.groupBy(rows, ({ shopId }) => shopId),
      ([shopId, removals]) => ({ shopId, removals }),
    );
    const removeAll = async ({ removals }: (typeof shops)[number]): Promise<number> => {
      let count = 0;
      for (const removal of removals) if (await removeOne(removal)) count += 1;
      return count;
    };
    removed += await forEachShop('remove-files', shops, removeAll, { signal });
    if (rows.length < FILES_A_TURN) break;
  }
  return removed;
}

async function removeOne({ shopId, fileKey }: Removal): Promise<boolean> {
  try {
    await removeFile(fileKey);
  } catch (error) {
    logger.warn({ shopId: String(shopId), reason: safeErrorText(error) }, 'stored file not removed');
    await pool.query(POSTPONE, [shopId, fileKey]);
    return false;
  }
  await pool.query(
    `DELETE FROM file_removals WHERE shop_id = $1 AND file_key = $2 AND due_at <= clock_timestamp()`,
    [shopId, fileKey],
  );
  return true;
}
