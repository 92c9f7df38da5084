/** Settings > Messaging and the doors for Twilio, through the real SDK against the sandbox's Twilio. */
import { beforeEach, describe, expect, it } from 'vitest';
import { doorOrigin, MERCHANT_FORM, sandbox, textFrom, twilioIdle } from '#test/support/twilio-bed.ts';
import { pool } from '#app/db.server.ts';
import { createTwilioMessage } from '#app/integrations/twilio/messages.server.ts';
import { statusAddress } from '#app/modules/messaging/channels/callback-addresses.server.ts';
import { credentialsOf, findSmsChannel } from '#app/modules/messaging/channels/channel-rows.server.ts';
import { action, loader } from '#app/routes/app.settings.messaging.tsx';
import { loader as countries } from '#app/routes/app.settings.messaging_.countries.tsx';
import { emptyDatabase } from '#test/support/database.ts';
import { adminArgs, answerOf, givenSession, thrownBy } from '#test/support/route-requests.ts';
import { givenShop } from '#test/support/shops.ts';
import { MERCHANT_ACCOUNT, signForm } from '#test/support/twilio.ts';

const SHOP = 'one.myshopify.com';
const OTHER = 'other.myshopify.com';
let shopId: bigint;

beforeEach(async () => {
  await emptyDatabase(process.env.DATABASE_URL!);
  await sandbox.control('POST', '/_control/reset', { tokens: true });
  await sandbox.control('DELETE', '/_control/faults');
  ({ shopId } = await givenShop({ domain: SHOP }));
  await givenShop({ domain: OTHER });
  await givenSession(SHOP);
  await givenSession(OTHER);
});

const read = async (shop = SHOP) => loader(adminArgs(shop, '/app/settings/messaging'));
const act = (json: Record<string, unknown>, shop = SHOP) =>
  answerOf(action(adminArgs(shop, '/app/settings/messaging', { json })));
const channel = async () => (await findSmsChannel(pool, shopId))!;
const rows = async (sql: string) => (await pool.query(sql)).rows;

describe('an own account', () => {
  it('is stored when its service can be read, the token encrypted and never shown', async () => {
    expect((await read()).channel).toBeNull();
    expect(await act(MERCHANT_FORM)).toEqual({ data: { ok: true }, status: 200 });
    const view = await read();
    expect(view.channel).toMatchObject({
      account: 'own',
      serviceName: 'Toko Setia SMS',
      problem: null,
      isInboundOurs: false,
      isTextUnchanged: false,
      senders: [{ address: '+14155550172', kind: 'number', country: 'US', replies: true, perSecond: 1 }],
    });
    const [stored] = await rows('SELECT * FROM channels');
    expect(
      JSON.stringify([view, stored], (_key, value: unknown) => (typeof value === 'bigint' ? 0 : value)),
    ).not.toContain(MERCHANT_ACCOUNT.authToken);
    expect(credentialsOf(await channel()).authToken).toBe(MERCHANT_ACCOUNT.authToken);
    expect((await read(OTHER)).channel).toBeNull();
  });

  it('is refused by field: a typo, a wrong token, an unknown service; nothing is stored', async () => {
    const refused = async (change: object) => (await act({ ...MERCHANT_FORM, ...change })).data;
    const errors = (field: string, code: string) => ({ ok: false, errors: { [field]: { code } } });
    expect(await refused({ accountSid: 'AC12' })).toEqual(errors('accountSid', 'not_a_sid'));
    expect(await refused({ authToken: '' })).toEqual(errors('authToken', 'required'));
    expect(await refused({ authToken: 'wrong' })).toEqual(errors('authToken', 'twilio_credentials'));
    const missing = `MG${'0'.repeat(32)}`;
    expect(await refused({ serviceSid: missing })).toEqual(errors('serviceSid', 'twilio_no_service'));
    await sandbox.control('POST', '/_control/faults', { target: 'twilio', kind: 'status503' });
    expect(await refused({})).toEqual(errors('form', 'twilio_unreachable'));
    expect(await rows('SELECT 1 FROM channels')).toEqual([]);
  });

  it('keeps its token when the form leaves it empty, and is set up by a button', async () => {
    await act(MERCHANT_FORM);
    expect((await act({ ...MERCHANT_FORM, authToken: '' })).status).toBe(200);
    await act({ intent: 'set_up' });
    expect((await read()).channel).toMatchObject({ isInboundOurs: true, isTextUnchanged: true });
  });

  it('says what is wrong when it is tested, and that it works again', async () => {
    await act(MERCHANT_FORM);
    sandbox.world.twilio.services = [];
    expect((await act({ intent: 'test' })).status).toBe(200);
    expect((await read()).channel).toMatchObject({ problem: 'no_service' });
    await sandbox.control('POST', '/_control/reset', { tokens: true });
    await act({ intent: 'test' });
    expect((await read()).channel).toMatchObject({ problem: null });
    expect((await act({ intent: 'test' }, OTHER)).status).toBe(422);
    await pool.query('UPDATE channels SET paused_at = now(), pause_code = 30002');
    await pool.query('UPDATE senders SET unregistered_code = 30034');
    expect((await read()).channel).toMatchObject({
      pause: 'suspended',
      senders: [{ unregisteredCode: 30_034 }],
    });
    const sender = { intent: 'resume_sender', address: '+14155550172' };
    for (const other of [{ intent: 'resume' }, sender]) expect((await act(other, OTHER)).status).toBe(422);
    for (const own of [{ intent: 'resume' }, sender]) expect((await act(own)).status).toBe(200);
    expect((await read()).channel).toMatchObject({ pause: null, senders: [{ unregisteredCode: null }] });
    await act({ intent: 'disconnect' });
    expect((await read()).channel).toBeNull();
    expect(await rows('SELECT 1 FROM senders')).toEqual([]);
  });
});

