/** Messages that Twilio took and then said nothing of: their receipts were lost, so it is asked. */
import pMap from 'p-map';
import { pool } from '#app/db.server.ts';
import { UpstreamError } from '#app/lib/errors.ts';
import { logger } from '#app/lib/logger.server.ts';
import { safeErrorText } from '#app/lib/safe-error.ts';
import { wakeTask } from '#app/lib/wake-task.server.ts';
import { IS_INSTALLED_SQL } from '#app/modules/shops/find-shop.server.ts';
import { forEachShop } from '#app/modules/shops/for-each-shop.server.ts';
import { credentialsOf, findSmsChannel, type Channel } from '../channels/channel-rows.server.ts';

/** When Twilio is asked, after the message was sent; a message of which the last time nothing is known has ended. */
const ASK_AFTER = ['15 minutes', '6 hours', '72 hours'];
const ASKED_A_TURN = 500;
const ASKED_AT_ONCE = 10;

const IS_DUE = `state IN ('accepted', 'sent') AND call_started_at < clock_timestamp() - (ARRAY[${ASK_AFTER.map(
  (after) => `interval '${after}'`,
).join(', ')}])[least(asks, ${ASK_AFTER.length - 1}) + 1]`;

/** Asks Twilio about messages without a final status. Returns how many. May run twice, late or on two machines. */
export async function sweepSilent(signal?: AbortSignal): Promise<number> {
  const { rows } = await pool.query<{ shopId: bigint }>(
    `SELECT shop_id AS "shopId" FROM shops WHERE ${IS_INSTALLED_SQL}
        AND shop_id IN (SELECT shop_id FROM messages WHERE ${IS_DUE}) ORDER BY shop_id`,
  );
  return forEachShop('sweep-messages', rows, ({ shopId }) => sweepShop(shopId, signal), { signal });
}

interface SilentMessage {
  messageId: bigint;
  sid: string;
}

async function sweepShop(shopId: bigint, signal?: AbortSignal): Promise<number> {
  const channel = await findSmsChannel(pool, shopId);
  let asked = 0;
  while (channel && !signal?.aborted) {
    const { rows } = await pool.query<SilentMessage>(
      `SELECT message_id AS "messageId", provider_sid AS sid FROM messages
        WHERE shop_id = $1 AND ${IS_DUE} AND provider_sid IS NOT NULL AND asks < ${ASK_AFTER.length}
        ORDER BY call_started_at LIMIT ${ASKED_A_TURN}`,
      [shopId],
    );
    const answers = await pMap(rows, (message) => ask(channel, message), { concurrency: ASKED_AT_ONCE });
    asked += answers.filter(Boolean).length;
    if (rows.length < ASKED_A_TURN || answers.includes(false)) break;
  }
  if (asked > 0) await wakeTask(pool, 'process-receipts');
  await endForgotten(shopId);
  return asked;
}

/** What Twilio says is stored as a receipt: the rules for those hold. False when it couldn't be asked. */
async function ask(channel: Channel, { messageId, sid }: SilentMessage): Promise<boolean> {
  const { fetchTwilioMessage } = await import('#app/integrations/twilio/messages.server.ts');
  try {
    const { status, errorCode } = await fetchTwilioMessage(credentialsOf(channel), sid);
    await pool.query(
      `INSERT INTO message_receipts (shop_id, channel_id, provider_sid, status, error_code, message_id)
       VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING`,
      [channel.shopId, channel.channelId, sid, status, errorCode ?? 0, messageId],
    );
    await pool.query(
      'UPDATE messages SET asks = asks + 1, asked_at = clock_timestamp() WHERE shop_id = $1 AND message_id = $2',
      [channel.shopId, messageId],
    );
    return true;
  } catch (error) {
    if (!(error instanceof UpstreamError)) throw error;
    logger.warn({ shopId: String(channel.shopId), reason: safeErrorText(error) }, 'message not asked about');
    return false;
  }
}

/** Nothing was ever known of these beyond that Twilio took them: their reserve returns. */
async function endForgotten(shopId: bigint): Promise<void> {
  const { rowCount } = await pool.query(
    `UPDATE messages SET state = 'failed', reason = 'unknown_outcome', finished_at = clock_timestamp()
      WHERE shop_id = $1 AND state = 'accepted' AND asks >= ${ASK_AFTER.length}
        AND asked_at < clock_timestamp() - interval '1 hour'`,
    [shopId],
  );
  if (rowCount) await wakeTask(pool, 'send-messages');
}
