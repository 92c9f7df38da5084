/** The worker's loop over what people asked for, such as codes at the till: it waits for no shop's campaign. */
import { pool } from '#app/db.server.ts';
import { IS_INSTALLED_SQL } from '#app/modules/shops/find-shop.server.ts';
import { forEachShop } from '#app/modules/shops/for-each-shop.server.ts';
import { findSmsChannel } from '../channels/channel-rows.server.ts';
import { IS_OF_LANE } from './claim-messages.server.ts';
import { sendDue } from './send-due.server.ts';

const SHOPS_AT_ONCE = 4;
const TURN_MS = 5_000;

/**
 * Sends what people asked for, as far as it is due; everything else that concerns it, such as its price, follows by
 * `sendMessages`. Returns how many were called for. May run twice, late or beside that: each message is claimed once.
 */
export async function sendAsked(signal?: AbortSignal): Promise<number> {
  const { rows } = await pool.query<{ shopId: bigint }>(
    `SELECT shop_id AS "shopId" FROM shops s WHERE ${IS_INSTALLED_SQL} AND EXISTS (SELECT 1 FROM messages m
       WHERE m.shop_id = s.shop_id AND m.state = 'queued' ${IS_OF_LANE.asked} AND m.due_at <= clock_timestamp())
     ORDER BY shop_id`,
  );
  return forEachShop('send-asked', rows, ({ shopId }) => sendOfShop(shopId, signal), {
    signal,
    concurrency: SHOPS_AT_ONCE,
  });
}

async function sendOfShop(shopId: bigint, signal?: AbortSignal): Promise<number> {
  const channel = await findSmsChannel(pool, shopId);
  return channel?.pausedAt === null ? sendDue(channel, { lane: 'asked', turnMs: TURN_MS, signal }) : 0;
}
