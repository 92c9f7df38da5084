/** Messages of one shop with a number and a name, and what Twilio makes of them. Import it before anything of the app. */
import { givenChannel, MERCHANT_FORM, sandbox, twilioIdle } from './twilio-bed.ts';
import { pool } from '#app/db.server.ts';
import { setAlphaSender } from '#app/integrations/twilio/services.server.ts';
import {
  findSmsChannel,
  listSenders,
  type Channel,
} from '#app/modules/messaging/channels/channel-rows.server.ts';
import { actOnChannel } from '#app/modules/messaging/channels/channel-screen.server.ts';
import { processReceipts } from '#app/modules/messaging/delivery/process-receipts.server.ts';
import { sendMessages } from '#app/modules/messaging/delivery/send-messages.server.ts';
import { emptyDatabase } from './database.ts';
import { givenShop } from './shops.ts';

export const PRICE = 10_000n;
export const NUMBER = '+14155550172';
export const NAME = 'Toko';
export const US = '+1415555010';
export const ID = '+62812000000';
export let shop: { shopId: bigint; domain: string; name: null };
export let channel: Channel;

/** Begins with an empty database and sandbox, a connected shop and money. */
export async function givenHeldShop(): Promise<void> {
  await emptyDatabase(process.env.DATABASE_URL!);
  await sandbox.control('POST', '/_control/reset', { tokens: true });
  await sandbox.control('DELETE', '/_control/faults');
  // What a test leaves at a number stays there otherwise.
  for (const number of sandbox.world.twilio.numbers) delete number.isUnregistered;
  for (const account of sandbox.world.twilio.accounts) account.status = 'active';
  shop = { ...(await givenShop()), name: null };
  await setAlphaSender(MERCHANT_FORM, MERCHANT_FORM.serviceSid, NAME);
  await givenChannel(shop);
  channel = (await findSmsChannel(pool, shop.shopId))!;
  await pool.query('UPDATE senders SET per_second = 10000');
  await pool.query(
    `INSERT INTO wallets (shop_id, currency, balance_micros, held_micros) VALUES ($1, 'USD', 1000000, 0)`,
    [shop.shopId],
  );
  await pool.query(
    `INSERT INTO wallet_entries (shop_id, entry_key, kind, amount_micros, balance_after_micros) VALUES ($1, 'correction:t', 'correction', 1000000, 1000000)`,
    [shop.shopId],
  );
}

/** A running campaign to these numbers, reserved; whatever the hour is there. */
export async function givenCampaign(numbers: readonly string[]): Promise<void> {
  await pool.query('UPDATE wallets SET held_micros = held_micros + $1', [PRICE * BigInt(numbers.length)]);
  await pool.query(
    `WITH hold AS (INSERT INTO wallet_holds (shop_id, hold_key, amount_micros, open_micros) VALUES ($1, 'k', $2, $2) RETURNING hold_id),
       campaign AS (INSERT INTO campaigns (shop_id, name, state, audience, language, text, created_by, hold_id)
         SELECT $1, 'Promo', 'running', '{}', 'en', 'Hello', 'staff:1', hold_id FROM hold RETURNING campaign_id)
     INSERT INTO messages (shop_id, message_key, campaign_id, customer_id, channel_id, country, to_address, address_hash, body, parts, price_micros,
       state, class, actor, expires_at)
     SELECT $1, 'k' || n, campaign_id, n, $3, CASE WHEN number LIKE '+1%' THEN 'US' ELSE 'ID' END, number, 'hash' || n, 'Hello ' || n, 1, $4, 'queued',
       'transactional', 'staff:1', clock_timestamp() + interval '48 hours' FROM campaign, unnest($5::text[]) WITH ORDINALITY AS t (number, n)`,
    [shop.shopId, PRICE * BigInt(numbers.length), channel.channelId, PRICE, numbers],
  );
}

/** One message that no campaign planned, reserved. */
export async function givenSingle(kind = 'transactional', expires = '1 day'): Promise<void> {
  await pool.query('UPDATE wallets SET held_micros = held_micros + $1', [PRICE]);
  await pool.query(
    `WITH hold AS (INSERT INTO wallet_holds (shop_id, hold_key, amount_micros, open_micros) VALUES ($1, 'single', $2, $2) RETURNING hold_id)
     INSERT INTO messages (shop_id, message_key, customer_id, channel_id, country, to_address, address_hash, body, parts, price_micros, state, class,
       hold_id, actor, expires_at)
     SELECT $1, 'single', 1, $3, 'ID', $4, 'hash', 'Hello', 1, $2, 'queued', $5, hold_id, 'staff:1', clock_timestamp() + $6::interval FROM hold`,
    [shop.shopId, PRICE, channel.channelId, `${ID}1`, kind, expires],
  );
}

const fault = (values: Record<string, unknown>) => sandbox.control('POST', '/_control/faults', values);
export const refuseWith = (code: number, times = 1) =>
  fault({ target: 'twilio', kind: 'code', message: String(code), operation: 'CreateMessage', times });
export const reportWith = (code: number, times = 1) =>
  fault({ target: 'delivery', kind: 'fails', message: String(code), times });
/** Sends what is due and processes what comes back. On a busy machine an answer may come too late: then it is looked for. */
export async function round(): Promise<void> {
  for (let isUnclear = true; isUnclear;) {
    await sendMessages();
    await twilioIdle();
    await processReceipts();
    await sendMessages();
    const { rowCount } = await pool.query(
      `UPDATE messages SET lease_until = clock_timestamp() - interval '1 second' WHERE state IN ('sending', 'unknown')`,
    );
    isUnclear = (rowCount ?? 0) > 0;
  }
}
/** Everything that waits for a time is due by now. */
export async function later(): Promise<void> {
  await pool.query(`UPDATE senders SET full_until = '-infinity' WHERE full_until > clock_timestamp()`);
  await pool.query(`UPDATE messages SET due_at = clock_timestamp() WHERE state = 'queued'`);
}
export const states = async () =>
  (
    await pool.query<{ state: string; code: number | null }>(
      'SELECT state, error_code AS code FROM messages ORDER BY message_id',
    )
  ).rows.map(({ state, code }) => (code === null ? state : `${state} ${code}`));
export const waits = async () =>
  (
    await pool.query<{ seconds: number }>(
      'SELECT extract(epoch FROM due_at - clock_timestamp())::float8 AS seconds FROM messages ORDER BY message_id',
    )
  ).rows.map(({ seconds }) => seconds);
export const campaign = async () =>
  (
    await pool.query<{ state: string; code: number | null }>(
      'SELECT state, pause_code AS code FROM campaigns',
    )
  ).rows[0];
export const wallet = async () =>
  (
    await pool.query<{ spent: bigint; held: bigint }>(
      'SELECT 1000000 - balance_micros AS spent, held_micros AS held FROM wallets',
    )
  ).rows[0];
export const calls = () =>
  sandbox.world.twilio.requests.filter(({ operation }) => operation === 'CreateMessage').length;
export const delivered = () =>
  sandbox.world.twilio.messages
    .filter(({ status }) => status === 'delivered')
    .map(({ to }) => to)
    .toSorted();
export const sender = async (address: string) =>
  (await listSenders(pool, shop.shopId, channel.channelId)).find((each) => each.address === address)!;
export const act = (values: Record<string, unknown>) =>
  actOnChannel(shop, values, () => Promise.resolve('staff:1'));

export const theId = async () =>
  (await pool.query<{ id: bigint }>('SELECT message_id AS id FROM messages ORDER BY 1')).rows[0]!.id;
