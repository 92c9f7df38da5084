/** When, how often, with whose approval and to whom as a test a campaign is sent, through the sandbox's Twilio. */
import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import { givenChannel, sandbox, twilioIdle } from '#test/support/twilio-bed.ts';
import { pool } from '#app/db.server.ts';
import { auditShop } from '#app/modules/audit/audit-shop.server.ts';
import { connectChannel } from '#app/modules/messaging/channels/connect-channel.server.ts';
import { findCampaign } from '#app/modules/messaging/campaigns/campaign-rows.server.ts';
import { feedCampaigns } from '#app/modules/messaging/campaigns/feed-campaigns.server.ts';
import { freezeCampaigns } from '#app/modules/messaging/campaigns/freeze-campaigns.server.ts';
import { cancelCampaign, pauseCampaign } from '#app/modules/messaging/campaigns/move-campaign.server.ts';
import { saveCampaign } from '#app/modules/messaging/campaigns/save-campaign.server.ts';
import { lastTestNumber, sendTest } from '#app/modules/messaging/campaigns/test-message.server.ts';
import { holdQuiet } from '#app/modules/messaging/delivery/claim-messages.server.ts';
import { processReceipts } from '#app/modules/messaging/delivery/process-receipts.server.ts';
import { sendMessages } from '#app/modules/messaging/delivery/send-messages.server.ts';
import { saveLimits } from '#app/modules/messaging/limits/limits-screen.server.ts';
import { instantOf } from '#app/modules/messaging/limits/rules/send-time.ts';
import { creditTopup, readWallet } from '#app/modules/messaging/wallet/post-wallet.server.ts';
import { withTransaction } from '#app/db.server.ts';
import { wallClock } from '#app/lib/calendar-days.ts';
import {
  frozenCampaign,
  givenRecipients,
  indonesian,
  messagesOf,
  PART_PRICE,
  sendNow,
} from '#test/support/campaign-bed.ts';
import { emptyDatabase } from '#test/support/database.ts';
import { givenShop } from '#test/support/shops.ts';

const DOLLARS = 100_000_000n;
let shop: { shopId: bigint; domain: string; name: string; country: string; timeZone: string };

beforeEach(async () => {
  await emptyDatabase(process.env.DATABASE_URL!);
  await sandbox.control('POST', '/_control/reset', { tokens: true });
  await sandbox.control('DELETE', '/_control/faults');
  shop = { ...(await givenShop()), name: 'Toko', country: 'ID', timeZone: 'Asia/Jakarta' };
});

/** The operator's account with prices and money. */
async function givenPlatform(): Promise<void> {
  expect(await connectChannel(shop, { account: 'platform', senderName: 'Toko' }, 'staff:1')).toEqual({
    ok: true,
  });
  await pool.query('UPDATE senders SET per_second = 1000');
  await pool.query(
    `INSERT INTO message_prices (country, channel, from_day, currency, price_micros)
     SELECT country, 'sms', '2020-01-01', 'USD', $1 FROM unnest('{ID,US,GB}'::text[]) AS c (country)`,
    [PART_PRICE],
  );
  await pool.query(
    `INSERT INTO topups (shop_id, charge_gid, state, amount_minor, currency, is_test, confirmation_url, actor)
     VALUES ($1, 'gid://shopify/AppPurchaseOneTime/1', 'active', 10000, 'USD', true, '', 'staff:1')`,
    [shop.shopId],
  );
  await withTransaction((tx) =>
    creditTopup(tx, shop.shopId, {
      key: 'topup:gid://shopify/AppPurchaseOneTime/1',
      amountMicros: DOLLARS,
      actor: 'staff:1',
    }),
  );
}

const campaignOf = async (id: bigint) => (await findCampaign(pool, shop.shopId, id))!;
const wallet = () => readWallet(pool, shop.shopId);
const sentTo = () =>
  sandbox.world.twilio.messages.filter(({ direction }) => direction === 'outbound-api').map(({ to }) => to);
