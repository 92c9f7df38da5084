/** Pauses a campaign that carriers take for spam: every further message costs money, and the sender its name. */
import type { Transaction } from '#app/db.server.ts';
import { bigintArray } from '#app/lib/pg-arrays.ts';

/** docs/api/errors/30007 */
export const FILTERED_CODE = 30_007;
/** One in twenty, of two hundred at least. */
const ONE_IN = 20;
const ENDED_MIN = 200;

/** No more messages are counted than would be too many for the share. */
const PAUSE = `
  UPDATE campaigns c SET state = 'paused', pause_reason = 'filtered' FROM (
    SELECT g.campaign_id, f.n AS filtered, (SELECT count(*) FROM (SELECT 1 FROM messages m WHERE m.shop_id = $1 AND m.campaign_id = g.campaign_id
        AND m.state IN ('delivered', 'undelivered', 'failed') AND m.call_started_at >= g.filtered_since
        LIMIT f.n * ${ONE_IN} + 1) counted) AS ended
      FROM campaigns g CROSS JOIN LATERAL (SELECT count(*) AS n FROM messages m WHERE m.shop_id = $1 AND m.campaign_id = g.campaign_id
        AND m.error_code = ${FILTERED_CODE} AND m.call_started_at >= g.filtered_since) f
      WHERE g.shop_id = $1 AND g.campaign_id = ANY($2::bigint[]) AND g.state = 'running') d
  WHERE c.shop_id = $1 AND c.campaign_id = d.campaign_id AND c.state = 'running' AND d.ended >= ${ENDED_MIN} AND d.ended <= d.filtered * ${ONE_IN}`;

/** Looks at the running ones of these campaigns, in the transaction that stored reports of filtered messages. */
export async function pauseFiltered(
  tx: Transaction,
  shopId: bigint,
  campaignIds: readonly bigint[],
): Promise<void> {
  if (campaignIds.length > 0) await tx.query(PAUSE, [shopId, bigintArray(campaignIds)]);
}
