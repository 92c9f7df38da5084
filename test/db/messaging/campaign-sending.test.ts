/** When, how often, with whose approval and to whom as a test a campaign is sent, through the sandbox's Twilio. */
import { beforeEach, describe, expect, test } from 'vitest';
import {
  campaignOf,
  DOLLARS,
  givenPlatform,
  givenSendingShop,
  inDays,
  send,
  sentTo,
  settings,
  shop,
  wallet,
} from '#test/support/sending-bed.ts';
import { sandbox, twilioIdle } from '#test/support/twilio-bed.ts';
import { pool } from '#app/db.server.ts';
import { cancelCampaign, pauseCampaign } from '#app/modules/messaging/campaigns/move-campaign.server.ts';
import { lastTestNumber, sendTest } from '#app/modules/messaging/campaigns/test-message.server.ts';
import { auditShop } from '#app/modules/audit/audit-shop.server.ts';
import { feedCampaigns } from '#app/modules/messaging/campaigns/feed-campaigns.server.ts';
import { freezeCampaigns } from '#app/modules/messaging/campaigns/freeze-campaigns.server.ts';
import { saveCampaign } from '#app/modules/messaging/campaigns/save-campaign.server.ts';
import { holdQuiet } from '#app/modules/messaging/delivery/claim-messages.server.ts';
import { processReceipts } from '#app/modules/messaging/delivery/process-receipts.server.ts';
import { sendMessages } from '#app/modules/messaging/delivery/send-messages.server.ts';
import { instantOf } from '#app/modules/messaging/limits/rules/send-time.ts';
import { wallClock } from '#app/lib/calendar-days.ts';
import {
  frozenCampaign,
  givenRecipients,
  indonesian,
  messagesOf,
  PART_PRICE,
  sendNow,
} from '#test/support/campaign-bed.ts';

beforeEach(givenSendingShop);

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
    expect(await wallet()).toMatchObject({ currency: 'USD', heldMicros: 0n, balanceMicros: DOLLARS });
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
  test('lets a person have a number of messages in a number of hours; the rest waits, and two at once are one', async () => {
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
    expect(await as('staff:1')).toBe('second_person');
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
    expect(await wallet()).toMatchObject({
      currency: 'USD',
      heldMicros: 0n,
      balanceMicros: DOLLARS - 2n * PART_PRICE,
    });
    expect(await lastTestNumber(shop.shopId, 'staff:1')).toBe('+6281299990000');
    expect(await lastTestNumber(shop.shopId, 'staff:2')).toBe('');
    expect((await campaignOf(id)).state).toBe('ready');
    expect(await auditShop(shop.shopId)).toEqual([]);
  });

  test('is not sent to a number that opted out, nor without money, nor while nothing is sent', async () => {
    await givenPlatform();
    await givenRecipients(shop.shopId, [{ id: 1 }]);
    const id = await frozenCampaign(shop);
    await pool.query('UPDATE channels SET paused_at = now(), pause_code = 30002');
    expect(await sendTest(shop, id, { phone: indonesian(7), language: 'id' }, 'staff:1')).toMatchObject({
      errors: { form: { code: 'channel_paused' } },
    });
    await pool.query('UPDATE channels SET paused_at = NULL, pause_code = NULL');
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
