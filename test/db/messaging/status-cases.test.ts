/** What Twilio answers and reports, case by case (fixtures/cases/messages): the state it comes to, and what is charged. */
import { beforeEach, expect, test } from 'vitest';
import { givenChannel, sandbox } from '#test/support/twilio-bed.ts';
import { pool } from '#app/db.server.ts';
import { findSmsChannel, type Channel } from '#app/modules/messaging/channels/channel-rows.server.ts';
import { lookUpUnknown } from '#app/modules/messaging/delivery/look-up-unknown.server.ts';
import { processReceipts } from '#app/modules/messaging/delivery/process-receipts.server.ts';
import { chargeOf } from '#app/modules/messaging/delivery/rules/charge.ts';
import type { MessageState } from '#app/modules/messaging/delivery/rules/message-state.ts';
import { settleMessages } from '#app/modules/messaging/delivery/settle-messages.server.ts';
import { sweepSilent } from '#app/modules/messaging/delivery/sweep-silent.server.ts';
import { writeOutcome } from '#app/modules/messaging/delivery/write-outcome.server.ts';
import { storeReceipt } from '#app/modules/messaging/doors/store-receipt.server.ts';
import { countParts } from '#app/modules/messaging/rules/count-parts.ts';
import { emptyDatabase } from '#test/support/database.ts';
import { messageCases } from '#test/support/message-cases.ts';
import { givenShop } from '#test/support/shops.ts';

const SID = `SM${'a'.repeat(32)}`;
const PRICE = 10_000n;
let channel: Channel;
let messageId: bigint;

beforeEach(async () => {
  await emptyDatabase(process.env.DATABASE_URL!);
  await sandbox.control('POST', '/_control/reset', { tokens: true });
  const shop = await givenShop();
  await givenChannel(shop);
  channel = (await findSmsChannel(pool, shop.shopId))!;
  const { rows } = await pool.query<{ id: bigint }>(
    `WITH wallet AS (INSERT INTO wallets (shop_id, currency, balance_micros, held_micros) VALUES ($1, 'USD', 1000000, $2)),
       entry AS (INSERT INTO wallet_entries (shop_id, entry_key, kind, amount_micros, balance_after_micros)
         VALUES ($1, 'correction:test', 'correction', 1000000, 1000000)),
       hold AS (INSERT INTO wallet_holds (shop_id, hold_key, amount_micros, open_micros) VALUES ($1, 'k', $2, $2) RETURNING hold_id),
       campaign AS (INSERT INTO campaigns (shop_id, name, state, audience, language, text, created_by, hold_id)
         SELECT $1, 'Promo', 'running', '{}', 'en', 'Hello', 'staff:1', hold_id FROM hold RETURNING campaign_id)
     INSERT INTO messages (shop_id, message_key, campaign_id, customer_id, channel_id, to_address, address_hash, body, parts, price_micros,
       state, fence, call_started_at, lease_until, actor)
     SELECT $1, 'k', campaign_id, 1, $3, '+14155550100', 'hash', 'Hello', 1, $2, 'sending', 1, now(), now() + interval '1 minute', 'staff:1'
       FROM campaign RETURNING message_id AS id`,
    [channel.shopId, PRICE, channel.channelId],
  );
  messageId = rows[0]!.id;
});

interface Step {
  reply?: number | 'timeout';
  code?: number;
  callback?: string;
  errorCode?: number;
  lookup?: number;
}

async function play({ reply, code = 0, callback, errorCode, lookup }: Step): Promise<void> {
  const claimed = {
    messageId,
    campaignId: null,
    to: '+14155550100',
    hash: 'hash',
    from: '+14155550172',
    body: 'Hello',
    fence: 1,
    expiresAt: null,
  };
  if (reply === 201)
    await writeOutcome(channel, claimed, { is: 'accepted', message: { sid: SID } } as Parameters<
      typeof writeOutcome
    >[2]);
  else if (reply === 429)
    await writeOutcome(channel, claimed, { is: 'later', afterMs: 1_000, isThrottled: true });
  else if (reply === 400) await writeOutcome(channel, claimed, { is: 'refused', status: 400, code });
  else if (reply !== undefined) await writeOutcome(channel, claimed, { is: 'unknown', why: String(reply) });
  if (callback !== undefined) {
    const form = new URLSearchParams({ MessageSid: SID, MessageStatus: callback });
    if (errorCode !== undefined) form.set('ErrorCode', String(errorCode));
    await storeReceipt(channel, form, messageId);
    await processReceipts();
  }
  if (lookup !== undefined) {
    await pool.query(`UPDATE messages SET lease_until = now() - interval '1 second'`);
    await lookUpUnknown(channel);
  }
}

