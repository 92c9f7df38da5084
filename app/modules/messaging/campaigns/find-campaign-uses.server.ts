import type { FindSegmentUses } from '#app/modules/segments/saved/find-uses.server.ts';

/**
 * Campaigns whose customers are a segment's, or that leave them out. One that waits for its time or for approval may be worked
 * out again, so that it needs the segment as long as it waits.
 */
export const findCampaignUses: FindSegmentUses = async (db, shopId, segmentId) => {
  const { rows } = await db.query<{ campaignId: bigint; name: string; isRunning: boolean }>(
    `SELECT campaign_id AS "campaignId", name, state IN ('freezing', 'approval', 'scheduled') AS "isRunning" FROM campaigns
      WHERE shop_id = $1 AND state IN ('draft', 'freezing', 'ready', 'approval', 'scheduled')
        AND (audience->>'filter' = 'segment=' || $2::bigint OR (audience->'without')::jsonb ? $2::bigint::text)
      ORDER BY campaign_id DESC LIMIT 50`,
    [shopId, segmentId],
  );
  return rows.map(({ campaignId, name, isRunning }) => ({
    what: 'campaign',
    name,
    address: `/app/messages/campaigns/${campaignId}`,
    isRunning,
  }));
};