const settings = async (values: Record<string, unknown>) =>
  saveLimits(
    shop.shopId,
    { capMessages: '1', capHours: '0', approveAbove: '', salesHours: '12', ...values },
    'en',
  );
/** Sends what is due; nothing waits for the morning. */
async function send(): Promise<void> {
  await feedCampaigns(shop.shopId);
  await pool.query(`UPDATE messages SET due_at = now(), country = NULL WHERE state = 'queued'`);
  await sendMessages();
  await twilioIdle();
  await processReceipts();
  await sendMessages();
}
const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

describe('a time', () => {
  test('is each recipient’s own: the campaign waits, its money is reserved, and it can be changed or taken back', async () => {
    await givenPlatform();
    await givenRecipients(shop.shopId, [
      { id: 1, country: 'ID', province: 'JK' },
      { id: 2, country: 'ID', province: 'PA' },
      { id: 3, phone: '+12125550123' },
    ]);
    const day = inDays(3);
    const local = { timing: 'local', sendDay: day, sendTime: '18:00' };
    const id = await frozenCampaign(shop, local);
    expect(await sendNow(shop.shopId, id)).toEqual({ ok: true });
    const first = instantOf(`${day}T18:00`, 'Asia/Jayapura');
    expect(await campaignOf(id)).toMatchObject({ state: 'scheduled', dueAt: first, startedAt: null });
    expect(await wallet()).toMatchObject({ heldMicros: 3n * PART_PRICE });
    await sendMessages();
    expect((await messagesOf(shop.shopId, id)).map(({ state }) => state)).toEqual([
      'planned',
      'planned',
      'planned',
    ]);

    // Changed: the money returns, and it is worked out again.
    await saveCampaign(
      shop,
      id,
      { name: 'Promo', language: 'id', text_id: 'Lain', ...local, sendTime: '19:30' },
      'staff:1',
    );
    expect(await wallet()).toMatchObject({ heldMicros: 0n });
    await freezeCampaigns();
    expect(await sendNow(shop.shopId, id)).toEqual({ ok: true });
    expect(await campaignOf(id)).toMatchObject({
      state: 'scheduled',
      dueAt: instantOf(`${day}T19:30`, 'Asia/Jayapura'),
    });

    // Its hour has come in Jayapura: each message is due by its own clock.
    await pool.query(`UPDATE campaigns SET due_at = now() - interval '1 minute' WHERE campaign_id = $1`, [
      id,
    ]);
    await feedCampaigns(shop.shopId);
    const due = (await messagesOf(shop.shopId, id)).map(({ dueAt }) => dueAt);
    expect(due).toEqual([
      instantOf(`${day}T19:30`, 'Asia/Jakarta'),
      instantOf(`${day}T19:30`, 'Asia/Jayapura'),
      instantOf(`${day}T19:30`, 'America/New_York'),
    ]);
    expect(await cancelCampaign(shop.shopId, id)).toEqual({ ok: true });
    await sendMessages();
    expect(await wallet()).toEqual({ currency: 'USD', heldMicros: 0n, balanceMicros: DOLLARS });
    expect(await auditShop(shop.shopId)).toEqual([]);
  });

  test('taken off the schedule the campaign is a draft, its money free and its messages gone', async () => {
    await givenPlatform();
    await givenRecipients(shop.shopId, [{ id: 1 }]);
    const id = await frozenCampaign(shop, { timing: 'local', sendDay: inDays(2), sendTime: '10:00' });
    await sendNow(shop.shopId, id);
    expect(await cancelCampaign(shop.shopId, id)).toEqual({ ok: true });
    expect(await campaignOf(id)).toMatchObject({ state: 'draft', holdId: null });
    expect(await messagesOf(shop.shopId, id)).toEqual([]);
    expect(await wallet()).toMatchObject({ heldMicros: 0n });
    expect(await auditShop(shop.shopId)).toEqual([]);
  });

  test('that was missed by hours is asked about first, and what is too late by then expires', async () => {
    await givenPlatform();
    await givenRecipients(shop.shopId, [{ id: 1 }]);
    const id = await frozenCampaign(shop, { timing: 'local', sendDay: inDays(2), sendTime: '10:00' });
    await sendNow(shop.shopId, id);
    await pool.query(`UPDATE campaigns SET due_at = now() - interval '5 hours' WHERE campaign_id = $1`, [id]);
    await send();
    expect(await campaignOf(id)).toMatchObject({ state: 'paused', pauseReason: 'late' });
    expect(sentTo()).toEqual([]);
    await pauseCampaign(shop.shopId, id, false);
    await feedCampaigns(shop.shopId);
    await pool.query(
      `UPDATE messages SET country = NULL, due_at = now(), expires_at = now() - interval '1 minute'`,
    );
    await sendMessages();
    expect((await messagesOf(shop.shopId, id))[0]).toMatchObject({ state: 'expired', reason: 'too_late' });
    expect(sentTo()).toEqual([]);
    expect(await wallet()).toMatchObject({ heldMicros: 0n, balanceMicros: DOLLARS });
  });

  test('spread over hours, messages are due all over them', async () => {
    await givenPlatform();
    await givenRecipients(
      shop.shopId,
      Array.from({ length: 400 }, (_, n) => ({ id: n + 1 })),
    );
    const id = await frozenCampaign(shop, { timing: 'spread', spreadHours: '4' });
    await sendNow(shop.shopId, id);
    await pool.query(`UPDATE messages SET country = NULL`);
    await feedCampaigns(shop.shopId);
    const start = (await campaignOf(id)).startedAt!.getTime();
    const hours = (await messagesOf(shop.shopId, id)).map(({ dueAt }) =>
      Math.floor((dueAt.getTime() - start) / 3_600_000),
    );
    const perHour = [0, 1, 2, 3].map((hour) => hours.filter((each) => each === hour).length);
    expect(perHour.reduce((sum, each) => sum + each)).toBe(400);
    for (const each of perHour) expect(each).toBeGreaterThan(60);
  });
});

