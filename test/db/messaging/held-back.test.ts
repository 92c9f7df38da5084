/** What Twilio or a carrier takes only later: the message waits with its reserve, and each person gets one. */
import { beforeEach, expect, test } from 'vitest';
import {
  ID,
  NAME,
  NUMBER,
  PRICE,
  US,
  calls,
  campaign,
  channel,
  delivered,
  givenCampaign,
  givenHeldShop,
  givenSingle,
  later,
  refuseWith,
  reportWith,
  round,
  sender,
  shop,
  states,
  theId,
  waits,
  wallet,
} from '#test/support/held-back-bed.ts';
import { sandbox, twilioIdle } from '#test/support/twilio-bed.ts';
import { pool } from '#app/db.server.ts';
import { findBadNumbers } from '#app/modules/messaging/delivery/bad-numbers.server.ts';
import { processReceipts } from '#app/modules/messaging/delivery/process-receipts.server.ts';
import { sendMessages } from '#app/modules/messaging/delivery/send-messages.server.ts';
import { storeReceipt } from '#app/modules/messaging/doors/store-receipt.server.ts';

beforeEach(givenHeldShop);

test('a sender whose queue at Twilio is full rests, its messages wait with their reserve, and others go on', async () => {
  await givenCampaign([`${US}1`, `${US}2`, `${ID}1`]);
  sandbox.world.twilio.busyUntil[NUMBER] = Date.now() + 37_000_000;
  await round();
  expect((await states()).toSorted()).toEqual(['delivered', 'queued 21611', 'queued 21611']);
  expect(await campaign()).toEqual({ state: 'running', code: null });
  expect((await sender(NUMBER)).fullUntil!.getTime() - Date.now()).toBeGreaterThan(9 * 60_000);
  expect((await sender(NAME)).fullUntil).toBeNull();
  expect(await wallet()).toEqual({ spent: PRICE, held: 2n * PRICE });
  // Due or not: nothing leaves a sender that rests.
  const made = calls();
  await pool.query(`UPDATE messages SET due_at = clock_timestamp() WHERE state = 'queued'`);
  const began = performance.now();
  await round();
  // Nor does the worker stay with it for its whole turn.
  expect(performance.now() - began).toBeLessThan(10_000);
  expect(calls()).toBe(made);
  sandbox.world.twilio.busyUntil = {};
  await later();
  await round();
  expect(await states()).toEqual(['delivered', 'delivered', 'delivered']);
  expect(delivered()).toEqual([`${US}1`, `${US}2`, `${ID}1`].toSorted());
  expect(await campaign()).toEqual({ state: 'finished', code: null });
  expect(await wallet()).toEqual({ spent: 3n * PRICE, held: 0n });
});

test('what Twilio took and gave back from a full queue is sent again, once', async () => {
  await givenCampaign([`${ID}1`]);
  await reportWith(30_001);
  await round();
  expect(await states()).toEqual(['queued 30001']);
  const [first] = sandbox.world.twilio.messages.filter(({ direction }) => direction === 'outbound-api');
  // What comes late of the first try is of no message on its way.
  await storeReceipt(
    channel,
    new URLSearchParams({ MessageSid: first!.sid, MessageStatus: 'canceled' }),
    await theId(),
  );
  await processReceipts();
  expect(await states()).toEqual(['queued 30001']);
  // It seemed to have ended when its only message had left.
  expect(await campaign()).toEqual({ state: 'running', code: null });
  await later();
  await round();
  expect(await states()).toEqual(['delivered']);
  expect(delivered()).toEqual([`${ID}1`]);
  expect(calls()).toBe(2);
  expect(await wallet()).toEqual({ spent: PRICE, held: 0n });
});

test('a first try that arrived after all isn’t followed by a second', async () => {
  await givenCampaign([`${ID}1`]);
  await reportWith(30_001);
  await round();
  const [first] = sandbox.world.twilio.messages.filter(({ direction }) => direction === 'outbound-api');
  await storeReceipt(
    channel,
    new URLSearchParams({ MessageSid: first!.sid, MessageStatus: 'delivered' }),
    await theId(),
  );
  await processReceipts();
  await later();
  await round();
  expect(await states()).toEqual(['delivered']);
  expect(delivered()).toEqual([]);
  expect(await wallet()).toEqual({ spent: PRICE, held: 0n });
});

test('a text that would be pointless when the queue has room is refused at once', async () => {
  await givenSingle('transactional', '5 minutes');
  await refuseWith(21_611);
  await round();
  expect(await states()).toEqual(['refused 21611']);
  expect(await wallet()).toEqual({ spent: 0n, held: 0n });
});