describe("the operator's account", () => {
  it('gives the shop a subaccount and a service of its own, once', async () => {
    const platform = { account: 'platform', senderName: 'TokoSetia' };
    expect((await act({ ...platform, senderName: '12345' })).data).toMatchObject({
      errors: { senderName: { code: 'not_a_sender_name' } },
    });
    for (const senderName of ['TokoSetia', 'Toko2'])
      expect((await act({ ...platform, senderName })).status).toBe(200);
    expect((await read()).channel).toMatchObject({
      account: 'platform',
      serviceName: SHOP,
      isInboundOurs: true,
      isTextUnchanged: true,
      senders: [{ address: 'Toko2', kind: 'name', replies: false }],
    });
    expect(sandbox.world.twilio.accounts).toHaveLength(3);
    expect(sandbox.world.twilio.services).toHaveLength(2);
    await act(platform, OTHER);
    expect(sandbox.world.twilio.accounts).toHaveLength(4);
  });
});

describe('the doors', () => {
  beforeEach(async () => {
    await act(MERCHANT_FORM);
    await act({ intent: 'set_up' });
  });

  const send = async (messageId: bigint) =>
    createTwilioMessage(credentialsOf(await channel()), {
      to: '+6281234567890',
      body: 'Halo',
      messagingServiceSid: MERCHANT_ACCOUNT.serviceSid,
      from: null,
      statusCallback: statusAddress(shopId, (await channel()).channelId, messageId),
      validitySeconds: 3600,
    });
  const post = async (
    path: string,
    fields: Record<string, string>,
    token: string | null = MERCHANT_ACCOUNT.authToken,
  ) => {
    const form = new URLSearchParams(fields);
    const signature =
      token === null ? {} : { 'x-twilio-signature': signForm(token, doorOrigin + path, form) };
    return fetch(doorOrigin + path, { method: 'POST', body: form, headers: signature });
  };
  const receipt = (change = {}) => ({
    AccountSid: MERCHANT_ACCOUNT.sid,
    MessageSid: `SM${'a'.repeat(32)}`,
    MessageStatus: 'delivered',
    ...change,
  });
  const path = async (kind = 'status') => `/twilio/${kind}/${shopId}/${(await channel()).channelId}`;

  it('store every status once, with our message', async () => {
    await send(77n);
    await twilioIdle();
    await sandbox.control(
      'POST',
      `/_control/twilio/callbacks/${sandbox.world.twilio.callbacks.at(-1)!.id}/resend`,
    );
    const answers = sandbox.world.twilio.callbacks.flatMap((each) =>
      each.answers.map(({ status }) => status),
    );
    expect(answers).toEqual([204, 204, 204, 204, 204]);
    const stored = await rows(
      'SELECT status, message_id AS id, error_code AS code FROM message_receipts ORDER BY received_at',
    );
    expect(stored.map(({ status }) => status)).toEqual(['queued', 'sending', 'sent', 'delivered']);
    expect(new Set(stored.map(({ id }) => id))).toEqual(new Set([77n]));
  });

  it('store a text that a phone sends, and answer with nothing', async () => {
    await textFrom('+6281234567890', 'halo');
    expect(sandbox.world.twilio.callbacks.at(-1)!.answers).toMatchObject([{ status: 200 }]);
    expect(sandbox.world.twilio.callbacks.at(-1)!.answers[0]!.body).toContain('<Response/>');
    expect(await rows('SELECT from_address, text, opt_out_type FROM inbound_messages')).toEqual([
      { from_address: '+6281234567890', text: 'halo', opt_out_type: null },
    ]);
  });

  it('refuse what is not signed with the token of the address, and store nothing', async () => {
    const status = async (fields: Record<string, string>, token?: string | null, to?: string) =>
      (await post(to ?? (await path()), fields, token)).status;
    expect(await status(receipt(), null)).toBe(403);
    expect(await status(receipt(), 'wrong')).toBe(403);
    expect(await status(receipt({ AccountSid: `AC${'b'.repeat(32)}` }))).toBe(403);
    const { otherId }: { otherId: bigint } = (
      await rows(`SELECT shop_id AS "otherId" FROM shops WHERE domain = '${OTHER}'`)
    )[0];
    expect(
      await status(receipt(), undefined, `/twilio/status/${otherId}/${(await channel()).channelId}`),
    ).toBe(403);
    expect(await status(receipt(), undefined, '/twilio/status/x/1')).toBe(404);
    expect(await status(receipt({ MessageSid: 'x' }))).toBe(400);
    expect((await fetch(doorOrigin + (await path()))).status).toBe(405);
    expect(await rows('SELECT 1 FROM message_receipts')).toEqual([]);
    expect(await status(receipt())).toBe(204);
    // A parameter that we don't know, and one that comes twice.
    const form = new URLSearchParams([
      ...Object.entries(receipt({ MessageStatus: 'sent' })),
      ['New', '2'],
      ['New', '1'],
    ]);
    const to = await path();
    const headers = { 'x-twilio-signature': signForm(MERCHANT_ACCOUNT.authToken, doorOrigin + to, form) };
    expect((await fetch(doorOrigin + to, { method: 'POST', body: form, headers })).status).toBe(204);
  });

  it('refuse texts of people as well, and an empty signature, and take no notice of whatever service the body names', async () => {
    const text = (change = {}) => ({
      AccountSid: MERCHANT_ACCOUNT.sid,
      MessageSid: `SM${'c'.repeat(32)}`,
      From: '+6281234567890',
      To: '+14155550172',
      Body: 'STOP',
      ...change,
    });
    const to = await path('inbound');
    const status = async (fields: Record<string, string>, token?: string | null) =>
      (await post(to, fields, token)).status;
    expect(await status(text(), null)).toBe(403);
    expect(await status(text(), 'wrong')).toBe(403);
    const empty = { 'x-twilio-signature': '' };
    const unsigned = await fetch(doorOrigin + to, {
      method: 'POST',
      body: new URLSearchParams(text()),
      headers: empty,
    });
    expect(unsigned.status).toBe(403);
    expect(await rows('SELECT 1 FROM inbound_messages')).toEqual([]);
    expect(await rows('SELECT 1 FROM suppressions')).toEqual([]);
    // The address says whose it is: without a service, with ours, and with one that a number is in as well.
    const services = [
      {},
      { MessagingServiceSid: MERCHANT_ACCOUNT.serviceSid },
      { MessagingServiceSid: `MG${'d'.repeat(32)}` },
    ];
    for (const [n, service] of services.entries())
      expect(await status(text({ ...service, MessageSid: `SM${String(n).repeat(32)}` }))).toBe(200);
    expect(await rows('SELECT 1 FROM inbound_messages')).toHaveLength(3);
    expect(await rows('SELECT shop_id FROM suppressions')).toEqual([{ shop_id: shopId }]);
  });

  it('believe the address that we gave, behind a proxy and with letters of any language in it', async () => {
    const to = `${await path()}?m=5&note=${encodeURIComponent('grüße แต้ม')}`;
    const given = doorOrigin + to;
    const send = (signed: string, headers: Record<string, string> = {}) => {
      const form = new URLSearchParams(receipt());
      return fetch(given, {
        method: 'POST',
        body: form,
        headers: { ...headers, 'x-twilio-signature': signForm(MERCHANT_ACCOUNT.authToken, signed, form) },
      });
    };
    const proxied = {
      host: 'inside.local:8080',
      'x-forwarded-host': 'evil.example',
      'x-forwarded-proto': 'http',
      'x-forwarded-port': '8443',
    };
    expect((await send(given, proxied)).status).toBe(204);
    // Signed over another address: with another host, or another message in it.
    expect((await send(`https://evil.example${to}`, proxied)).status).toBe(403);
    expect((await send(given.replace('?m=5', '?m=6'), proxied)).status).toBe(403);
    const stored = await rows('SELECT message_id AS id FROM message_receipts');
    expect(stored).toEqual([{ id: 5n }]);
  });

  it('accept the token before the last change for a day', async () => {
    const account = sandbox.world.twilio.accounts.find(({ sid }) => sid === MERCHANT_ACCOUNT.sid)!;
    account.authToken = 'rotated-token';
    await act({ ...MERCHANT_FORM, authToken: 'rotated-token' });
    const to = await path();
    expect((await post(to, receipt())).status).toBe(204);
    expect((await post(to, receipt({ MessageStatus: 'sent' }), 'rotated-token')).status).toBe(204);
    await pool.query(`UPDATE channels SET former_token_until = now() - interval '1 minute'`);
    expect((await post(to, receipt({ MessageStatus: 'read' }))).status).toBe(403);
  });
});

