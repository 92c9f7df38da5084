/** The worker's loop: claims, calls Twilio, and writes what came of it. */
import { setTimeout as sleep } from 'node:timers/promises';
import { pool } from '#app/db.server.ts';
import { wakeTask } from '#app/lib/wake-task.server.ts';
import { IS_INSTALLED_SQL } from '#app/modules/shops/find-shop.server.ts';
import { forEachShop } from '#app/modules/shops/for-each-shop.server.ts';
import { feedCampaigns } from '../campaigns/feed-campaigns.server.ts';
import { loadSettings } from '../limits/load-limits.server.ts';
import { statusAddress } from '../channels/callback-addresses.server.ts';
import { credentialsOf, findSmsChannel, type Channel } from '../channels/channel-rows.server.ts';
import {
  claimMessages,
  dropUnsendable,
  holdQuiet,
  LEASE_SECONDS,
  type ClaimedMessage,
} from './claim-messages.server.ts';
import { finishCampaigns } from './finish-campaigns.server.ts';
import { lookUpUnknown } from './look-up-unknown.server.ts';
import { settleMessages } from './settle-messages.server.ts';
import { writeOutcome } from './write-outcome.server.ts';

const SHOPS_AT_ONCE = 4;
/** A turn of a shop: others wait for it. */
const TURN_MS = 20_000;
/** A call takes 15 s at most; one that would outlive its lease is not made. */
const CALL_MS = 20_000;
const MS_PER_SECOND = 1_000;
const PACE_WAIT_MS = 100;
/** Twilio holds a message back for a while, never until the next day. */
const VALIDITY_SECONDS = { min: 60, max: 14_400 };

/** Sends what is due, looks up what is unknown, settles what has ended. May run twice, late or on two machines. */
export async function sendMessages(signal?: AbortSignal): Promise<number> {
  const { rows } = await pool.query<{ shopId: bigint }>(
    `SELECT shop_id AS "shopId" FROM shops WHERE ${IS_INSTALLED_SQL} AND shop_id IN (
       SELECT shop_id FROM messages WHERE state = 'queued' AND due_at <= clock_timestamp()
       UNION SELECT shop_id FROM campaigns WHERE state = 'scheduled' AND due_at <= clock_timestamp()
       UNION SELECT shop_id FROM campaigns c WHERE state = 'running' AND EXISTS (
         SELECT 1 FROM messages m WHERE m.shop_id = c.shop_id AND m.campaign_id = c.campaign_id AND m.state = 'planned')
       UNION SELECT shop_id FROM messages WHERE state IN ('sending', 'unknown') AND lease_until <= clock_timestamp()
       UNION SELECT shop_id FROM messages WHERE settled_at IS NULL
         AND state IN ('delivered', 'undelivered', 'failed', 'refused', 'canceled', 'expired', 'excluded')) ORDER BY shop_id`,
  );
  return forEachShop('send-messages', rows, ({ shopId }) => sendOfShop(shopId, signal), {
    signal,
    concurrency: SHOPS_AT_ONCE,
  });
}

async function sendOfShop(shopId: bigint, signal?: AbortSignal): Promise<number> {
  const channel = await findSmsChannel(pool, shopId);
  let sent = 0;
  if (channel) {
    await lookUpUnknown(channel);
    const settings = await loadSettings(pool, shopId);
    await feedCampaigns(shopId);
    const end = performance.now() + TURN_MS;
    while (!signal?.aborted) {
      await dropUnsendable(pool, shopId);
      await holdQuiet(shopId);
      const claimedAt = performance.now();
      const { messages: claimed, capped } = await claimMessages(shopId, channel.channelId, settings);
      await Promise.all(claimed.map((message) => sendOne(channel, message, claimedAt)));
      sent += claimed.length;
      const isIdle = claimed.length === 0 && capped === 0;
      if (isIdle && (await feedCampaigns(shopId)) === 0 && !(await isDue(shopId))) break;
      if (performance.now() > end) {
        await wakeTask(pool, 'send-messages');
        break;
      }
      if (isIdle) await sleep(PACE_WAIT_MS);
    }
  }
  await settleMessages(shopId, channel);
  await finishCampaigns(shopId);
  return sent;
}

/** Whether something is due that only the pace holds back. */
async function isDue(shopId: bigint): Promise<boolean> {
  const { rowCount } = await pool.query(
    `SELECT 1 FROM messages m LEFT JOIN campaigns c USING (shop_id, campaign_id)
      WHERE m.shop_id = $1 AND m.state = 'queued' AND m.due_at <= clock_timestamp() AND (m.campaign_id IS NULL OR c.state = 'running')
        AND EXISTS (SELECT 1 FROM senders s WHERE s.shop_id = $1) LIMIT 1`,
    [shopId],
  );
  return rowCount === 1;
}

async function sendOne(channel: Channel, message: ClaimedMessage, claimedAt: number): Promise<void> {
  // By the process's own clock: one that was stopped and continued must not send.
  if (performance.now() - claimedAt > LEASE_SECONDS * MS_PER_SECOND - CALL_MS) return;
  const { createTwilioMessage } = await import('#app/integrations/twilio/messages.server.ts');
  const outcome = await createTwilioMessage(credentialsOf(channel), {
    to: message.to,
    body: message.body,
    messagingServiceSid: channel.serviceSid,
    from: null,
    statusCallback: statusAddress(channel.shopId, channel.channelId, message.messageId),
    validitySeconds: validityOf(message.expiresAt),
  });
  await writeOutcome(channel, message, outcome);
}

function validityOf(expiresAt: Date | null): number {
  if (expiresAt === null) return VALIDITY_SECONDS.max;
  const left = Math.floor((expiresAt.getTime() - Date.now()) / MS_PER_SECOND);
  return Math.min(Math.max(left, VALIDITY_SECONDS.min), VALIDITY_SECONDS.max);
}
