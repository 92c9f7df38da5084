/** The end of an import: what waits is left out, and the counts are kept. */
import type { Queryable, Transaction } from '#app/db.server.ts';
import { TurnLost, type ImportKey, type Turn } from '../import/import-rows.server.ts';

/** How many rows ended how; the parts are all rows. */
export interface ImportTotals {
  created: number;
  updated: number;
  unchanged: number;
  skipped: number;
  refused: number;
  /** Not yet done. */
  waiting: number;
  wrong: number;
  empty: number;
  /** Of those that were written, what an undo took back, wholly or in part, and what it left. */
  undone: number;
  kept: number;
}

const COUNT = `
  SELECT count(*) FILTER (WHERE state = 'done' AND outcome = 'created')::int AS created,
    count(*) FILTER (WHERE state = 'done' AND outcome = 'updated')::int AS updated,
    count(*) FILTER (WHERE state = 'skipped' AND outcome = 'unchanged')::int AS unchanged,
    count(*) FILTER (WHERE state = 'skipped' AND outcome = 'skipped' AND verdict NOT IN ('wrong', 'empty'))::int AS skipped,
    count(*) FILTER (WHERE state = 'refused')::int AS refused,
    count(*) FILTER (WHERE state IN ('waiting', 'sent') AND verdict NOT IN ('wrong', 'empty'))::int AS waiting,
    count(*) FILTER (WHERE state IN ('waiting', 'sent', 'skipped') AND verdict = 'wrong')::int AS wrong,
    count(*) FILTER (WHERE state IN ('waiting', 'sent', 'skipped') AND verdict = 'empty')::int AS empty,
    count(*) FILTER (WHERE undo_outcome IN ('undone', 'partly'))::int AS undone,
    count(*) FILTER (WHERE undo_outcome = 'kept')::int AS kept
  FROM import_rows WHERE shop_id = $1 AND import_id = $2`;

/** Counts the rows of an import by what became of them. */
export async function countOutcomes(db: Queryable, { shopId, importId }: ImportKey): Promise<ImportTotals> {
  const { rows } = await db.query<ImportTotals>(COUNT, [shopId, importId]);
  const [row] = rows;
  if (!row) throw new RangeError('an aggregate without a row');
  return row;
}

/** Ends an import in this worker's turn, with its counts. @throws TurnLost */
export async function endImport(
  tx: Transaction,
  { seen, leaseId }: Turn,
  state: 'done' | 'cancelled' | 'undone',
): Promise<void> {
  const totals = await countOutcomes(tx, seen);
  const { rowCount } = await tx.query(
    `UPDATE imports SET state = $5, totals = $6, updated_at = clock_timestamp(),
       finished_at = CASE WHEN $5 = 'undone' THEN finished_at ELSE clock_timestamp() END,
       undone_at = CASE WHEN $5 = 'undone' THEN clock_timestamp() ELSE undone_at END
     WHERE shop_id = $1 AND import_id = $2 AND lease_id = $3 AND state = $4`,
    [seen.shopId, seen.importId, leaseId, seen.state, state, JSON.stringify(totals)],
  );
  if (rowCount !== 1) throw new TurnLost();
}
