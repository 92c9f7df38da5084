/** The sandbox's Twilio through the app's own client: every call and answer is held against Twilio's description. */
import { createServer, type Server } from 'node:http';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { startTestSandbox, type TestSandbox } from '#test/support/sandbox.ts';
import { MERCHANT_ACCOUNT, PLATFORM_ACCOUNT, signForm, useTwilioOf } from '#test/support/twilio.ts';

let sandbox: TestSandbox;
let client: typeof import('#app/integrations/twilio/client.server.ts');
let messages: typeof import('#app/integrations/twilio/messages.server.ts');
let services: typeof import('#app/integrations/twilio/services.server.ts');
let signature: typeof import('#app/integrations/twilio/signature.server.ts');

const merchant = { accountSid: MERCHANT_ACCOUNT.sid, authToken: MERCHANT_ACCOUNT.authToken };
const platform = { accountSid: PLATFORM_ACCOUNT.sid, authToken: PLATFORM_ACCOUNT.authToken };

interface Received {
  path: string;
  form: URLSearchParams;
  signature: string | undefined;
}
let app: Server;
let appUrl: string;
const received: Received[] = [];

beforeAll(async () => {
  sandbox = await startTestSandbox({ twilioStepMs: 0 });
  useTwilioOf(sandbox);
  client = await import('#app/integrations/twilio/client.server.ts');
  messages = await import('#app/integrations/twilio/messages.server.ts');
  services = await import('#app/integrations/twilio/services.server.ts');
  signature = await import('#app/integrations/twilio/signature.server.ts');
  app = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const sign = request.headers['x-twilio-signature'];
      received.push({
        path: request.url ?? '',
        form: new URLSearchParams(Buffer.concat(chunks).toString()),
        signature: typeof sign === 'string' ? sign : undefined,
      });
      response.writeHead(204).end();
    });
  });
  await new Promise<void>((resolve) => app.listen(0, '127.0.0.1', resolve));
  const address = app.address();
  // The descriptions are large: the first call reads them.
  await fetch(`${sandbox.origin}/v1/Services`, { headers: { 'x-twilio-host': 'messaging.twilio.com' } });
  await fetch(`${sandbox.origin}/2010-04-01/Accounts.json`, {
    headers: { 'x-twilio-host': 'api.twilio.com' },
  });
  appUrl = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`;
});
afterAll(async () => {
  await sandbox.close();
  app.closeAllConnections();
  await new Promise((resolve) => app.close(resolve));
});
beforeEach(async () => {
  await idle();
  await sandbox.control('POST', '/_control/reset', { tokens: true });
  await sandbox.control('DELETE', '/_control/faults');
  received.length = 0;
});

const text = (change: Partial<import('#app/integrations/twilio/messages.server.ts').TwilioText> = {}) => ({
  to: '+6281234567890',
  body: 'แต้ม + 100 & “ok” ~',
  messagingServiceSid: MERCHANT_ACCOUNT.serviceSid,
  from: null,
  statusCallback: `${appUrl}/twilio/status/1/2?m=12-34#rc=3&rp=all`,
  validitySeconds: 3600,
  ...change,
});
const send = (change = {}) => messages.createTwilioMessage(merchant, text(change));
const fault = (target: string, kind: string, change = {}) =>
  sandbox.control('POST', '/_control/faults', { target, kind, ...change });
const idle = () => sandbox.control('POST', '/_control/twilio/idle', {});
const statuses = () => received.map(({ form }) => form.get('MessageStatus'));