describe('quiet hours', () => {
  test('of the shop are within the country’s; messages wait until they are over and are not dropped', async () => {
    await givenPlatform();
    await givenRecipients(shop.shopId, [{ id: 1, country: 'ID', province: 'JK' }]);
    expect(await settings({ from_ID: '08:00', to_ID: '20:00' })).toMatchObject({
      errors: { from_ID: { code: 'wider_than_allowed' } },
    });
    // Hours that are not now, whenever the test runs.
    const now = wallClock(new Date(), 'Asia/Jakarta').toISOString().slice(11, 13);
    const isMorning = Number(now) < 14;
    const hours = isMorning ? { from_ID: '18:00', to_ID: '20:00' } : { from_ID: '09:00', to_ID: '11:05' };
    expect(await settings(hours)).toEqual({ ok: true });
    const id = await frozenCampaign(shop);
    await sendNow(shop.shopId, id);
    await sendMessages();
    const [message] = await messagesOf(shop.shopId, id);
    expect(message).toMatchObject({ state: 'queued' });
    expect(message!.dueAt.getTime()).toBeGreaterThan(Date.now());
    // Due again while it is quiet, as after a pause: it waits for the same morning, within a quarter of an hour.
    const opens = [0, 1, 2].map((day) =>
      instantOf(`${inDays(day)}T${hours.from_ID}`, 'Asia/Jakarta').getTime(),
    );
    await pool.query(`UPDATE messages SET due_at = now()`);
    await holdQuiet(shop.shopId);
    const again = (await messagesOf(shop.shopId, id))[0]!.dueAt.getTime();
    expect(opens.some((open) => again >= open && again <= open + 900_000)).toBe(true);
    // What means nothing by then has expired.
    await pool.query(`UPDATE messages SET due_at = now(), expires_at = now() + interval '1 minute'`);
    await sendMessages();
    expect((await messagesOf(shop.shopId, id))[0]).toMatchObject({ state: 'expired', reason: 'too_late' });
    expect(sentTo()).toEqual([]);
    expect(await wallet()).toMatchObject({ heldMicros: 0n, balanceMicros: DOLLARS });
  });
});

