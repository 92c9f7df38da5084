import { pool } from '#app/db.server.ts';

/** How far a new club's set-up has come, judged by what really happened. */
export interface FirstSteps {
  /** The newest order arrived as a webhook: those of the first sync were there before. */
  hasOrder: boolean;
  hasEarning: boolean;
  /** A shopper used points or credit, so the block is in the checkout. */
  hasRedemption: boolean;
  /** The theme shows the club: what its blocks read at Shopify is kept. */
  isThemeOn: boolean;
  /** Orders from before the club have earned, too. */
  hasBackfill: boolean;
}

const NOTHING_YET: FirstSteps = {
  hasOrder: false,
  hasEarning: false,
  hasRedemption: false,
  isThemeOn: false,
  hasBackfill: false,
};

/** Each subquery stops at the first row it finds. */
export async function readFirstSteps(shopId: bigint): Promise<FirstSteps> {
  const { rows } = await pool.query<FirstSteps>(
    `SELECT EXISTS (SELECT FROM (SELECT is_history FROM orders WHERE shop_id = $1
              ORDER BY processed_at DESC, order_id DESC LIMIT 1) o WHERE NOT is_history) AS "hasOrder",
            EXISTS (SELECT FROM ledger_accounts WHERE shop_id = $1) AS "hasEarning",
            EXISTS (SELECT FROM redemptions WHERE shop_id = $1) AS "hasRedemption",
            EXISTS (SELECT FROM standing_settings WHERE shop_id = $1) AS "isThemeOn",
            EXISTS (SELECT FROM backfills WHERE shop_id = $1 AND state = 'done') AS "hasBackfill"`,
    [shopId],
  );
  return rows[0] ?? NOTHING_YET;
}
