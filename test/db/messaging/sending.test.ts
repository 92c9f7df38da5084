/** Sending, message by message: who claims it, how often Twilio is called, and what it costs in the end. */
import { beforeEach, expect, test, vi } from 'vitest';
import { givenChannel, sandbox, twilioIdle } from '#test/support/twilio-bed.ts';
import { pool } from '#app/db.server.ts';
import { logger } from '#app/lib/logger.server.ts';
import { findSmsChannel, type Channel } from '#app/modules/messaging/channels/channel-rows.server.ts';
import { lookUpUnknown } from '#app/modules/messaging/delivery/look-up-unknown.server.ts';
import { processReceipts } from '#app/modules/messaging/delivery/process-receipts.server.ts';
import { sendMessages } from '#app/modules/messaging/delivery/send-messages.server.ts';
import { countParts } from '#app/modules/messaging/rules/count-parts.ts';
import { normalizeBody } from '#app/modules/messaging/rules/message-body.ts';
import { emptyDatabase } from '#test/support/database.ts';
import { seededRandom } from '#test/support/random.ts';
import { givenShop } from '#test/support/shops.ts';

const PRICE = 7_901n;
const random = seededRandom('sending');
let channel: Channel;

beforeEach(async () => {
  await emptyDatabase(process.env.DATABASE_URL!);
  await sandbox.control('POST', '/_control/reset', { tokens: true });
  await sandbox.control('DELETE', '/_control/faults');
  const shop = await givenShop();
  await givenChannel(shop);
  channel = (await findSmsChannel(pool, shop.shopId))!;
  await pool.query('UPDATE senders SET per_second = 10000');
});

/** Messages of a running campaign with these texts; all of it reserved. */
async function givenQueued(texts: readonly string[]): Promise<void> {
  const bodies = texts.map(normalizeBody);
  const parts = bodies.map((body) => countParts(body).partsAtMost);
  const reserved = BigInt(parts.reduce((sum, each) => sum + each, 0)) * PRICE;
  await pool.query(
    `WITH wallet AS (INSERT INTO wallets (shop_id, currency, balance_micros, held_micros) VALUES ($1, 'USD', 900000000, $2)),
       entry AS (INSERT INTO wallet_entries (shop_id, entry_key, kind, amount_micros, balance_after_micros)
         VALUES ($1, 'correction:test', 'correction', 900000000, 900000000)),
       hold AS (INSERT INTO wallet_holds (shop_id, hold_key, amount_micros, open_micros) VALUES ($1, 'k', $2, $2) RETURNING hold_id),
       campaign AS (INSERT INTO campaigns (shop_id, name, state, audience, language, text, created_by, hold_id)
         SELECT $1, 'Promo', 'running', '{}', 'en', 'Hello', 'staff:1', hold_id FROM hold RETURNING campaign_id)
     INSERT INTO messages (shop_id, message_key, campaign_id, customer_id, channel_id, to_address, address_hash, body, parts, price_micros,
       state, actor)
     SELECT $1, 'k' || n, campaign_id, n, $3, '+1415' || (5550100 + n), 'hash' || n, body, parts, $4, 'queued', 'staff:1'
       FROM campaign, unnest($5::text[], $6::int[]) WITH ORDINALITY AS t (body, parts, n)`,
    [channel.shopId, reserved, channel.channelId, PRICE, bodies, parts],
  );
}
const calls = () =>
  sandbox.world.twilio.requests.filter(({ operation }) => operation === 'CreateMessage').length;
const sentTo = () =>
  sandbox.world.twilio.messages.filter(({ direction }) => direction === 'outbound-api').map(({ to }) => to);

test('four workers at once: each message is claimed by one', async () => {
  await givenQueued(Array.from({ length: 160 }, (_, n) => `Hello ${n}`));
  await Promise.all([1, 2, 3, 4].map(() => sendMessages()));
  // On a busy machine an answer may come too late: that message is unknown, and was sent once all the more.
  const { rows } = await pool.query('SELECT 1 FROM messages WHERE fence <> 1');
  expect(rows).toEqual([]);
  expect(new Set(sentTo()).size).toBe(sentTo().length);
  expect(calls()).toBeLessThanOrEqual(160);
});

test.each([
  ['21211', 'refused', 1],
  ['21610', 'refused', 1],
  ['21614', 'refused', 1],
  ['30042', 'queued', 1],
])('each code of a refusal makes one call: %s', async (message, state, count) => {
  await givenQueued(['Hello']);
  await sandbox.control('POST', '/_control/faults', {
    target: 'twilio',
    kind: 'code',
    message,
    operation: 'CreateMessage',
    times: 9,
  });
  for (let turn = 0; turn < 3; turn += 1) await sendMessages();
  expect((await pool.query('SELECT state FROM messages')).rows).toEqual([{ state }]);
  expect(calls()).toBe(count);
});

const WORDS = [
  'Halo',
  'promo',
  'José',
  'Zoë',
  'வணக்கம்',
  'สวัสดีค่ะ',
  '🎂',
  '👨‍👩‍👧',
  '[50%]',
  '“baru”',
  'سلام',
  '€10',
  '\n',
];

test('what is charged is what was quoted, whatever the script', async () => {
  const texts = Array.from({ length: 120 }, () =>
    Array.from({ length: random.between(1, 60) }, () => random.pick(WORDS)).join(' '),
  );
  await givenQueued(texts);
  await sendMessages();
  await twilioIdle();
  await processReceipts();
  await sendMessages();
  const { rows } = await pool.query<{ body: string; quoted: bigint; charged: bigint | null }>(
    'SELECT body, parts * price_micros AS quoted, charged_micros AS charged FROM messages',
  );
  expect(rows.filter(({ quoted, charged }) => quoted !== charged)).toEqual([]);
  expect((await pool.query('SELECT held_micros AS held FROM wallets')).rows).toEqual([{ held: 0n }]);
});

test('a message that Twilio has twice is said', async () => {
  await givenQueued(['Hello']);
  await sendMessages();
  const [message] = sandbox.world.twilio.messages;
  sandbox.world.twilio.messages.push({ ...message!, sid: `SM${'b'.repeat(32)}` });
  await pool.query(
    `UPDATE messages SET state = 'unknown', provider_sid = NULL, lease_until = now() - interval '1 second'`,
  );
  const said = vi.spyOn(logger, 'error');
  await lookUpUnknown(channel);
  expect(said.mock.calls.map((call) => (call as unknown[])[1])).toEqual([
    'Twilio has a message more than once',
  ]);
  said.mockRestore();
});
