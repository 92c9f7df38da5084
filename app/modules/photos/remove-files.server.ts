import { pool } from '#app/db.server.ts';
import { removeFile } from '#app/integrations/storage/files.server.ts';
import { logger } from '#app/lib/logger.server.ts';
import { safeErrorText } from '#app/lib/safe-error.ts';

const FILES_A_TURN = 100;

interface Removal {
  shopId: bigint;
  fileKey: string;
}

const DUE = `
  SELECT shop_id AS "shopId", file_key AS "fileKey" FROM file_removals WHERE due_at <= clock_timestamp()
   ORDER BY due_at LIMIT ${FILES_A_TURN}`;

/** A file that will not go is tried again after 1, 2, 4 ... minutes, at last every half day. */
const POSTPONE = `
  UPDATE file_removals SET failures = failures + 1, due_at = clock_timestamp() + make_interval(mins => (2 ^ least(failures, 9))::int)
   WHERE shop_id = $1 AND file_key = $2`;

/**
 * Removes files whose rows are gone or never came. A file is removed before its announcement, so that a crash between
 * repeats what is harmless. Answers how many went.
 */
export async function removeFiles(signal?: AbortSignal): Promise<number> {
  let removed = 0;
  while (!signal?.aborted) {
    const { rows } = await pool.query<Removal>(DUE);
    for (const removal of rows) if (await removeOne(removal)) removed += 1;
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