it('the countries are shown with their rules and prices, and what customers are asked is kept', async () => {
  await pool.query(
    `INSERT INTO message_prices (country, channel, from_day, currency, price_micros)
     VALUES ('ID', 'sms', '2026-01-01', 'USD', 45000), ('FR', 'sms', '2026-01-01', 'USD', 60000) ON CONFLICT DO NOTHING`,
  );
  const view = await countries(adminArgs(SHOP, '/app/settings/messaging/countries'));
  const rowOf = (country: string) => view.countries.find((each) => each.country === country);
  expect(rowOf('MY')).toMatchObject({
    links: 'banned',
    facts: { linksSince: '2024-09-01' },
    priceMicros: null,
  });
  expect(rowOf('ID')).toMatchObject({ hasReplies: false, priceMicros: 45_000n });
  expect(rowOf('FR')).toMatchObject({ facts: null, priceMicros: 60_000n });
  expect((await thrownBy(countries(adminArgs(SHOP, '/app', { token: 'no.token.atall' })))).status).toBe(401);
  const change = (text: string) =>
    answerOf(action(adminArgs(SHOP, '/app/settings/messaging', { json: { intent: 'wording', text } })));
  expect((await change(' ')).data).toEqual({ ok: false, errors: { text: { code: 'required' } } });
  expect((await change('Boleh kami kirim SMS promo?')).status).toBe(200);
  expect((await loader(adminArgs(SHOP, '/app/settings/messaging'))).wording).toMatchObject({
    text: 'Boleh kami kirim SMS promo?',
  });
});