describe('the cap', () => {
  test('lets a person have so many messages in so many hours; the rest waits, and two at once are one', async () => {
    await givenPlatform();
    await givenRecipients(shop.shopId, [{ id: 1 }, { id: 2 }]);
    expect(await settings({ capHours: '16' })).toEqual({ ok: true });
    const ids = [await frozenCampaign(shop), await frozenCampaign(shop, { audience: 'ticked', ids: '1' })];
    for (const id of ids) await sendNow(shop.shopId, id);
    await send();
    expect(sentTo().sort()).toEqual([indonesian(1), indonesian(2)]);
    const [waiting] = (await messagesOf(shop.shopId, ids[1]!))
      .concat(await messagesOf(shop.shopId, ids[0]!))
      .filter(({ state }) => state === 'queued');
    const hours = (waiting!.dueAt.getTime() - Date.now()) / 3_600_000;
    expect(hours).toBeGreaterThan(15.9);
    expect(hours).toBeLessThanOrEqual(16);
    // The first was long ago: the second goes.
    await pool.query(
      `UPDATE messages SET call_started_at = call_started_at - interval '17 hours' WHERE call_started_at IS NOT NULL`,
    );
    await send();
    expect(sentTo()).toHaveLength(3);
    for (const id of ids) expect((await campaignOf(id)).state).toBe('finished');
    expect(await auditShop(shop.shopId)).toEqual([]);
  });

  test('does not hold a message beyond its end', async () => {
    await givenPlatform();
    await givenRecipients(shop.shopId, [{ id: 1 }]);
    await settings({ capHours: '100' });
    for (const id of [await frozenCampaign(shop), await frozenCampaign(shop)]) await sendNow(shop.shopId, id);
    await send();
    const { rows } = await pool.query('SELECT state, reason FROM messages ORDER BY state');
    expect(rows).toEqual([
      { state: 'delivered', reason: null },
      { state: 'expired', reason: 'cap' },
    ]);
    expect(await wallet()).toMatchObject({ heldMicros: 0n, balanceMicros: DOLLARS - PART_PRICE });
  });
});

describe('approval', () => {
  const code = (moved: Awaited<ReturnType<typeof sendNow>>) => (moved.ok ? 'ok' : moved.errors.form?.code);

  test('above the limit the cost has to be confirmed', async () => {
    await givenPlatform();
    await givenRecipients(shop.shopId, [{ id: 1 }, { id: 2 }]);
    await settings({ approveAbove: '0.08' });
    const id = await frozenCampaign(shop);
    expect(code(await sendNow(shop.shopId, id))).toBe('not_confirmed');
    expect(code(await sendNow(shop.shopId, id, { isConfirmed: true }))).toBe('ok');
    expect((await campaignOf(id)).state).toBe('running');
  });

  test('by another member of staff, where the shop asks for it', async () => {
    await givenPlatform();
    await givenRecipients(shop.shopId, [{ id: 1 }, { id: 2 }]);
    await settings({ approveAbove: '0.08', approveByOther: true });
    const id = await frozenCampaign(shop);
    const as = async (actor: string) => code(await sendNow(shop.shopId, id, { actor, isConfirmed: true }));
    expect(await as('staff:1')).toBe('ok');
    expect(await campaignOf(id)).toMatchObject({ state: 'approval', askedBy: 'staff:1' });
    expect(await wallet()).toMatchObject({ heldMicros: 0n });
    expect(await as('staff:1')).toBe('needs_other');
    expect(await as('staff:2')).toBe('ok');
    expect(await campaignOf(id)).toMatchObject({ state: 'running', approvedBy: 'staff:2' });
    expect(await wallet()).toMatchObject({ heldMicros: 2n * PART_PRICE });
  });

  test('a price of yesterday has to be worked out again', async () => {
    await givenPlatform();
    await givenRecipients(shop.shopId, [{ id: 1 }]);
    const id = await frozenCampaign(shop);
    await pool.query(`UPDATE campaigns SET frozen_at = now() - interval '25 hours'`);
    expect(code(await sendNow(shop.shopId, id))).toBe('price_old');
  });
});