describe('a message', () => {
  test('is accepted without parts or price, and found by number, newest first', async () => {
    const sent = await send();
    expect(sent).toMatchObject({ is: 'accepted', message: { status: 'accepted', parts: null, price: null } });
    await idle();
    await send({ body: 'second' });
    const found = await messages.findTwilioMessages(merchant, '+6281234567890');
    expect(found.map(({ body }) => body)).toEqual(['second', 'แต้ม + 100 & “ok” ~']);
    expect(await messages.fetchTwilioMessage(merchant, found[1]!.sid)).toMatchObject({
      status: 'delivered',
      parts: 1,
      price: '-0.00790',
    });
    await messages.redactTwilioMessage(merchant, found[1]!.sid);
    expect((await messages.fetchTwilioMessage(merchant, found[1]!.sid)).body).toBe('');
  });

  test('is followed by signed callbacks; the fragment of the address is neither sent nor signed', async () => {
    await send();
    await idle();
    expect(statuses()).toEqual(['queued', 'sending', 'sent', 'delivered']);
    const url = `${appUrl}/twilio/status/1/2?m=12-34`;
    for (const { form, path, signature: sign } of received) {
      expect(path).toBe('/twilio/status/1/2?m=12-34');
      expect(sign).toBe(signForm(MERCHANT_ACCOUNT.authToken, url, form));
      const check = (tokens: string[], address: string, fields = form) =>
        signature.isSignedByTwilio(tokens, sign ?? '', address, fields);
      expect(check(['old', MERCHANT_ACCOUNT.authToken], `${url}#rc=3`)).toBe(true);
      expect(check(['wrong'], url)).toBe(false);
      expect(check([''], url)).toBe(false);
      expect(check([MERCHANT_ACCOUNT.authToken], `${url}5`)).toBe(false);
      const more = new URLSearchParams([...form, ['New', '1']]);
      expect(check([MERCHANT_ACCOUNT.authToken], url, more)).toBe(false);
    }
    expect(signature.isSignedByTwilio([MERCHANT_ACCOUNT.authToken], '', url, received[0]!.form)).toBe(false);
  });

  test('to a phone that is off, gone or a landline ends undelivered with its code', async () => {
    for (const [state, code] of [
      ['off', '30003'],
      ['gone', '30005'],
    ]) {
      received.length = 0;
      await sandbox.control('POST', '/_control/phones', { number: '+6281234567890', state });
      await send();
      await idle();
      expect(received.at(-1)?.form.get('MessageStatus')).toBe('undelivered');
      expect(received.at(-1)?.form.get('ErrorCode')).toBe(code);
    }
    await sandbox.control('POST', '/_control/phones', { number: '+6281234567890', state: 'landline' });
    expect(await send()).toEqual({ is: 'refused', status: 400, code: 21_614 });
  });

  test.each([
    [{ to: '0812' }, 21_211],
    [{ to: '+989121234567' }, 21_408],
    [{ body: '' }, 21_602],
    [{ body: 'a'.repeat(1_601) }, 21_617],
    [{ from: 'NOBODY' }, 21_606],
    [{ messagingServiceSid: `MG${'0'.repeat(32)}` }, 21_701],
  ])('%j is refused with %i', async (change, code) => {
    expect(await send(change)).toMatchObject({ is: 'refused', code });
  });

  test('wrong credentials are refused, and a parameter that the description does not know', async () => {
    const wrong = await messages.createTwilioMessage({ ...merchant, authToken: 'wrong' }, text());
    expect(wrong).toEqual({ is: 'refused', status: 401, code: 20_003 });
    const answer = await fetch(
      `${sandbox.origin}/2010-04-01/Accounts/${MERCHANT_ACCOUNT.sid}/Messages.json`,
      {
        method: 'POST',
        headers: {
          'x-twilio-host': 'api.twilio.com',
          authorization: `Basic ${btoa(`${MERCHANT_ACCOUNT.sid}:${MERCHANT_ACCOUNT.authToken}`)}`,
        },
        body: new URLSearchParams({ To: '+6281234567890', Body: 'a', FallbackFrom: '+14155550172' }),
      },
    );
    expect(answer.status).toBe(400);
    expect((await answer.json()).message).toContain('FallbackFrom');
  });
});

