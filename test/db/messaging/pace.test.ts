/** The pace of each sender, measured at Twilio: never more parts in a second than it may send, whatever the others do. */
import { beforeEach, expect, test } from 'vitest';
import { givenChannel, MERCHANT_FORM, sandbox } from '#test/support/twilio-bed.ts';
import { pool } from '#app/db.server.ts';
import { setAlphaSender } from '#app/integrations/twilio/services.server.ts';
import { actOnChannel } from '#app/modules/messaging/channels/channel-screen.server.ts';
import {
  findSmsChannel,
  listSenders,
  type Channel,
} from '#app/modules/messaging/channels/channel-rows.server.ts';
import { claimMessages } from '#app/modules/messaging/delivery/claim-messages.server.ts';
import { sendMessages } from '#app/modules/messaging/delivery/send-messages.server.ts';
import { writeOutcome } from '#app/modules/messaging/delivery/write-outcome.server.ts';
import { emptyDatabase } from '#test/support/database.ts';
import { givenShop } from '#test/support/shops.ts';

const NAME = 'Toko';
const [FIRST, SECOND] = ['+14155550172', '+14155550173'];
const SECOND_MS = 1_000;
let shop: { shopId: bigint; domain: string; name: null };
let channel: Channel;

beforeEach(async () => {
  await emptyDatabase(process.env.DATABASE_URL!);
  await sandbox.control('POST', '/_control/reset', { tokens: true });
  await sandbox.control('DELETE', '/_control/faults');
  shop = { ...(await givenShop()), name: null };
  const { numbers, services } = sandbox.world.twilio;
  numbers.push({ ...numbers[0]!, sid: 'PN0000000000000000000000000000ba72', phoneNumber: SECOND });
  services[0]!.numbers.push('PN0000000000000000000000000000ba72');
  await setAlphaSender(MERCHANT_FORM, MERCHANT_FORM.serviceSid, NAME);
  await givenChannel(shop);
  channel = (await findSmsChannel(pool, shop.shopId))!;
});

const act = (values: Record<string, unknown>) => actOnChannel(shop, values, () => Promise.resolve('staff:1'));
const setPace = (address: string, perSecond: string) => act({ intent: 'pace', address, perSecond });
const paces = async () =>
  Object.fromEntries(
    (await listSenders(pool, shop.shopId, channel.channelId)).map(({ address, perSecond }) => [
      address,
      perSecond,
    ]),
  );

/** Messages to numbers that begin so, of as many parts. */
async function givenQueued(start: string, count: number, parts = 1): Promise<void> {
  await pool.query(
    `INSERT INTO messages (shop_id, message_key, customer_id, channel_id, country, to_address, address_hash, body, parts, state, class, actor)
     SELECT $1::bigint, $3 || n, 10000 + n, $2::bigint, CASE WHEN $3 LIKE '+1%' THEN 'US' ELSE 'ID' END, $3 || (1000000 + n),
       'hash' || $3 || n, repeat('a', CASE WHEN $5::int > 1 THEN 153 * $5::int ELSE 9 END), $5::int, 'queued', 'transactional', 'staff:1'
       FROM generate_series(1, $4::int) n`,
    [shop.shopId, channel.channelId, start, count, parts],
  );
}

interface Arrival {
  from: string;
  to: string;
  at: number;
  parts: number;
  /** From the claim to Twilio. */
  tookMs: number;
}

async function arrivals(): Promise<Arrival[]> {
  const { rows } = await pool.query<{ sid: string; ms: number; parts: number }>(
    `SELECT provider_sid AS sid, (extract(epoch FROM call_started_at) * 1000)::float8 AS ms, parts FROM messages WHERE provider_sid IS NOT NULL`,
  );
  const claimed = new Map(rows.map((row) => [row.sid, row]));
  return sandbox.world.twilio.messages
    .filter(({ direction, sid }) => direction === 'outbound-api' && claimed.has(sid))
    .map(({ sid, from, to, createdAt }) => {
      const at = Date.parse(createdAt);
      const { ms, parts } = claimed.get(sid)!;
      return { from: from ?? '', to, at, parts, tookMs: at - ms };
    });
}

/** The most parts of a sender within any `windowMs`: when they were claimed, or when they reached Twilio. */
function mostWithin(own: readonly Arrival[], windowMs: number, timeOf: (each: Arrival) => number): number {
  return Math.max(
    ...own.map((first) => {
      const start = timeOf(first);
      const within = own.filter((each) => timeOf(each) >= start && timeOf(each) < start + windowMs);
      return within.reduce((sum, { parts }) => sum + parts, 0);
    }),
  );
}