describe('a test', () => {
  test('goes to staff at once, is charged, and counts for no campaign and no cap', async () => {
    await givenPlatform();
    await givenRecipients(shop.shopId, [{ id: 1, name: 'Budi' }]);
    const id = await frozenCampaign(shop, { text_id: 'Halo {{first_name|kak}}', text_en: 'Hello' });
    const to = (phone: string, language = 'id') => sendTest(shop, id, { phone, language }, 'staff:1');
    expect(await to('0812 9999 0000')).toEqual({ ok: true });
    expect(await to('0812 9999 0000', 'en')).toEqual({ ok: true });
    expect(await to('12')).toEqual({ ok: false, errors: { phone: { code: 'not_a_phone' } } });
    expect(await to('+989121234567')).toMatchObject({ errors: { phone: { code: 'country_not_served' } } });
    expect(await to('+66812345678')).toMatchObject({ errors: { phone: { code: 'country_not_served' } } });
    expect(await wallet()).toMatchObject({ heldMicros: 2n * PART_PRICE });
    await sendMessages();
    await twilioIdle();
    await processReceipts();
    await sendMessages();
    const bodies = sandbox.world.twilio.messages.map(
      ({ to: number, body }) => `${number} ${body.split('\n')[0]}`,
    );
    expect(bodies).toEqual(['+6281299990000 Halo Budi', '+6281299990000 Hello']);
    expect(await wallet()).toEqual({
      currency: 'USD',
      heldMicros: 0n,
      balanceMicros: DOLLARS - 2n * PART_PRICE,
    });
    expect(await lastTestNumber(shop.shopId, 'staff:1')).toBe('+6281299990000');
    expect(await lastTestNumber(shop.shopId, 'staff:2')).toBe('');
    expect((await campaignOf(id)).state).toBe('ready');
    expect(await auditShop(shop.shopId)).toEqual([]);
  });

  test('is not sent to a number that opted out, nor without money', async () => {
    await givenPlatform();
    await givenRecipients(shop.shopId, [{ id: 1 }]);
    const id = await frozenCampaign(shop);
    await pool.query('UPDATE message_prices SET price_micros = 200000000');
    expect(await sendTest(shop, id, { phone: indonesian(7), language: 'id' }, 'staff:1')).toMatchObject({
      errors: { form: { code: 'wallet_too_low' } },
    });
    await pool.query(
      `INSERT INTO suppressions (shop_id, channel, address_hash, address, source, since)
       SELECT shop_id, 'sms', address_hash, to_address, 'staff', now() FROM messages`,
    );
    expect(await sendTest(shop, id, { phone: indonesian(1), language: 'id' }, 'staff:1')).toMatchObject({
      errors: { phone: { code: 'opted_out' } },
    });
  });
});

