/** The worker's loop over all that is to be sent, with what comes before and after it. */
import { pool } from '#app/db.server.ts';
import { IS_INSTALLED_SQL } from '#app/modules/shops/find-shop.server.ts';
import { forEachShop } from '#app/modules/shops/for-each-shop.server.ts';
import { findSmsChannel } from '../channels/channel-rows.server.ts';
import { dropUnsendable } from './claim-messages.server.ts';
import { finishCampaigns } from './finish-campaigns.server.ts';
import { lookUpUnknown } from './look-up-unknown.server.ts';
import { sendDue, type Turn } from './send-due.server.ts';
import { settleMessages } from './settle-messages.server.ts';

const SHOPS_AT_ONCE = 4;
const TURN_MS = 20_000;
/** While other shops wait for it. */
const SHORT_TURN_MS = 5_000;

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
  const turn: Turn = { lane: 'all', turnMs: rows.length > SHOPS_AT_ONCE ? SHORT_TURN_MS : TURN_MS, signal };
  return forEachShop('send-messages', rows, ({ shopId }) => sendOfShop(shopId, turn), {
    signal,
    concurrency: SHOPS_AT_ONCE,
  });
}

async function sendOfShop(shopId: bigint, turn: Turn): Promise<number> {
  const channel = await findSmsChannel(pool, shopId);
  let sent = 0;
  if (channel) {
    await lookUpUnknown(channel);
    if (channel.pausedAt === null) sent = await sendDue(channel, turn);
    else await dropUnsendable(pool, shopId);
  }
  await settleMessages(shopId, channel);
  await finishCampaigns(shopId);
  return sent;
}