describe('failures', () => {
  test('429 is never processed and says when to come back', async () => {
    await fault('twilio', 'status429');
    expect(await send()).toEqual({ is: 'later', afterMs: 1_000, isThrottled: true });
    expect(sandbox.world.twilio.messages).toHaveLength(0);
  });

  test.each(['status500', 'status503', 'timeout'])(
    '%s before or after it was done is unknown',
    async (kind) => {
      for (const executes of [false, true]) {
        await fault('twilio', kind, { executes, delayMs: 5_000 });
        expect(await send({ body: `${kind} ${executes}` })).toMatchObject({ is: 'unknown' });
      }
      expect(sandbox.world.twilio.messages.map(({ body }) => body)).toEqual([`${kind} true`]);
    },
  );

  test('a lost answer is unknown, and the message is found by its text', async () => {
    await fault('twilio', 'lostReply');
    expect(await send()).toMatchObject({ is: 'unknown' });
    const found = await messages.findTwilioMessages(merchant, '+6281234567890');
    expect(found.map(({ body }) => body)).toEqual([text().body]);
  });

  test('a connection that never was is no unknown outcome', () => {
    const refused = Object.assign(new Error('connect'), { code: 'ECONNREFUSED' });
    expect(client.toTwilioFailure(refused)).toEqual({ is: 'later', afterMs: 1_000, isThrottled: false });
    const reset = Object.assign(new Error('read'), { code: 'ECONNRESET' });
    expect(client.toTwilioFailure(reset)).toMatchObject({ is: 'unknown' });
  });

  test('any code of Twilio can be had', async () => {
    await fault('twilio', 'code', { message: '21610', operation: 'CreateMessage' });
    expect(await send()).toEqual({ is: 'refused', status: 400, code: 21_610 });
    await fault('delivery', 'fails', { message: '30007' });
    await send();
    await idle();
    expect(received.at(-1)?.form.get('ErrorCode')).toBe('30007');
  });
});

describe('what Twilio counts', () => {
  const counted = async () => {
    const sent = await send();
    if (sent.is !== 'accepted') throw new Error(sent.is);
    return async () => messages.fetchTwilioMessage(merchant, sent.message.sid);
  };

  test('is a part more, or none, and the price comes late', async () => {
    const usual = await counted();
    await idle();
    expect(await usual()).toMatchObject({ parts: 1, price: '-0.00790' });
    await fault('delivery', 'moreParts');
    const more = await counted();
    await idle();
    expect(await more()).toMatchObject({ parts: 2, price: '-0.01580' });
    await fault('delivery', 'noParts');
    const none = await counted();
    await idle();
    expect(await none()).toMatchObject({ status: 'delivered', parts: null });
    await fault('delivery', 'latePrice', { delayMs: 400 });
    const late = await counted();
    await expect.poll(async () => (await late()).status).toBe('delivered');
    expect((await late()).price).toBeNull();
    await idle();
    expect((await late()).price).toBe('-0.00790');
  });
});

describe('what was charged', () => {
  test('is listed by pages of a time, without what people sent and what left later', async () => {
    const start = Date.now();
    for (let n = 0; n < 3; n++) await send({ body: `Halo ${n}` });
    await idle();
    await sandbox.control('POST', '/_control/phones/text', {
      from: '+6281234567890',
      to: '+14155550172',
      body: 'halo',
    });
    expect(sandbox.world.twilio.messages).toHaveLength(4);
    const listed = async (from: number, until: number) => {
      const pages: string[][] = [];
      const asked = { from: new Date(from), until: new Date(until), pauseMs: 0, pageSize: 2 };
      for await (const page of messages.listTwilioCharges(merchant, asked))
        pages.push(page.map(({ price, priceUnit, isBilled }) => `${price} ${priceUnit} ${isBilled}`));
      return pages;
    };
    const all = await listed(start - 60_000, Date.now() + 60_000);
    expect(all.flat()).toEqual(Array.from({ length: 3 }, () => '-0.00790 USD true'));
    expect(all.length).toBeGreaterThan(1);
    expect((await listed(start - 120_000, start - 60_000)).flat()).toEqual([]);
    await fault('twilio', 'status503');
    await expect(listed(start, Date.now())).rejects.toMatchObject({ retryable: true });
  });
});

describe('receipts', () => {
  test('are lost, doubled, unsigned and signed with another token', async () => {
    await fault('receipt', 'drop', { operation: 'queued' });
    await fault('receipt', 'duplicate', { operation: 'sending' });
    await fault('receipt', 'unsigned', { operation: 'sent' });
    await fault('receipt', 'wrongToken', { operation: 'delivered' });
    await send();
    await idle();
    expect(statuses()).toEqual(['sending', 'sending', 'sent', 'delivered']);
    expect(received[2]?.signature).toBeUndefined();
    const { form } = received[3]!;
    expect(received[3]?.signature).not.toBe(
      signForm(MERCHANT_ACCOUNT.authToken, `${appUrl}${received[3]!.path}`, form),
    );
  });

  test('come late and before the answer', async () => {
    await fault('receipt', 'delay', { operation: 'queued', delayMs: 60 });
    await send();
    await idle();
    expect(statuses()).toEqual(['sending', 'sent', 'delivered', 'queued']);
    received.length = 0;
    await fault('receipt', 'early');
    const sent = await send();
    expect(statuses().at(-1)).toBe('delivered');
    expect(sent).toMatchObject({ is: 'accepted', message: { status: 'accepted' } });
  });
});