describe('results', () => {
  test('count orders after the last message before them, and compare with those held back', async () => {
    await givenChannel(shop);
    await pool.query('UPDATE senders SET per_second = 1000');
    await givenRecipients(
      shop.shopId,
      Array.from({ length: 60 }, (_, n) => ({ id: n + 1 })),
    );
    const id = await frozenCampaign(shop, { holdout: '30' });
    await sendNow(shop.shopId, id);
    await send();
    const messages = await messagesOf(shop.shopId, id);
    const sent = messages.filter(({ state }) => state === 'delivered').map(({ customerId }) => customerId);
    const held = messages.filter(({ reason }) => reason === 'holdout').map(({ customerId }) => customerId);
    const order = (orderId: number, customerId: bigint, after: string, net: number, change = '') =>
      pool.query(
        `INSERT INTO orders (shop_id, order_id, customer_id, processed_at, updated_at, triggered_at, financial, currency, total_minor, net_minor, state ${change && ', cancelled_at'})
         VALUES ($1, $2, $3, now() + $4::interval, now(), now(), 'paid', 'USD', $5, $5, '{}' ${change && ', now()'})`,
        [shop.shopId, orderId, customerId, after, net],
      );
    await order(1, sent[0]!, '1 hour', 1_000);
    await order(2, sent[0]!, '2 hours', 500);
    await order(3, sent[1]!, '13 hours', 9_000);
    await order(4, sent[2]!, '-1 hour', 9_000);
    await order(5, sent[3]!, '1 hour', 9_000, 'cancelled');
    await order(6, held[0]!, '1 hour', 700);
    const { readResults } = await import('#app/modules/messaging/campaigns/read-results.server.ts');
    const results = await readResults(shop.shopId, id, 12);
    expect(results.sales).toEqual({ orders: 2, netMinor: 1_500n });
    expect(results.compared).toEqual({
      sent: { customers: sent.length, buyers: 1, orders: 2, netMinor: 1_500n },
      held: { customers: held.length, buyers: 1, orders: 1, netMinor: 700n },
    });
    expect((await readResults(shop.shopId, id, 24)).sales).toEqual({ orders: 3, netMinor: 10_500n });
    // A later campaign's message takes the orders after it.
    const next = await frozenCampaign(shop, { audience: 'ticked', ids: String(sent[0]) });
    await settings({});
    await sendNow(shop.shopId, next);
    await send();
    expect((await readResults(shop.shopId, next, 12)).sales).toEqual({ orders: 2, netMinor: 1_500n });
    expect((await readResults(shop.shopId, id, 12)).sales).toEqual({ orders: 0, netMinor: 0n });
    await pool.query(
      `INSERT INTO suppressions (shop_id, channel, address_hash, address, source, since)
       SELECT shop_id, 'sms', address_hash, to_address, 'link', now() FROM messages WHERE customer_id = $1 AND campaign_id = $2`,
      [sent[1], id],
    );
    expect((await readResults(shop.shopId, id, 12)).stops).toBe(1);
  });
});

