import { pool } from '#app/db.server.ts';

/** What only a person can do, in the order in which it presses: how many of each wait. */
export interface Waiting {
  /** Events that are not tried again by themselves. */
  failedEvents: number;
  rewardRequests: number;
  applications: number;
  /** Texts that may mean "no more messages". */
  replies: number;
  campaigns: number;
  imports: number;
}

const NOTHING: Waiting = {
  failedEvents: 0,
  rewardRequests: 0,
  applications: 0,
  replies: 0,
  campaigns: 0,
  imports: 0,
};

/** Counts what waits for a person in a shop. */
export async function readWaiting(shopId: bigint): Promise<Waiting> {
  const { rows } = await pool.query<Waiting>(
    `SELECT (SELECT count(*)::int FROM webhook_events WHERE shop_id = $1 AND state = 'dead') AS "failedEvents",
            (SELECT count(*)::int FROM claims WHERE shop_id = $1 AND state = 'requested') AS "rewardRequests",
            (SELECT count(*)::int FROM reseller_applications WHERE shop_id = $1 AND state = 'waiting') AS applications,
            (SELECT count(*)::int FROM suppressions WHERE shop_id = $1 AND lifted_at IS NULL AND needs_review) AS replies,
            (SELECT count(*)::int FROM campaigns WHERE shop_id = $1 AND state = 'approval') AS campaigns,
            (SELECT count(*)::int FROM imports WHERE shop_id = $1 AND state = 'checked') AS imports`,
    [shopId],
  );
  return rows[0] ?? NOTHING;
}
