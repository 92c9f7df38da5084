/** The files of exports go with their days, with their row, and when a customer in them is erased. */
import type { Transaction } from '#app/db.server.ts';
import { dropFiles } from '#app/modules/photos/file-removals.server.ts';

/** Days that an export without a file stays in the list. */
const HISTORY_DAYS = 30;

/** Takes the files from these exports (`where` on `exports e`, `$1` the shop) and has them removed. */
async function takeFiles(
  tx: Transaction,
  shopId: bigint,
  where: string,
  set: string,
  values: readonly unknown[] = [],
): Promise<number> {
  const { rows } = await tx.query<{ key: string | null }>(
    `WITH known AS (SELECT e.export_id, e.file_key FROM exports e WHERE e.shop_id = $1 AND ${where} FOR UPDATE)
     UPDATE exports e SET file_key = NULL, updated_at = clock_timestamp(), ${set} FROM known k
      WHERE e.shop_id = $1 AND e.export_id = k.export_id RETURNING k.file_key AS key`,
    [shopId, ...values],
  );
  await dropFiles(
    tx,
    shopId,
    rows.flatMap(({ key }) => key ?? []),
  );
  return rows.length;
}

/** Removes what is past its days: files, and later the rows. Returns how many files. */
export async function endExports(tx: Transaction, shopId: bigint): Promise<number> {
  await tx.query(
    `DELETE FROM exports WHERE shop_id = $1 AND file_key IS NULL AND finished_at < clock_timestamp() - interval '${HISTORY_DAYS} days'`,
    [shopId],
  );
  return takeFiles(
    tx,
    shopId,
    `e.state = 'ready' AND e.expires_at < clock_timestamp()`,
    `state = 'expired', selection = NULL`,
  );
}

/** Removes the files of all of a shop's exports. */
export async function removeExportFiles(tx: Transaction, shopId: bigint): Promise<void> {
  await takeFiles(tx, shopId, 'e.file_key IS NOT NULL', `state = 'expired'`);
}

/** An export of ticked customers that this one was none of does not hold them; any other may. */
const MAY_HOLD = `(e.selection->'ids' IS NULL OR EXISTS (
  SELECT FROM json_array_elements_text(e.selection->'ids') AS id WHERE id::bigint = ANY ($2::bigint[])))`;

/**
 * Removes every file that may hold these customers, and what was searched for; files that are being written start again
 * without them. Returns how many files there were.
 */
export async function removeExportsOf(
  tx: Transaction,
  shopId: bigint,
  customerIds: readonly bigint[],
): Promise<number> {
  if (customerIds.length === 0) return 0;
  const ids = customerIds.map(String);
  await tx.query(
    `UPDATE exports e SET state = 'waiting', lease_id = NULL, leased_until = '-infinity', rows = 0, updated_at = clock_timestamp()
      WHERE e.shop_id = $1 AND e.kind <> 'template' AND e.state = 'writing'`,
    [shopId],
  );
  await tx.query(
    `UPDATE exports e SET selection = NULL WHERE e.shop_id = $1 AND e.state NOT IN ('waiting', 'writing', 'ready')`,
    [shopId],
  );
  return takeFiles(
    tx,
    shopId,
    `e.state = 'ready' AND e.kind <> 'template' AND ${MAY_HOLD}`,
    `state = 'expired', failure = 'erased', selection = NULL`,
    [ids],
  );
}