test('to a phone that is off a text of the customer’s own asking goes once more after four hours, and each is charged', async () => {
  await givenSingle();
  await reportWith(30_003, 9);
  await round();
  expect(await states()).toEqual(['undelivered 30003', 'queued']);
  expect((await waits())[1]).toBeGreaterThan(3.9 * 3_600);
  expect(await wallet()).toEqual({ spent: PRICE, held: PRICE });
  await later();
  await round();
  await later();
  await round();
  expect(await states()).toEqual(['undelivered 30003', 'undelivered 30003']);
  expect(calls()).toBe(2);
  expect(await wallet()).toEqual({ spent: 2n * PRICE, held: 0n });
  // Twice off for one text is once.
  await pool.query(`INSERT INTO messages (shop_id, message_key, channel_id, address_hash, state, error_code, call_started_at, actor)
    SELECT shop_id, 'other', channel_id, address_hash, 'undelivered', 30003, clock_timestamp(), 'staff:1' FROM messages WHERE message_key = 'single'`);
  expect(await findBadNumbers(pool, shop.shopId, ['hash'])).toEqual(new Set());
});

test.each([
  ['marketing', '1 day', 'is marketing'],
  ['test', '1 day', 'is a test'],
  ['transactional', '4 hours', 'is pointless by then'],
])('%s for %s goes to a phone that is off once: it %s', async (kind, expires) => {
  await givenSingle(kind, expires);
  await pool.query(`UPDATE messages SET country = NULL`);
  await reportWith(30_003);
  await round();
  expect(await states()).toEqual(['undelivered 30003']);
  expect(await wallet()).toEqual({ spent: PRICE, held: 0n });
});

test.each([
  ['no money is left', 'held_micros = balance_micros'],
  ['the month’s limit is reached', 'monthly_limit_micros = 1'],
])('nothing is sent once more when %s', async (_when, change) => {
  await givenSingle();
  await reportWith(30_003);
  await sendMessages();
  await twilioIdle();
  await pool.query(`UPDATE wallets SET ${change}`);
  await processReceipts();
  expect(await states()).toEqual(['undelivered 30003']);
});

test('at a rate limit of the US a message waits a minute, at the day’s cap until it is midnight in Los Angeles', async () => {
  await givenCampaign([`${US}1`, `${US}2`]);
  await pool.query(
    `UPDATE messages SET due_at = clock_timestamp() + interval '1 hour' WHERE customer_id = 2`,
  );
  await reportWith(30_022);
  await round();
  expect(await states()).toEqual(['queued 30022', 'queued']);
  expect((await waits())[0]).toBeGreaterThan(30);
  expect((await waits())[0]).toBeLessThanOrEqual(60);
  expect((await pool.query('SELECT address FROM senders WHERE slowed_to < 1')).rows).toEqual([
    { address: NUMBER },
  ]);
  await reportWith(30_023);
  await pool.query(`UPDATE messages SET due_at = clock_timestamp() WHERE customer_id = 1`);
  await round();
  const { rows } = await pool.query<{ at: string; day: boolean }>(
    `SELECT to_char(due_at AT TIME ZONE 'America/Los_Angeles', 'HH24:MI') AS at,
       (due_at AT TIME ZONE 'America/Los_Angeles')::date - (clock_timestamp() AT TIME ZONE 'America/Los_Angeles')::date = 1 AS day
      FROM messages WHERE customer_id = 1`,
  );
  expect(rows).toEqual([{ at: '00:00', day: true }]);
  expect(await states()).toEqual(['queued 30023', 'queued']);
  await later();
  await round();
  expect(delivered()).toEqual([`${US}1`, `${US}2`]);
  expect(await wallet()).toEqual({ spent: 2n * PRICE, held: 0n });
});

test('what would be too late the next day ends as it was reported', async () => {
  await givenCampaign([`${US}1`]);
  await pool.query(`UPDATE messages SET expires_at = clock_timestamp() + interval '30 seconds'`);
  await reportWith(30_022);
  await round();
  expect(await states()).toEqual(['undelivered 30022']);
  expect(await wallet()).toEqual({ spent: PRICE, held: 0n });
});

test('marketing that is tried again waits for the morning, as everything does', async () => {
  await givenCampaign([`${US}1`]);
  await reportWith(30_022);
  await round();
  // A zone in which it is three or four at night now; the signs of these names are the other way round.
  const ahead = ((3 - new Date().getUTCHours() + 36) % 24) - 12;
  await pool.query(`UPDATE messages SET class = 'marketing', due_at = clock_timestamp(), zones = $1`, [
    `Etc/GMT${ahead > 0 ? '-' : '+'}${Math.abs(ahead)}`,
  ]);
  const made = calls();
  await round();
  expect(calls()).toBe(made);
  expect(await states()).toEqual(['queued 30022']);
  expect((await waits())[0]).toBeGreaterThan(3_600);
});

test('what a canceled campaign or an erased person gets back isn’t sent again', async () => {
  await givenCampaign([`${ID}1`, `${ID}2`]);
  await reportWith(30_001, 2);
  await sendMessages();
  await twilioIdle();
  await pool.query(`UPDATE messages SET to_address = NULL, body = NULL WHERE customer_id = 1`);
  await pool.query(`UPDATE messages SET campaign_id = NULL WHERE customer_id = 1`);
  await pool.query(`UPDATE campaigns SET state = 'canceled'`);
  await processReceipts();
  expect(await states()).toEqual(['failed 30001', 'failed 30001']);
});
