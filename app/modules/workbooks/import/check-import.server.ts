/** Checks all rows of an import again, from what was read: its mapping or a choice has changed. */
import { pool, withTransaction } from '#app/db.server.ts';
import { invariant } from '#app/lib/errors.ts';
import { readCheckContext } from './check-context.server.ts';
import { checkRows, markRepeated, readRow } from './check-rows.server.ts';
import { keepTurn, TurnLost, type Turn } from './import-rows.server.ts';
import { openCells } from './sealed-ids.server.ts';
import { BATCH_ROWS } from './read-import.server.ts';

const NEXT = `
  SELECT row_number AS row, raw FROM import_rows WHERE shop_id = $1 AND import_id = $2 AND row_number > $3
   ORDER BY row_number LIMIT ${BATCH_ROWS}`;

/** Checks batch after batch, from where an earlier turn ended. */
export async function checkImport(turn: Turn, signal?: AbortSignal): Promise<void> {
  const { shopId, importId, source, mapping } = turn.seen;
  invariant(source, `import ${importId} is checked before it was read`);
  const context = await readCheckContext(turn.seen, source, mapping);
  let after = turn.seen.checkedUpTo;
  for (;;) {
    const { rows } = await pool.query<{ row: number; raw: unknown }>(NEXT, [shopId, importId, after]);
    const last = rows.at(-1)?.row;
    if (last === undefined) break;
    await withTransaction(async (tx) => {
      if (!(await keepTurn(tx, turn, { checkedUpTo: last }))) throw new TurnLost();
      await checkRows(
        tx,
        context,
        rows.map(({ row, raw }) => readRow(context, { row, cells: openCells(shopId, raw) })),
      );
    });
    after = last;
    if (signal?.aborted) throw new TurnLost();
  }
  await withTransaction(async (tx) => {
    if (!(await keepTurn(tx, turn, {}))) throw new TurnLost();
    await markRepeated(tx, turn.seen);
    await tx.query(
      `UPDATE imports SET state = 'checked', checked_at = clock_timestamp() WHERE shop_id = $1 AND import_id = $2`,
      [shopId, importId],
    );
  });
}