describe('a phone', () => {
  const answer = (body: string, to?: string) =>
    sandbox.control('POST', '/_control/phones/text', { from: '+6281234567890', body, ...(to ? { to } : {}) });

  test('answers a number with STOP: Twilio blocks, says so, and tells the app', async () => {
    await services.setUpTwilioService(merchant, MERCHANT_ACCOUNT.serviceSid, `${appUrl}/twilio/inbound/1/2`);
    await send();
    await idle();
    received.length = 0;
    expect((await answer('STOP')).status).toBe(201);
    expect(received).toHaveLength(1);
    const { form, path, signature: sign } = received[0]!;
    expect(path).toBe('/twilio/inbound/1/2');
    expect(Object.fromEntries(form)).toMatchObject({ OptOutType: 'STOP', Body: 'STOP', FromCountry: 'ID' });
    expect(sign).toBe(signForm(MERCHANT_ACCOUNT.authToken, `${appUrl}${path}`, form));
    expect(await send()).toEqual({ is: 'refused', status: 400, code: 21_610 });
    await answer('START', '+14155550172');
    expect(await send()).toMatchObject({ is: 'accepted' });
  });

  test('cannot answer a name, and words of other languages are only told', async () => {
    expect((await answer('STOP', 'TOKOSETIA')).status).toBe(422);
    await services.setUpTwilioService(merchant, MERCHANT_ACCOUNT.serviceSid, `${appUrl}/twilio/inbound/1/2`);
    await answer('berhenti', '+14155550172');
    expect(received[0]?.form.get('OptOutType')).toBeNull();
    expect(await send()).toMatchObject({ is: 'accepted' });
  });
});

describe('accounts and services', () => {
  test('a subaccount is found again by its name, and has a service of its own', async () => {
    const sub = await services.findOrCreateSubaccount(platform, 'setia:7');
    expect(await services.findOrCreateSubaccount(platform, 'setia:7')).toEqual(sub);
    const toko = { name: 'Toko', inboundUrl: `${appUrl}/in` };
    const { sid } = await services.findOrCreateTwilioService(sub, toko);
    expect(await services.findOrCreateTwilioService(sub, toko)).toEqual({ sid });
    expect(await services.readTwilioService(sub, sid)).toMatchObject({
      name: 'Toko',
      inboundUrl: `${appUrl}/in`,
      smartEncoding: false,
      usesNumbersInbound: false,
      senders: [],
    });
    await expect(services.readTwilioService(merchant, sid)).rejects.toMatchObject({ retryable: false });
    const empty = await messages.createTwilioMessage(sub, text({ messagingServiceSid: sid }));
    expect(empty).toMatchObject({ is: 'refused', code: 21_704 });
    for (const name of ['Toko', 'Toko', 'Toko 2']) await services.setAlphaSender(sub, sid, name);
    expect((await services.readTwilioService(sub, sid)).senders).toEqual([
      { address: 'Toko 2', kind: 'name' },
    ]);
  });

  test("a merchant's service is read with its senders", async () => {
    expect(await services.readTwilioService(merchant, MERCHANT_ACCOUNT.serviceSid)).toMatchObject({
      name: 'Toko Setia SMS',
      senders: [{ address: '+14155550172', kind: 'number' }],
    });
  });

  test('every call of these tests was known to the description', async () => {
    const { body } = await sandbox.control('GET', '/_control/twilio');
    expect(body.requests.filter(({ code }: { code: number }) => code === 20_001)).toEqual([]);
    await vi.waitFor(() => expect(sandbox.twilio.callbacks.isIdle()).toBe(true));
  });
});
