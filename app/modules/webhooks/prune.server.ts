import { pool } from '#app/db.server.ts';

/** Long enough to look into what a merchant reports; the table that catches duplicates must stay small. */
const KEPT_DAYS = 30;
const PRUNE_ROWS_MAX = 5_000;

const PRUNE = `
  DELETE FROM webhook_events WHERE (shop_id, inbox_id) IN (
    SELECT shop_id, inbox_id FROM webhook_events
     WHERE state = 'done' AND processed_at < statement_timestamp() - make_interval(days => ${KEPT_DAYS})
     ORDER BY processed_at LIMIT ${PRUNE_ROWS_MAX})`;

/** Deletes worked events older than 30 days, in short transactions; dead ones stay. Answers how many. */
export async function pruneInbox(signal?: AbortSignal): Promise<number> {
  for (let total = 0; ;) {
    const { rowCount } = await pool.query(PRUNE);
    total += rowCount ?? 0;
    if ((rowCount ?? 0) < PRUNE_ROWS_MAX || signal?.aborted) return total;
  }
}