/** By our clock in any second; at Twilio less by what calls took differently, which is much on a busy machine. */
function expectPace(all: readonly Arrival[], sender: string, perSecond: number): void {
  const own = all.filter(({ from }) => from === sender);
  const took = own.map(({ tookMs }) => tookMs);
  const spread = Math.max(...took) - Math.min(...took);
  expect(mostWithin(own, SECOND_MS, ({ at, tookMs }) => at - tookMs)).toBeLessThanOrEqual(perSecond);
  expect(mostWithin(own, SECOND_MS - spread, ({ at }) => at)).toBeLessThanOrEqual(perSecond);
  // Over all of it, whatever a call took.
  const at = own.map((each) => each.at);
  const parts = own.reduce((sum, each) => sum + each.parts, 0);
  const seconds = (Math.max(...at) - Math.min(...at) + spread) / SECOND_MS;
  expect(parts - perSecond).toBeLessThanOrEqual(seconds * perSecond);
}

test('is each sender’s own: a slow number holds nothing back, and no sender exceeds its pace in any second', async () => {
  expect(await paces()).toEqual({ [FIRST]: 1, [SECOND]: 1, [NAME]: 10 });
  expect(await setPace(NAME, '6')).toEqual({ ok: true });
  await givenQueued('+1415', 60);
  await pool.query(`UPDATE messages SET due_at = due_at - interval '1 minute'`);
  await givenQueued('+62812', 14);
  await givenQueued('+62813', 4, 2);
  const stop = new AbortController();
  const sending = sendMessages(stop.signal);
  await expect
    .poll(async () => (await arrivals()).filter(({ from }) => from === NAME).length, { interval: 100 })
    .toBe(18);
  stop.abort();
  await sending;
  const all = await arrivals();
  expect(all.filter(({ to }) => to.startsWith('+62')).every(({ from }) => from === NAME)).toBe(true);
  const numbers = all.filter(({ to }) => to.startsWith('+1'));
  expect(new Set(numbers.map(({ from }) => from))).toEqual(new Set([FIRST, SECOND]));
  expect(numbers.length).toBeLessThan(60);
  expectPace(all, NAME, 6);
  expectPace(all, FIRST, 1);
  expectPace(all, SECOND, 1);
});

test('what a person asked for leaves before a campaign that has waited for the same sender', async () => {
  await givenQueued('+62812', 200);
  await pool.query(`UPDATE messages SET class = 'marketing', due_at = due_at - interval '1 hour'`);
  await givenQueued('+62813', 3);
  await setPace(NAME, '1');
  for (let turn = 0; turn < 4; turn += 1) {
    await pool.query(`UPDATE senders SET paced_until = '-infinity'`);
    const { messages } = await claimMessages(shop.shopId, channel.channelId);
    expect(messages.map(({ to }) => to.slice(0, 6))).toEqual([turn < 3 ? '+62813' : '+62812']);
  }
  // Among several of one claim it is called first.
  await givenQueued('+62814', 1);
  await pool.query('UPDATE senders SET per_second = 1000');
  await pool.query(`UPDATE senders SET paced_until = '-infinity'`);
  const { messages } = await claimMessages(shop.shopId, channel.channelId);
  expect(messages.length).toBeGreaterThan(50);
  expect(messages[0]!.to).toMatch(/^\+62814/);
});

test('a person is written to by one sender, a number of their country before others', async () => {
  await pool.query('UPDATE senders SET per_second = 1000');
  await givenQueued('+1415', 20);
  const senderOf = async () => {
    const { messages } = await claimMessages(shop.shopId, channel.channelId);
    await pool.query(`UPDATE messages SET state = 'queued', lease_until = NULL`);
    await pool.query(`UPDATE senders SET paced_until = '-infinity'`);
    return new Map(messages.map(({ to, from }) => [to, from]));
  };
  const once = await senderOf();
  expect(once.size).toBe(20);
  expect(new Set(once.values())).toEqual(new Set([FIRST, SECOND]));
  expect(await senderOf()).toEqual(once);
  await pool.query(`UPDATE senders SET country = 'CA' WHERE address = $1`, [FIRST]);
  expect(new Set((await senderOf()).values())).toEqual(new Set([SECOND]));
  await pool.query(`UPDATE messages SET country = 'CA'`);
  expect(new Set((await senderOf()).values())).toEqual(new Set([FIRST]));
  // A country that takes names gets the name, and a number where there is none.
  await pool.query(`UPDATE messages SET country = 'GB'`);
  expect(new Set((await senderOf()).values())).toEqual(new Set([NAME]));
  await pool.query('DELETE FROM senders WHERE address = $1', [NAME]);
  expect(new Set((await senderOf()).values())).toEqual(new Set([FIRST, SECOND]));
});

