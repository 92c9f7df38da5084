import { pool } from '#app/db.server.ts';
import { bigintArray } from '#app/lib/pg-arrays.ts';
import { forEachPage } from '#app/modules/shops/for-each-shop.server.ts';
import { isNotResting } from '#app/modules/shops/task-failures.server.ts';
import type { InboxKey } from './inbox-rows.server.ts';

/** Long enough to investigate what a merchant reports; the table that catches duplicates must stay small. */
const KEPT_DAYS = 30;
const PRUNE_ROWS_MAX = 5_000;

const OLD = `
  SELECT e.shop_id AS "shopId", e.inbox_id AS "inboxId" FROM webhook_events e
   WHERE e.state = 'done' AND e.processed_at < statement_timestamp() - make_interval(days => ${KEPT_DAYS})
     AND ${isNotResting('prune-inbox', 'e')}
   ORDER BY e.processed_at LIMIT ${PRUNE_ROWS_MAX}`;

const PRUNE = `
  DELETE FROM webhook_events e USING unnest($1::bigint[], $2::bigint[]) AS n (shop_id, inbox_id)
   WHERE e.shop_id = n.shop_id AND e.inbox_id = n.inbox_id AND e.state = 'done'`;

/** Deletes processed events older than 30 days, in short transactions; dead ones stay. Returns how many. */
export function pruneInbox(signal?: AbortSignal): Promise<number> {
  const listPage = async () => (await pool.query<InboxKey>(OLD)).rows;
  return forEachPage('prune-inbox', { rowsMax: PRUNE_ROWS_MAX, listPage, work: prune }, signal);
}

async function prune(keys: readonly InboxKey[]): Promise<number> {
  const { rowCount } = await pool.query(PRUNE, [
    bigintArray(keys.map(({ shopId }) => shopId)),
    bigintArray(keys.map(({ inboxId }) => inboxId)),
  ]);
  return rowCount ?? 0;
}
