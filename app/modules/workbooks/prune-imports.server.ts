/** Removes the rows and files of imports that can no longer be undone, and of those that no one went on with. */
import { pool, withTransaction } from '#app/db.server.ts';
import { forEachShop } from '#app/modules/shops/for-each-shop.server.ts';
import { isNotResting } from '#app/modules/shops/task-failures.server.ts';
import { removeImportFiles } from './import/remove-files.server.ts';
import { UNDO_DAYS } from './rules/undo-days.ts';

const IMPORTS_A_TURN = 200;
const ROWS_A_TRANSACTION = 20_000;

interface Old {
  shopId: bigint;
  importId: bigint;
  part: string;
}

const IS_OLD = `coalesce(i.undone_at, i.finished_at, i.updated_at) < clock_timestamp() - interval '${UNDO_DAYS} days'
  AND i.state NOT IN ('running', 'cancelling', 'undoing')`;

const OLD = `
  SELECT i.shop_id AS "shopId", i.import_id AS "importId", i.import_id::text AS part FROM imports i
   WHERE ${IS_OLD} AND ${isNotResting('prune-imports', 'i')}
     AND (i.file_key IS NOT NULL OR EXISTS (SELECT FROM import_rows r WHERE r.shop_id = i.shop_id AND r.import_id = i.import_id))
   LIMIT ${IMPORTS_A_TURN}`;

/** Deletes what is older than an import can be undone; the line in the history stays with its counts. Returns how many. */
export async function pruneImports(signal?: AbortSignal): Promise<number> {
  const { rows } = await pool.query<Old>(OLD);
  return forEachShop('prune-imports', rows, (old) => prune(old, signal), { signal });
}

const END = `
  UPDATE imports i SET state = CASE WHEN i.state IN ('reading', 'checking', 'checked', 'paused') THEN 'cancelled' ELSE i.state END,
    finished_at = coalesce(i.finished_at, clock_timestamp()), lease_id = NULL
   WHERE i.shop_id = $1 AND i.import_id = $2 AND ${IS_OLD}`;

const DELETE_ROWS = `
  DELETE FROM import_rows WHERE shop_id = $1 AND import_id = $2 AND row_number IN (
    SELECT row_number FROM import_rows WHERE shop_id = $1 AND import_id = $2 ORDER BY row_number LIMIT ${ROWS_A_TRANSACTION})`;

async function prune({ shopId, importId }: Old, signal?: AbortSignal): Promise<number> {
  const isOld = await withTransaction(async (tx) => {
    const { rowCount } = await tx.query(END, [shopId, importId]);
    if (rowCount === 1) await removeImportFiles(tx, shopId, [importId]);
    if (rowCount === 1)
      await tx.query('DELETE FROM import_chunks WHERE shop_id = $1 AND import_id = $2', [shopId, importId]);
    return rowCount === 1;
  });
  while (isOld && !signal?.aborted) {
    const { rowCount } = await pool.query(DELETE_ROWS, [shopId, importId]);
    if ((rowCount ?? 0) < ROWS_A_TRANSACTION) break;
  }
  return isOld ? 1 : 0;
}