test('that the merchant set stays when the service is read again, until it is that of its kind', async () => {
  const errors = (code: string, limit?: string) => ({
    ok: false,
    errors: { perSecond: limit === undefined ? { code } : { code, limit } },
  });
  expect(await setPace(FIRST, '0')).toEqual(errors('too_small'));
  expect(await setPace(FIRST, '226')).toEqual(errors('too_large', '225'));
  for (const wrong of ['', 'fast', '1.5', '-1'])
    expect(await setPace(FIRST, wrong)).toEqual(errors('not_a_number'));
  expect(await setPace('+10000000000', '1')).toEqual({
    ok: false,
    errors: { form: { code: 'changed_meanwhile' } },
  });
  expect(await paces()).toEqual({ [FIRST]: 1, [SECOND]: 1, [NAME]: 10 });

  expect(await setPace(FIRST, '75')).toEqual({ ok: true });
  await act({ intent: 'test' });
  expect(await paces()).toEqual({ [FIRST]: 75, [SECOND]: 1, [NAME]: 10 });
  await setPace(FIRST, '1');
  await pool.query('UPDATE senders SET per_second = 3');
  await act({ intent: 'test' });
  expect(await paces()).toEqual({ [FIRST]: 1, [SECOND]: 1, [NAME]: 10 });

  // The operator's account is everyone's: nobody takes more of it than Twilio gives a sender.
  await pool.query(`UPDATE channels SET account = 'platform'`);
  expect(await setPace(NAME, '11')).toEqual(errors('too_large', '10'));
  expect(await setPace(NAME, '2')).toEqual({ ok: true });
});

test('is halved where Twilio had too much at once, once for calls that were under way, and comes back within minutes', async () => {
  await pool.query('UPDATE senders SET per_second = 100');
  await givenQueued('+62812', 40);
  /** The pace that the next claim keeps, read from how long it makes the sender rest. */
  const claim = async () => {
    await pool.query(`UPDATE senders SET paced_until = '-infinity'`);
    const { messages } = await claimMessages(shop.shopId, channel.channelId);
    expect(messages.map(({ from }) => from)).toEqual(messages.map(() => NAME));
    const { rows } = await pool.query<{ rest: number }>(
      `SELECT extract(epoch FROM paced_until - (SELECT max(call_started_at) FROM messages))::float8 AS rest FROM senders WHERE address = $1`,
      [NAME],
    );
    // It may have rested for a fifth of a second before.
    return { messages, perSecond: messages.length / (rows[0]!.rest + 0.2) };
  };
  const full = await claim();
  const failed = async (message: (typeof full.messages)[number], isThrottled: boolean) => {
    await writeOutcome(channel, message, { is: 'later', afterMs: 0, isThrottled });
    await pool.query('UPDATE messages SET due_at = created_at');
  };
  await failed(full.messages[0]!, false);
  const same = await claim();
  expect(same.perSecond / full.perSecond).toBeCloseTo(1, 1);
  for (const message of same.messages) await failed(message, true);
  const half = await claim();
  expect(half.perSecond / full.perSecond).toBeCloseTo(0.5, 1);
  await failed(half.messages[0]!, true);
  expect((await claim()).perSecond / full.perSecond).toBeCloseTo(0.25, 1);
  const { rows } = await pool.query<{ address: string }>('SELECT address FROM senders WHERE slowed_to < 1');
  expect(rows).toEqual([{ address: NAME }]);
  await pool.query(`UPDATE senders SET slowed_at = slowed_at - interval '5 minutes'`);
  await pool.query(`UPDATE messages SET state = 'queued'`);
  expect((await claim()).perSecond / full.perSecond).toBeCloseTo(0.75, 1);
  await pool.query(`UPDATE senders SET slowed_at = slowed_at - interval '3 minutes'`);
  await pool.query(`UPDATE messages SET state = 'queued'`);
  expect((await claim()).perSecond / full.perSecond).toBeCloseTo(1, 1);
});
