import { pool } from '#app/db.server.ts';
import { wakeInboxSoon } from './wake-inbox.server.ts';

const REPLAY = `
  UPDATE webhook_events
     SET state = 'pending', next_attempt_at = clock_timestamp(),
         attempts = CASE state WHEN 'dead' THEN 0 ELSE attempts END
   WHERE ($1::bigint IS NULL OR shop_id = $1)
     AND CASE WHEN $2::bigint[] IS NULL THEN state = 'dead'
              ELSE inbox_id = ANY($2) AND (state = 'dead' OR (state = 'pending' AND attempts > 0)) END`;

/**
 * Makes dead events due again, with all their attempts: those of one shop, of all shops, or only the named ones
 * (which may also be waiting for a retry; they become due now). Returns how many; wakes the worker.
 */
export async function replayDeadEvents(
  which: { shopId?: bigint; inboxIds?: readonly bigint[] } = {},
): Promise<number> {
  const { rowCount } = await pool.query(REPLAY, [which.shopId ?? null, which.inboxIds ?? null]);
  if (rowCount !== null && rowCount > 0) wakeInboxSoon();
  return rowCount ?? 0;
}