describe('reports on other products', () => {
  const people = (count: number) => Array.from({ length: count }, (_, n) => ({ id: n + 1 }));
  const nothingLate = () =>
    pool.query(`UPDATE messages SET country = NULL, due_at = now() WHERE state = 'queued'`);

  /** knadh/listmonk#2070, #2591: resuming began again, and a change of the pace lost the rest. */
  test('paused and resumed 50 times while it is sent, at another pace each time: each has one message', async () => {
    await givenPlatform();
    await givenRecipients(shop.shopId, people(300));
    const id = await frozenCampaign(shop);
    await sendNow(shop.shopId, id);
    await feedCampaigns(shop.shopId);
    await nothingLate();
    let isDone = false;
    const sending = (async () => {
      while (!isDone) await sendMessages();
    })();
    for (let turn = 0; turn < 50; turn++) {
      await pauseCampaign(shop.shopId, id, true);
      await pool.query('UPDATE senders SET per_second = $1', [50 + turn * 20]);
      await pauseCampaign(shop.shopId, id, false);
    }
    isDone = true;
    await sending;
    for (let turn = 0; turn < 3; turn++) await send();
    expect((await campaignOf(id)).state).toBe('finished');
    expect(sentTo()).toHaveLength(300);
    expect(new Set(sentTo()).size).toBe(300);
    expect(await auditShop(shop.shopId)).toEqual([]);
  });

  /** knadh/listmonk#2278: a shutdown finished the campaign. */
  test('a worker that is told to stop in the middle leaves the campaign running, and the next one sends the rest', async () => {
    await givenPlatform();
    await givenRecipients(shop.shopId, people(120));
    const id = await frozenCampaign(shop);
    await sendNow(shop.shopId, id);
    await feedCampaigns(shop.shopId);
    await nothingLate();
    await pool.query('UPDATE senders SET per_second = 40');
    const stop = new AbortController();
    setTimeout(() => stop.abort(), 400);
    await sendMessages(stop.signal);
    expect(sentTo().length).toBeLessThan(120);
    expect((await campaignOf(id)).state).toBe('running');
    await pool.query('UPDATE senders SET per_second = 1000');
    await send();
    expect(new Set(sentTo()).size).toBe(120);
    expect(sentTo()).toHaveLength(120);
    expect((await campaignOf(id)).state).toBe('finished');
  });

  /** playsms/playsms#363: with a balance equal to the price nothing was charged. */
  test('a wallet with exactly the price is charged down to nothing', async () => {
    await givenPlatform();
    await givenRecipients(shop.shopId, people(2));
    await pool.query('UPDATE message_prices SET price_micros = $1', [DOLLARS / 2n]);
    await settings({});
    const id = await frozenCampaign(shop);
    expect(await sendNow(shop.shopId, id)).toEqual({ ok: true });
    await send();
    expect(await wallet()).toMatchObject({ balanceMicros: 0n, heldMicros: 0n });
    expect(await auditShop(shop.shopId)).toEqual([]);
  });

  /** wasp-lang/open-saas#727: concurrent requests spent more than there was. */
  test('of two campaigns with money for one, sent at once, one is sent', async () => {
    await givenPlatform();
    await givenRecipients(shop.shopId, people(2));
    await pool.query('UPDATE message_prices SET price_micros = $1', [DOLLARS / 2n]);
    await settings({});
    const ids = [await frozenCampaign(shop), await frozenCampaign(shop)];
    const moved = await Promise.all(ids.map((id) => sendNow(shop.shopId, id)));
    expect(moved.filter(({ ok }) => ok)).toHaveLength(1);
    expect(moved.find(({ ok }) => !ok)).toMatchObject({ errors: { form: { code: 'wallet_too_low' } } });
    expect(await wallet()).toMatchObject({ heldMicros: DOLLARS });
  });

  /** opengovsg/postmangovsg#1362: texts in other scripts cost far more than the preview said. */
  test('random names in random texts never cost more than the quote said, and the wallet loses what was charged', async () => {
    await givenPlatform();
    await settings({});
    const texts = fc.sample(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 200 }), {
      numRuns: 5,
      seed: 7,
    });
    const names = fc.sample(fc.string({ unit: 'grapheme', minLength: 0, maxLength: 60 }), {
      numRuns: 200,
      seed: 7,
    });
    await givenRecipients(
      shop.shopId,
      names.map((name, n) => ({ id: n + 1, name: name.replaceAll('\0', '') })),
    );
    for (const text of texts) {
      const before = (await wallet()).balanceMicros;
      const plain = text.replaceAll(/[{}\0|]/g, '').trim();
      const id = await frozenCampaign(shop, { text_id: `{{first_name|kak}} ${plain}` });
      const { quotedMicros } = await campaignOf(id);
      expect(await sendNow(shop.shopId, id)).toEqual({ ok: true });
      await send();
      await send();
      expect((await wallet()).heldMicros).toBe(0n);
      expect(before - (await wallet()).balanceMicros).toBeLessThanOrEqual(quotedMicros!);
      const { rows } = await pool.query<{ charged: bigint }>(
        `SELECT sum(charged_micros)::bigint AS charged FROM messages WHERE campaign_id = $1`,
        [id],
      );
      expect(before - (await wallet()).balanceMicros).toBe(rows[0]!.charged);
    }
    expect(await auditShop(shop.shopId)).toEqual([]);
  });
});
