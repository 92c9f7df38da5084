import { pool } from '#app/db.server.ts';

/** Ends campaigns of which nothing is left to be sent or found out. */
export async function finishCampaigns(shopId: bigint): Promise<void> {
  await pool.query(
    `UPDATE campaigns c SET state = 'finished', finished_at = clock_timestamp()
      WHERE c.shop_id = $1 AND c.state = 'running' AND NOT EXISTS (SELECT 1 FROM messages m WHERE m.shop_id = $1
        AND m.campaign_id = c.campaign_id AND m.state IN ('planned', 'queued', 'sending', 'unknown'))`,
    [shopId],
  );
}
