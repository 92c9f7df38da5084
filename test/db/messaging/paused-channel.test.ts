/** Accounts and senders that Twilio stops: what would meet the same waits until a person mends it. */
import { randomUUID } from 'node:crypto';
import { beforeEach, expect, test } from 'vitest';
import {
  ID,
  NAME,
  NUMBER,
  PRICE,
  US,
  act,
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
  wallet,
} from '#test/support/held-back-bed.ts';
import { MERCHANT_FORM, sandbox } from '#test/support/twilio-bed.ts';
import { pool } from '#app/db.server.ts';
import { sendTillCode } from '#app/modules/messaging/codes/send-till-code.server.ts';
import { readChannelScreen } from '#app/modules/messaging/channels/channel-screen.server.ts';
import { connectChannel } from '#app/modules/messaging/channels/connect-channel.server.ts';
import { readSendingTrouble } from '#app/modules/messaging/channels/sending-trouble.server.ts';
import { claimMessages } from '#app/modules/messaging/delivery/claim-messages.server.ts';
import { sendMessages } from '#app/modules/messaging/delivery/send-messages.server.ts';
import { writeOutcome } from '#app/modules/messaging/delivery/write-outcome.server.ts';

beforeEach(givenHeldShop);

test('a sender that isn’t registered in the US sends nothing there until staff resume it, and goes on elsewhere', async () => {
  await pool.query('DELETE FROM senders WHERE address = $1', [NAME]);
  sandbox.world.twilio.numbers[0]!.isUnregistered = true;
  await givenCampaign([`${US}1`, `${ID}1`]);
  await round();
  expect(await states()).toEqual(['queued 30034', 'delivered']);
  expect((await sender(NUMBER)).unregisteredCode).toBe(30_034);
  expect(await readSendingTrouble(shop.shopId)).toEqual({
    pause: null,
    unregistered: [{ address: NUMBER, code: 30_034 }],
  });
  expect(await campaign()).toEqual({ state: 'running', code: null });
  const made = calls();
  await later();
  await round();
  expect(calls()).toBe(made);
  expect(await act({ intent: 'resume_sender', address: NUMBER })).toEqual({ ok: true });
  // Not registered yet: it stops again, with what it tried.
  await round();
  expect((await sender(NUMBER)).unregisteredCode).toBe(30_034);
  delete sandbox.world.twilio.numbers[0]!.isUnregistered;
  await act({ intent: 'resume_sender', address: NUMBER });
  await round();
  expect(await states()).toEqual(['delivered', 'delivered']);
  expect(delivered()).toEqual([`${US}1`, `${ID}1`].toSorted());
  expect(await wallet()).toEqual({ spent: 2n * PRICE, held: 0n });
  expect(await readSendingTrouble(shop.shopId)).toBeNull();
  expect(await act({ intent: 'resume_sender', address: NUMBER })).toEqual({
    ok: false,
    errors: { form: { code: 'changed_meanwhile' } },
  });
});

test.each([20_003, 20_005, 20_404, 21_608, 30_002, 30_454, 63_038])(
  'error %s stops all that the shop sends, and tells why, until staff resume it',
  async (code) => {
    await givenCampaign([`${ID}1`]);
    await givenSingle();
    await refuseWith(code, 9);
    const { messages } = await claimMessages(shop.shopId, channel.channelId);
    expect(messages).toHaveLength(2);
    for (const message of messages)
      await writeOutcome(channel, message, { is: 'refused', status: 400, code });
    expect(await states()).toEqual([`queued ${code}`, `queued ${code}`]);
    expect((await readChannelScreen(shop.shopId)).channel).toMatchObject({
      pause: expect.any(String) as string,
    });
    expect((await claimMessages(shop.shopId, channel.channelId)).messages).toEqual([]);
    await round();
    expect(calls()).toBe(0);
    expect(await campaign()).toEqual({ state: 'running', code: null });
    expect(await wallet()).toEqual({ spent: 0n, held: 2n * PRICE });
    await sandbox.control('DELETE', '/_control/faults');
    expect(await act({ intent: 'resume' })).toEqual({ ok: true });
    await round();
    expect(await states()).toEqual(['delivered', 'delivered']);
    expect(await wallet()).toEqual({ spent: 2n * PRICE, held: 0n });
  },
);

