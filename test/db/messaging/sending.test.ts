/** Sending, message by message: who claims it, how often Twilio is called, and what it costs in the end. */
import { setTimeout as sleep } from 'node:timers/promises';
import { beforeEach, expect, test, vi } from 'vitest';
import { givenChannel, sandbox, twilioIdle } from '#test/support/twilio-bed.ts';
import { pool } from '#app/db.server.ts';
import { logger } from '#app/lib/logger.server.ts';
import { pauseCampaign } from '#app/modules/messaging/campaigns/move-campaign.server.ts';
import { findSmsChannel, type Channel } from '#app/modules/messaging/channels/channel-rows.server.ts';
import { claimMessages } from '#app/modules/messaging/delivery/claim-messages.server.ts';
import { lookUpUnknown } from '#app/modules/messaging/delivery/look-up-unknown.server.ts';
import { processReceipts } from '#app/modules/messaging/delivery/process-receipts.server.ts';
import { sendMessages } from '#app/modules/messaging/delivery/send-messages.server.ts';
import { writeOutcome } from '#app/modules/messaging/delivery/write-outcome.server.ts';
import { countParts } from '#app/modules/messaging/rules/count-parts.ts';
import { normalizeBody } from '#app/modules/messaging/rules/message-body.ts';
import { emptyDatabase } from '#test/support/database.ts';
import { seededRandom } from '#test/support/random.ts';
import { givenShop } from '#test/support/shops.ts';

const PRICE = 7_901n;
/** Of a turn: calls under way at once, and the least that is claimed. */
const CALLS_AT_ONCE = 20;
const CLAIM_MIN = 20;
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

const refuseWith = (message: string, times: number) =>
  sandbox.control('POST', '/_control/faults', {
    target: 'twilio',
    kind: 'code',
    message,
    operation: 'CreateMessage',
    times,
  });

test('a message without a campaign waits for an account to be mended like all others, and never for a sender or service', async () => {
  await givenQueued(['Hello']);
  await pool.query(`UPDATE messages SET campaign_id = NULL, class = 'transactional'`);
  await refuseWith('20003', 9);
  for (let turn = 0; turn < 3; turn += 1) await sendMessages();
  const stored = async () =>
    (await pool.query('SELECT state, error_code AS code FROM messages')).rows as object[];
  expect(await stored()).toEqual([{ state: 'queued', code: 20_003 }]);
  expect(calls()).toBe(1);
  await sandbox.control('DELETE', '/_control/faults');
  await pool.query('UPDATE channels SET paused_at = NULL, pause_code = NULL');
  await refuseWith('30042', 9);
  for (let turn = 0; turn < 3; turn += 1) await sendMessages();
  expect(await stored()).toEqual([{ state: 'refused', code: 30_042 }]);
  expect(calls()).toBe(2);
});

test('a country that the account doesn’t write to is refused once: the campaign’s other messages to it end with that reason', async () => {
  await givenQueued(Array.from({ length: 60 }, (_, n) => `Hello ${n}`));
  await pool.query(`UPDATE messages SET country = CASE WHEN customer_id % 2 = 0 THEN 'US' ELSE 'CA' END,
    class = 'transactional', state = CASE WHEN customer_id > 50 THEN 'planned' ELSE 'queued' END,
    due_at = clock_timestamp() + CASE WHEN customer_id = 2 THEN interval '0' ELSE interval '1 hour' END`);
  await pool.query('UPDATE campaigns SET started_at = clock_timestamp()');
  // A message of no campaign is its own matter.
  await pool.query(`UPDATE messages SET campaign_id = NULL WHERE customer_id = 4`);
  const { messages } = await claimMessages(channel.shopId, channel.channelId);
  expect(messages).toHaveLength(1);
  await writeOutcome(channel, messages[0]!, { is: 'refused', status: 400, code: 21_408 });
  const ended = `SELECT customer_id AS id FROM messages WHERE state = 'refused' AND error_code = 21408 AND finished_at IS NOT NULL ORDER BY 1`;
  const american = Array.from({ length: 30 }, (_, n) => BigInt(2 * n + 2)).filter((id) => id !== 4n);
  expect((await pool.query<{ id: bigint }>(ended)).rows.map(({ id }) => id)).toEqual(american);
  // The rest goes out, and what was reserved for the refused returns.
  for (let turn = 0; turn < 2; turn += 1) {
    // Whatever the hour is there.
    await pool.query('UPDATE messages SET due_at = clock_timestamp()');
    await sendMessages();
  }
  await twilioIdle();
  await processReceipts();
  await sendMessages();
  expect(calls()).toBe(31);
  expect((await pool.query('SELECT state FROM campaigns')).rows).toEqual([{ state: 'finished' }]);
  const { rows: charged } = await pool.query(
    `SELECT 1 FROM messages WHERE state = 'refused' AND charged_micros <> 0`,
  );
  expect(charged).toEqual([]);
});

const inState = async (state: string) =>
  (await pool.query('SELECT 1 FROM messages WHERE state = $1', [state])).rowCount ?? 0;

test('when an account is refused, what was claimed and not called for waits in the queue', async () => {
  await givenQueued(Array.from({ length: 300 }, (_, n) => `Hello ${n}`));
  await refuseWith('20003', 300);
  await sendMessages();
  expect(await inState('queued')).toBe(300);
  expect(calls()).toBeLessThanOrEqual(CALLS_AT_ONCE);
});

