/** The worker's loop: claims, calls Twilio, and writes what came of it. */
import { setTimeout as sleep } from 'node:timers/promises';
import { pool } from '#app/db.server.ts';
import { wakeTask } from '#app/lib/wake-task.server.ts';
import { IS_INSTALLED_SQL } from '#app/modules/shops/find-shop.server.ts';
import { forEachShop } from '#app/modules/shops/for-each-shop.server.ts';
import { findSmsChannel, type Channel } from '../channels/channel-rows.server.ts';
import { IS_UNITED_STATES, SENDER_OF_MESSAGE } from '../channels/choose-sender.sql.ts';
import { CallsOfTurn } from './calls-of-turn.server.ts';
import { dropUnsendable } from './claim-messages.server.ts';
import { ClaimsOfTurn } from './claims-of-turn.server.ts';
import { finishCampaigns } from './finish-campaigns.server.ts';
import { lookUpUnknown } from './look-up-unknown.server.ts';
import { settleMessages } from './settle-messages.server.ts';

const SHOPS_AT_ONCE = 4;
/** A turn of a shop: others wait for it. */
const TURN_MS = 20_000;
const PACE_WAIT_MS = 50;
/** The next are claimed when this share of a claim was called: while the rest is. */
const CLAIM_NEXT_AT = 0.5;

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
    if (channel.pausedAt === null) sent = await sendDue(channel, signal);
    else await dropUnsendable(pool, shopId);
  }
  await settleMessages(shopId, channel);
  await finishCampaigns(shopId);
  return sent;
}

/** Claims and sends until nothing is due or the turn is over. While calls are under way the next are claimed. */
async function sendDue(channel: Channel, signal?: AbortSignal): Promise<number> {
  const calls = new CallsOfTurn(channel);
  const claims = new ClaimsOfTurn(channel, () => calls.ended);
  const end = performance.now() + TURN_MS;
  const isStopped = () => signal?.aborted === true;
  const isOver = () => isStopped() || performance.now() > end;
  let sent = 0;
  while (claims.hasBegun || (!isOver() && !calls.hasFailed)) {
    const claim = await claims.take();
    const claimNextAt = claim.messages.length * CLAIM_NEXT_AT;
    sent += await calls.make(claim, {
      isStopped,
      onCall: (called) => {
        if (called > claimNextAt && !isOver()) claims.begin();
      },
    });
    if (claims.hasBegun) continue;
    await calls.goOnAfterHalt();
    if (!claims.isIdle) continue;
    if (!claims.wasPrepared) claims.prepareNext();
    else if (await isDue(channel.shopId)) await sleep(PACE_WAIT_MS);
    else break;
  }
  await calls.end();
  if (performance.now() > end) await wakeTask(pool, 'send-messages');
  return sent;
}

/** Whether something is due that only the pace holds back: not a full queue, nor what waits for staff. */
async function isDue(shopId: bigint): Promise<boolean> {
  const { rowCount } = await pool.query(
    `SELECT 1 FROM messages m JOIN channels h ON h.shop_id = m.shop_id AND h.channel_id = m.channel_id AND h.paused_at IS NULL
        CROSS JOIN LATERAL (${SENDER_OF_MESSAGE}) chosen
        JOIN senders s ON s.shop_id = m.shop_id AND s.channel_id = m.channel_id AND s.address = chosen.address
        LEFT JOIN campaigns c ON c.shop_id = m.shop_id AND c.campaign_id = m.campaign_id
      WHERE m.shop_id = $1 AND m.state = 'queued' AND m.due_at <= clock_timestamp() AND (m.campaign_id IS NULL OR c.state = 'running')
        AND s.full_until <= clock_timestamp() AND NOT (s.unregistered_code IS NOT NULL AND ${IS_UNITED_STATES}) LIMIT 1`,
    [shopId],
  );
  return rowCount === 1;
}
