/** What Twilio charged the operator for each message, read a while after it was sent: prices come after delivery. */
import { pool } from '#app/db.server.ts';
import type { TwilioCharge } from '#app/integrations/twilio/messages.server.ts';
import { bigintArray } from '#app/lib/pg-arrays.ts';
import { IS_INSTALLED_SQL } from '#app/modules/shops/find-shop.server.ts';
import { forEachShop } from '#app/modules/shops/for-each-shop.server.ts';
import { credentialsOf, findSmsChannel, type Channel } from '../channels/channel-rows.server.ts';
import { costOfPrice } from './rules/cost-of-price.ts';

/** A price may come a day after delivery, and delivery some hours after sending (support.twilio.com 46871410243099). */
const READ_AFTER_HOURS = 48;
/** A time of which prices are missing is read again on the next days, until it is so old. */
const GIVEN_UP_AFTER_DAYS = 7;
/** What is asked for at once. What fails is read again from its beginning. */
const PIECE_MS = 21_600_000;
/** Sending comes first: the list is read slowly. */
const PAUSE_MS = 250;

interface DueShop {
  shopId: bigint;
  /** Null for one that has never sent: there is nothing to ask for. */
  from: Date | null;
  until: Date;
  /** Prices that are missing until then will not come. */
  givenUpUntil: Date;
}

const DUE = `
  SELECT shop_id AS "shopId", date_trunc('hour', clock_timestamp()) - make_interval(hours => ${READ_AFTER_HOURS}) AS until,
    clock_timestamp() - make_interval(days => ${GIVEN_UP_AFTER_DAYS}) AS "givenUpUntil",
    CASE WHEN EXISTS (SELECT 1 FROM messages m WHERE m.shop_id = c.shop_id AND m.provider_sid IS NOT NULL)
      THEN greatest(c.costs_read_until, c.created_at) END AS "from"
  FROM shops JOIN channels c USING (shop_id) WHERE ${IS_INSTALLED_SQL} AND c.kind = 'sms' AND c.account = 'platform'
    AND c.costs_read_until < date_trunc('hour', clock_timestamp()) - make_interval(hours => ${READ_AFTER_HOURS}) ORDER BY shop_id`;

/** Stores what messages of the operator's account cost. Returns how many. May run twice, late or on two machines. */
export async function readCosts(signal?: AbortSignal): Promise<number> {
  const { rows } = await pool.query<DueShop>(DUE);
  return forEachShop('read-costs', rows, (due) => readShop(due, signal), { signal });
}

async function readShop(
  { shopId, from, until, givenUpUntil }: DueShop,
  signal?: AbortSignal,
): Promise<number> {
  const channel = await findSmsChannel(pool, shopId);
  if (channel?.account !== 'platform') return 0;
  let stored = 0;
  for (let at = from ?? until; at < until;) {
    const end = new Date(Math.min(at.getTime() + PIECE_MS, until.getTime()));
    const read = await readPiece(channel, { from: at, until: end }, signal);
    stored += read.stored;
    if (signal?.aborted || (read.missing > 0 && end > givenUpUntil)) return stored;
    await markRead(channel, end);
    at = end;
  }
  if (from === null) await markRead(channel, until);
  return stored;
}

async function markRead({ shopId, channelId }: Channel, until: Date): Promise<void> {
  await pool.query(
    `UPDATE channels SET costs_read_until = greatest(costs_read_until, $3) WHERE shop_id = $1 AND channel_id = $2`,
    [shopId, channelId, until],
  );
}

async function readPiece(
  channel: Channel,
  time: { from: Date; until: Date },
  signal?: AbortSignal,
): Promise<{ stored: number; missing: number }> {
  const { listTwilioCharges } = await import('#app/integrations/twilio/messages.server.ts');
  let stored = 0;
  let missing = 0;
  for await (const charges of listTwilioCharges(credentialsOf(channel), { ...time, pauseMs: PAUSE_MS })) {
    stored += await storeCosts(channel.shopId, charges);
    missing += charges.filter(({ isBilled, price }) => isBilled && price === null).length;
    if (signal?.aborted) break;
  }
  return { stored, missing };
}

/** What was not sent for a customer, such as the answer to a STOP, has no row here. */
const STORE = `
  INSERT INTO message_costs AS known (shop_id, message_id, cost_micros, currency)
  SELECT m.shop_id, m.message_id, d.cost, d.currency FROM unnest($2::text[], $3::bigint[], $4::text[]) AS d (sid, cost, currency)
    JOIN messages m ON m.shop_id = $1 AND m.provider_sid = d.sid
  ON CONFLICT (shop_id, message_id) DO UPDATE SET cost_micros = excluded.cost_micros, currency = excluded.currency
    WHERE (known.cost_micros, known.currency) IS DISTINCT FROM (excluded.cost_micros, excluded.currency)`;

async function storeCosts(shopId: bigint, charges: readonly TwilioCharge[]): Promise<number> {
  const costs = charges.flatMap(({ sid, price, priceUnit }) => {
    const micros = price === null ? null : costOfPrice(price);
    return micros === null || priceUnit === null ? [] : [{ sid, micros, currency: priceUnit.toUpperCase() }];
  });
  if (costs.length === 0) return 0;
  const { rowCount } = await pool.query(STORE, [
    shopId,
    costs.map(({ sid }) => sid),
    bigintArray(costs.map(({ micros }) => micros)),
    costs.map(({ currency }) => currency),
  ]);
  return rowCount ?? 0;
}
