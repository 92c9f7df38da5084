import { pool } from '#app/db.server.ts';

/** How a shop's inbox is doing, as Home shows it. */
export interface InboxState {
  lastReceivedAt: Date | null;
  /** Received and not processed yet, retries included. */
  waiting: number;
  /** Of those: failed at least once, and tried again by itself. */
  retrying: number;
  /** Dead: all attempts failed. */
  dead: number;
}

/**
 * Reads no processed rows (`inboxCounts` does): the newest id is the last event, the rest comes from partial indexes.
 */
export async function readInboxState(shopId: bigint): Promise<InboxState> {
  const { rows } = await pool.query<InboxState>(
    `SELECT
       (SELECT received_at FROM webhook_events WHERE shop_id = $1 ORDER BY inbox_id DESC LIMIT 1) AS "lastReceivedAt",
       (SELECT count(*)::int FROM webhook_events WHERE shop_id = $1 AND state = 'pending') AS waiting,
       (SELECT count(*)::int FROM webhook_events WHERE shop_id = $1 AND state = 'pending' AND attempts > 0) AS retrying,
       (SELECT count(*)::int FROM webhook_events WHERE shop_id = $1 AND state = 'dead') AS dead`,
    [shopId],
  );
  return rows[0] ?? { lastReceivedAt: null, waiting: 0, retrying: 0, dead: 0 };
}
