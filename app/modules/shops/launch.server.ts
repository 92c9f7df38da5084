/** Whether a shop's club is live. A new one is a draft: in trial mode until the merchant launches it. */
import { pool, type Queryable } from '#app/db.server.ts';

export interface ClubMode {
  /** Not launched yet: the rules apply to test customers only, and other customers see nothing of the club. */
  isDraft: boolean;
  /** Null for a draft. */
  launchedAt: Date | null;
  /** Also of a draft. */
  trialMode: boolean;
  hasTestCustomer: boolean;
}

const NEVER_OPENED: ClubMode = { isDraft: false, launchedAt: null, trialMode: false, hasTestCustomer: false };

/** Reads whether the club is a draft, in trial mode or live. */
export async function readClubMode(shopId: bigint): Promise<ClubMode> {
  const { rows } = await pool.query<ClubMode>(
    `SELECT launched_at IS NULL AS "isDraft", launched_at AS "launchedAt", trial_mode AS "trialMode",
       EXISTS (SELECT FROM customers c WHERE c.shop_id = $1 AND c.is_trial AND c.state = 'active') AS "hasTestCustomer"
     FROM club_settings WHERE shop_id = $1`,
    [shopId],
  );
  return rows[0] ?? NEVER_OPENED;
}

/**
 * Launches a draft: from now on the rules apply to everyone. Orders that came before keep that they earned nothing. False
 * when the club was launched before; then nothing changes.
 */
export async function launchClub(db: Queryable, shopId: bigint): Promise<boolean> {
  const { rowCount } = await db.query(
    `UPDATE club_settings SET launched_at = clock_timestamp(), trial_mode = false, tiers_evaluated_on = NULL,
       updated_at = clock_timestamp()
     WHERE shop_id = $1 AND launched_at IS NULL`,
    [shopId],
  );
  return rowCount === 1;
}