/** A day later: what Twilio has not counted by then is charged as it was reserved. */
async function settle(): Promise<void> {
  await pool.query(
    `UPDATE messages SET finished_at = now() - interval '25 hours' WHERE finished_at IS NOT NULL`,
  );
  await settleMessages(channel.shopId, channel);
}
const one = async <T>(sql: string) =>
  (await pool.query<{ value: T }>(`SELECT (${sql}) AS value`)).rows[0]!.value;
const charges = () => one<number>(`SELECT count(*)::int FROM wallet_entries WHERE kind = 'charge'`);

test.each(messageCases('status'))('$name', async ({ input, expected }) => {
  for (const event of input.events) await play(event);
  await settle();
  const { rows } = await pool.query<{ state: string; error: number | null; attempt: number }>(
    'SELECT state, error_code AS error, attempt FROM messages',
  );
  const { state, error, charges: wanted, ...rest } = expected as typeof expected & Record<string, unknown>;
  expect(rows[0]).toMatchObject({
    state,
    ...(error === undefined ? {} : { error }),
    ...(rest['attempt'] === undefined ? {} : { attempt: rest['attempt'] }),
  });
  expect(await charges()).toBe(wanted);
  expect(await one<number>('SELECT count(*)::int FROM suppressions')).toBe(
    rest['suppressed'] === true ? 1 : 0,
  );
  // No case makes a second call.
  expect(sandbox.world.twilio.requests.filter(({ operation }) => operation === 'CreateMessage')).toEqual([]);
});

test('a receipt a day after the settlement changes the state, never the money; another end beside the first stays out', async () => {
  await play({ reply: 201 });
  await play({ callback: 'sent' });
  await pool.query(`UPDATE messages SET call_started_at = now() - interval '73 hours'`);
  await settleMessages(channel.shopId, channel);
  await settle();
  expect(await charges()).toBe(1);
  await play({ callback: 'undelivered', errorCode: 30_008 });
  await settle();
  expect(await charges()).toBe(1);
  expect(await one<bigint>('SELECT balance_micros FROM wallets')).toBe(1_000_000n - PRICE);
  await play({ callback: 'delivered' });
  expect(await one<number>('SELECT count(*)::int FROM wallet_entries')).toBe(2);
  expect(await one<bigint>('SELECT held_micros FROM wallets')).toBe(0n);
});

test('what Twilio never reported is asked for, and ends when it never knows', async () => {
  await play({ reply: 201 });
  expect(await sweepSilent()).toBe(0);
  await pool.query(`UPDATE messages SET call_started_at = now() - interval '16 minutes'`);
  // Twilio has no such message: nothing is learned, and it is asked again later.
  expect(await sweepSilent()).toBe(0);
  await pool.query(
    `UPDATE messages SET asks = 3, asked_at = now() - interval '2 hours', call_started_at = now() - interval '80 hours'`,
  );
  await sweepSilent();
  expect(await one<string>('SELECT state FROM messages')).toBe('failed');
  await settle();
  expect(await charges()).toBe(0);
  expect(await one<bigint>('SELECT held_micros FROM wallets')).toBe(0n);
});

test.each(messageCases('price').filter(({ input }) => input.outcomes !== undefined))(
  'price: $name',
  ({ input, expected }) => {
    const price = BigInt(input.microsPerSegment!);
    let charged = 0n;
    let reserved = 0n;
    for (const { message, segments } of input.reserved!) {
      const { state, numSegments } = input.outcomes!.find((each) => each.message === message)!;
      reserved += BigInt(segments) * price;
      charged +=
        chargeOf(
          { state: state as MessageState, parts: segments, priceMicros: price, isOld: false },
          numSegments ?? null,
        ) ?? 0n;
    }
    expect(charged).toBe(BigInt(expected.chargedMicros!));
    expect(reserved - charged).toBe(BigInt(expected.returnedMicros!));
  },
);

test.each(messageCases('price').filter(({ input }) => input.recipients !== undefined))(
  'price: $name',
  ({ input, expected }) => {
    const { parts } = countParts(input.text!);
    expect(parts).toBe(expected.segmentsEach);
    const all = parts * input.recipients!;
    expect(all).toBe(expected.segments);
    expect(all * input.pricePerSegmentMicros![input.country!]!).toBe(expected.micros);
  },
);