test('while the token can’t be read, messages wait in the queue', async () => {
  await givenQueued(['Hello', 'Hello again']);
  await pool.query(`UPDATE channels SET token_cipher = 'what no key opens'`);
  await sendMessages().catch(() => null);
  expect(await inState('queued')).toBe(2);
  expect(calls()).toBe(0);
});

test('a worker that is told to stop gives back what it claimed and did not call for', async () => {
  await givenQueued(Array.from({ length: 300 }, (_, n) => `Hello ${n}`));
  const stop = new AbortController();
  const turn = sendMessages(stop.signal);
  await vi.waitUntil(() => calls() > 40, { interval: 1 });
  stop.abort();
  await turn;
  expect(await inState('sending')).toBe(0);
  expect(await inState('queued')).toBe(300 - calls());
  expect(calls()).toBeLessThan(300);
  await sendMessages();
  expect(new Set(sentTo()).size).toBe(300);
  expect(sentTo()).toHaveLength(300);
});

test('of what Twilio takes slowly few are claimed ahead: a stop that comes meanwhile holds', async () => {
  await givenQueued(Array.from({ length: 200 }, (_, n) => `Hello ${n}`));
  await sandbox.control('POST', '/_control/faults', {
    target: 'twilio',
    kind: 'delay',
    delayMs: 250,
    operation: 'CreateMessage',
    times: 200,
  });
  let most = 0;
  let isSending = true;
  const turn = sendMessages().finally(() => (isSending = false));
  while (isSending) {
    most = Math.max(most, await inState('sending'));
    await sleep(20);
  }
  await turn;
  // Under way, not written yet, half of a claim, and the next.
  expect(most).toBeLessThanOrEqual(2 * CALLS_AT_ONCE + CLAIM_MIN / 2 + CLAIM_MIN);
  expect(new Set(sentTo()).size).toBe(200);
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

test('what Twilio counts beyond the quote is not the merchant’s, and the operator is told; parts that it never counts are the quoted ones', async () => {
  await givenQueued(['Hello', 'Hello again']);
  await sandbox.control('POST', '/_control/faults', { target: 'delivery', kind: 'moreParts' });
  await sandbox.control('POST', '/_control/faults', { target: 'delivery', kind: 'noParts', times: 1 });
  const said = vi.spyOn(logger, 'error');
  await sendMessages();
  await twilioIdle();
  await processReceipts();
  await sendMessages();
  expect(said.mock.calls.map((call) => (call as unknown[])[1])).toEqual([
    'Twilio counted more parts than were quoted',
  ]);
  said.mockRestore();
  const charged = async () =>
    (
      await pool.query<{ beyond: bigint | null }>(
        'SELECT charged_micros - parts * price_micros AS beyond FROM messages ORDER BY settled_at NULLS LAST',
      )
    ).rows.map(({ beyond }) => beyond);
  expect(await charged()).toEqual([0n, null]);
  await pool.query(`UPDATE messages SET finished_at = finished_at - interval '25 hours'`);
  await sendMessages();
  expect(await charged()).toEqual([0n, 0n]);
  expect((await pool.query('SELECT held_micros AS held FROM wallets')).rows).toEqual([{ held: 0n }]);
});

test('a campaign of which carriers filter one in twenty is paused, and goes on when staff resume it', async () => {
  await givenQueued(Array.from({ length: 330 }, (_, n) => `Hello ${n}`));
  const stateOf = async () =>
    (await pool.query('SELECT state, pause_reason AS reason FROM campaigns')).rows[0] as object;
  const { rows: all } = await pool.query<{ id: bigint }>('SELECT message_id AS id FROM messages ORDER BY 1');
  let reported = 0;
  /** Reports of the next messages, the first of which were filtered. */
  const report = async (count: number, filtered: number) => {
    const ids = all.slice(reported, reported + count).map(({ id }) => id);
    reported += count;
    await pool.query(
      `UPDATE messages SET state = 'accepted', provider_sid = 'SM' || message_id, provider_rank = 10, call_started_at = clock_timestamp()
        WHERE message_id = ANY($1::bigint[])`,
      [ids],
    );
    await pool.query(
      `INSERT INTO message_receipts (shop_id, provider_sid, status, error_code, channel_id, message_id)
       SELECT $1, 'SM' || id, CASE WHEN n <= $4::int THEN 'undelivered' ELSE 'delivered' END, CASE WHEN n <= $4::int THEN 30007 ELSE 0 END, $2, id
         FROM unnest($3::bigint[]) WITH ORDINALITY AS t (id, n)`,
      [channel.shopId, channel.channelId, ids, filtered],
    );
    await processReceipts();
  };
  // All of too few, and then a little less than one in twenty.
  await report(8, 8);
  expect(await stateOf()).toEqual({ state: 'running', reason: null });
  await report(191, 1);
  expect(await stateOf()).toEqual({ state: 'running', reason: null });
  await report(1, 1);
  expect(await stateOf()).toEqual({ state: 'paused', reason: 'filtered' });
  const { rows } = await pool.query<{ id: bigint }>('SELECT campaign_id AS id FROM campaigns');
  await pauseCampaign(channel.shopId, rows[0]!.id, false);
  // What was before is known: it is counted from here.
  await report(30, 30);
  expect(await stateOf()).toEqual({ state: 'running', reason: null });
});
