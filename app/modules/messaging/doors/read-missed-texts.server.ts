/** Texts that people sent while our door was closed: a stop among them has to hold as well. Twilio keeps them. */
import { pool } from '#app/db.server.ts';
import { IS_INSTALLED_SQL } from '#app/modules/shops/find-shop.server.ts';
import { forEachShop } from '#app/modules/shops/for-each-shop.server.ts';
import { credentialsOf, findSmsChannel, listSenders, type Channel } from '../channels/channel-rows.server.ts';
import { storeMissedText } from './store-inbound.server.ts';

/** How far back a look goes after a worker that was away for long. */
const DAYS_BACK_MAX = 7;
/** Twilio's list is behind by seconds, and its clock is another one. */
const OVERLAP_MINUTES = 5;
/** What is asked for at once: a long time is read in pieces. */
const PIECE_MS = 86_400_000;

interface DueShop {
  shopId: bigint;
  from: Date;
  until: Date;
}

const DUE = `
  SELECT shop_id AS "shopId", clock_timestamp() AS until,
    greatest(c.texts_read_until - interval '${OVERLAP_MINUTES} minutes', clock_timestamp() - interval '${DAYS_BACK_MAX} days') AS "from"
  FROM shops JOIN channels c USING (shop_id) WHERE ${IS_INSTALLED_SQL} AND c.kind = 'sms' ORDER BY shop_id`;

/** Stores what the door missed. Returns how many texts. May run twice, late or on two machines. */
export async function readMissedTexts(signal?: AbortSignal): Promise<number> {
  const { rows } = await pool.query<DueShop>(DUE);
  return forEachShop('read-missed-texts', rows, (shop) => readShop(shop, signal), { signal });
}

async function readShop({ shopId, from, until }: DueShop, signal?: AbortSignal): Promise<number> {
  const channel = await findSmsChannel(pool, shopId);
  if (!channel) return 0;
  const senders = await listSenders(pool, shopId, channel.channelId);
  const numbers = senders.filter(({ replies }) => replies).map(({ address }) => address);
  let stored = 0;
  for (let at = from; at < until && !signal?.aborted;) {
    const end = new Date(Math.min(at.getTime() + PIECE_MS, until.getTime()));
    for (const to of numbers) stored += await readNumber(channel, { to, from: at, until: end });
    await pool.query(
      `UPDATE channels SET texts_read_until = greatest(texts_read_until, $3) WHERE shop_id = $1 AND channel_id = $2`,
      [shopId, channel.channelId, end],
    );
    at = end;
  }
  return stored;
}

async function readNumber(channel: Channel, asked: { to: string; from: Date; until: Date }): Promise<number> {
  const { shopId, channelId } = channel;
  const { listReceivedTexts } = await import('#app/integrations/twilio/messages.server.ts');
  const texts = await listReceivedTexts(credentialsOf(channel), asked);
  const { rows } = await pool.query<{ sid: string }>(
    `SELECT message_sid AS sid FROM inbound_messages WHERE shop_id = $1 AND message_sid = ANY($2::text[])`,
    [shopId, texts.map(({ sid }) => sid)],
  );
  const known = new Set(rows.map(({ sid }) => sid));
  // One that is empty says nothing, or was emptied when its sender was erased.
  const missed = texts.filter(({ sid, body, media }) => !known.has(sid) && (body !== '' || media > 0));
  let stored = 0;
  for (const text of missed) if (await storeMissedText({ shopId, channelId }, text)) stored += 1;
  return stored;
}
