/** Freezing, pausing, resuming, cancelling and duplicating a campaign. */
import { pool, withTransaction, type Transaction } from '#app/db.server.ts';
import { wakeTask } from '#app/lib/wake-task.server.ts';
import { deleteRefusals } from '../delivery/pause-refused.server.ts';
import { settleHold } from '../wallet/post-wallet.server.ts';
import { findCampaign, lockCampaign, type Campaign } from './campaign-rows.server.ts';
import { CHANGEABLE } from './campaign-states.ts';
import { deletePlanned } from './freeze-campaigns.server.ts';
import { refuse, type Moved } from './send-campaign.server.ts';

/** Has the worker work out the recipients, as they are then. */
export async function freezeCampaign(shopId: bigint, campaignId: bigint): Promise<Moved> {
  return withTransaction(async (tx) => {
    const campaign = await lockCampaign(tx, shopId, campaignId);
    if (!campaign || !CHANGEABLE.includes(campaign.state) || campaign.text === '')
      return refuse('changed_meanwhile');
    await withdraw(tx, shopId, campaign, 'freezing');
    await wakeTask(tx, 'freeze-campaigns');
    return { ok: true };
  });
}

/**
 * Takes back what was worked out and reserved for a campaign of which nothing was sent, in a transaction that has locked it.
 * Its version goes up, so that nothing that was agreed to or is being worked out for the one before counts.
 */
export async function withdraw(
  tx: Transaction,
  shopId: bigint,
  { campaignId, state, holdId, quotedMicros }: Campaign,
  next: 'draft' | 'freezing',
): Promise<void> {
  if (state === 'scheduled' && holdId !== null)
    await settleHold(tx, shopId, holdId, {
      key: `withdrawn:${campaignId}`,
      chargeMicros: 0n,
      returnMicros: quotedMicros ?? 0n,
      messages: 0,
      campaignId,
    });
  if (next === 'draft') await deletePlanned(tx, shopId, campaignId);
  await tx.query(
    `UPDATE campaigns SET state = $3, version = version + 1, hold_id = NULL, quoted_micros = NULL, frozen_at = NULL, due_at = NULL,
       freeze_total = NULL, freeze_done = 0, freeze_after = 0, recipients = 0, asked_by = NULL, approved_by = NULL, updated_at = clock_timestamp()
      WHERE shop_id = $1 AND campaign_id = $2`,
    [shopId, campaignId, next],
  );
}

/** Stops sending, or goes on. What is being sent at this moment still goes out. */
export async function pauseCampaign(shopId: bigint, campaignId: bigint, isPaused: boolean): Promise<Moved> {
  return withTransaction(async (tx) => {
    const { rowCount } = await tx.query(
      `UPDATE campaigns SET state = $3, pause_code = NULL, pause_reason = NULL,
         filtered_since = CASE WHEN $3 = 'running' THEN clock_timestamp() ELSE filtered_since END WHERE shop_id = $1 AND campaign_id = $2 AND state = $4`,
      isPaused ? [shopId, campaignId, 'paused', 'running'] : [shopId, campaignId, 'running', 'paused'],
    );
    if (rowCount === 0) return refuse('changed_meanwhile');
    if (!isPaused) {
      await deleteRefusals(tx, shopId, campaignId);
      await wakeTask(tx, 'send-messages');
    }
    return { ok: true };
  });
}

/** Ends a campaign: what was not sent never is, and its reserve returns. One of which nothing was sent is a draft again. */
export async function cancelCampaign(shopId: bigint, campaignId: bigint): Promise<Moved> {
  return withTransaction(async (tx) => {
    const campaign = await lockCampaign(tx, shopId, campaignId);
    if (!campaign) return refuse('changed_meanwhile');
    if (CHANGEABLE.includes(campaign.state) && campaign.state !== 'draft') {
      await withdraw(tx, shopId, campaign, 'draft');
      return { ok: true };
    }
    if (campaign.state !== 'running' && campaign.state !== 'paused') return refuse('changed_meanwhile');
    await tx.query(
      `UPDATE campaigns SET state = 'canceled', finished_at = clock_timestamp() WHERE shop_id = $1 AND campaign_id = $2`,
      [shopId, campaignId],
    );
    await tx.query(
      `UPDATE messages SET state = 'canceled', reason = 'campaign_canceled', finished_at = clock_timestamp()
        WHERE shop_id = $1 AND campaign_id = $2 AND state IN ('planned', 'queued')`,
      [shopId, campaignId],
    );
    await wakeTask(tx, 'send-messages');
    return { ok: true };
  });
}

/** Deletes a draft; a campaign of which something was sent stays. */
export async function deleteCampaign(shopId: bigint, campaignId: bigint): Promise<Moved> {
  return withTransaction(async (tx) => {
    const campaign = await lockCampaign(tx, shopId, campaignId);
    if (campaign?.state !== 'draft') return refuse('changed_meanwhile');
    await deletePlanned(tx, shopId, campaignId);
    await tx.query('DELETE FROM campaigns WHERE shop_id = $1 AND campaign_id = $2', [shopId, campaignId]);
    return { ok: true };
  });
}

/** Makes a draft of a campaign's audience, texts and times; a time that has passed becomes now. Null for an unknown one. */
export async function duplicateCampaign(
  shopId: bigint,
  campaignId: bigint,
  name: string,
  actor: string,
): Promise<bigint | null> {
  const campaign = await findCampaign(pool, shopId, campaignId);
  if (!campaign) return null;
  const { rows } = await pool.query<{ campaignId: bigint }>(
    `INSERT INTO campaigns (shop_id, name, audience, language, text, texts, template_id, holdout_percent, link_targets, timing,
       spread_hours, created_by)
     SELECT shop_id, $3, audience, language, text, texts, template_id, holdout_percent, link_targets,
       CASE WHEN timing = 'spread' THEN timing ELSE 'now' END, spread_hours, $4
       FROM campaigns WHERE shop_id = $1 AND campaign_id = $2 RETURNING campaign_id AS "campaignId"`,
    [shopId, campaignId, name, actor],
  );
  return rows[0]?.campaignId ?? null;
}