test('an account that Twilio suspends stops the channel with one round of calls; a test that succeeds resumes it', async () => {
  await givenCampaign([`${ID}1`, `${ID}2`]);
  const account = sandbox.world.twilio.accounts.find(({ sid }) => sid === MERCHANT_FORM.accountSid)!;
  account.status = 'suspended';
  await round();
  const made = calls();
  await later();
  await round();
  expect(calls()).toBe(made);
  expect((await readChannelScreen(shop.shopId)).channel).toMatchObject({ pause: 'credentials' });
  await act({ intent: 'test' });
  expect((await readChannelScreen(shop.shopId)).channel).toMatchObject({ pause: 'credentials' });
  account.status = 'active';
  await act({ intent: 'test' });
  expect((await readChannelScreen(shop.shopId)).channel).toMatchObject({ pause: null });
  await round();
  expect(delivered()).toEqual([`${ID}1`, `${ID}2`]);
  expect(await wallet()).toEqual({ spent: 2n * PRICE, held: 0n });
});

test('any other refusal of the credentials stops the channel too; connecting it again resumes it', async () => {
  await givenCampaign([`${ID}1`]);
  const [message] = (await claimMessages(shop.shopId, channel.channelId)).messages;
  await writeOutcome(channel, message!, { is: 'refused', status: 401, code: 20_006 });
  expect((await readChannelScreen(shop.shopId)).channel).toMatchObject({ pause: 'credentials' });
  await connectChannel(shop, MERCHANT_FORM, 'staff:1');
  expect((await readChannelScreen(shop.shopId)).channel).toMatchObject({ pause: null });
});

test('what was called before staff resumed says nothing of the account now', async () => {
  await givenCampaign([`${ID}1`]);
  const [message] = (await claimMessages(shop.shopId, channel.channelId)).messages;
  await act({ intent: 'resume' });
  await writeOutcome(channel, message!, { is: 'refused', status: 400, code: 20_003 });
  expect((await readChannelScreen(shop.shopId)).channel).toMatchObject({ pause: null });
  expect(await states()).toEqual(['queued 20003']);
});

test('a report of a suspended account stops the channel as a refusal does, and the message is sent when it works again', async () => {
  await givenCampaign([`${ID}1`]);
  await reportWith(30_002);
  await round();
  expect(await states()).toEqual(['queued 30002']);
  expect(await readSendingTrouble(shop.shopId)).toEqual({ pause: 'suspended', unregistered: [] });
  await act({ intent: 'resume' });
  await round();
  expect(delivered()).toEqual([`${ID}1`]);
  expect(await wallet()).toEqual({ spent: PRICE, held: 0n });
});

test('while nothing is sent no campaign starts, what expires ends, and the till is told at once', async () => {
  await givenSingle();
  await givenCampaign([`${ID}2`]);
  await pool.query(`UPDATE campaigns SET state = 'scheduled', due_at = clock_timestamp()`);
  await pool.query(
    `UPDATE messages SET state = CASE WHEN message_key = 'single' THEN state ELSE 'planned' END, expires_at = clock_timestamp()`,
  );
  await pool.query(`UPDATE channels SET paused_at = clock_timestamp(), pause_code = 30002`);
  await sendMessages();
  expect(await campaign()).toEqual({ state: 'scheduled', code: null });
  expect(await states()).toEqual(['expired', 'planned']);
  expect(calls()).toBe(0);
  await pool.query('INSERT INTO customers (shop_id, customer_id, phone) VALUES ($1, 1, $2)', [
    shop.shopId,
    '+6281234567890',
  ]);
  const asked = {
    shopId: shop.shopId,
    customerId: 1n,
    key: randomUUID(),
    title: 'Klub',
    locale: 'id',
    actor: 'staff:1',
  };
  expect(await sendTillCode(asked)).toEqual({ ok: false, reason: 'not_possible' });
  await act({ intent: 'resume' });
  expect(await sendTillCode(asked)).toMatchObject({ ok: true });
});
