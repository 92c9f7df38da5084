import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  DEMO_SHOP,
  exchangeBody,
  requestToken,
  type Loose,
  startTestSandbox,
  type TestSandbox,
} from '../../support/sandbox.ts';

let sandbox: TestSandbox;

beforeEach(async () => {
  sandbox = await startTestSandbox();
});
afterEach(() => sandbox.close());

const arm = (fault: Record<string, unknown>) =>
  sandbox.control('POST', '/_control/faults', { target: 'graphql', ...fault });

const CREATE = `mutation CreateCode($discount: DiscountCodeBasicInput!) {
  discountCodeBasicCreate(basicCodeDiscount: $discount) { codeDiscountNode { id } userErrors { field code message } } }`;
const discount = {
  title: 'Setia',
  code: 'SETIA-1',
  startsAt: '2026-01-01T00:00:00Z',
  context: { all: 'ALL' },
  customerGets: { items: { all: true }, value: { discountAmount: { amount: '1000' } } },
};
const createCode = () => sandbox.send(CREATE, { discount });
const codes = async () => (await sandbox.control('GET', '/_control/codes')).body.codes;

describe('while a code is created', () => {
  test('a lost reply: the code is there, the caller does not know, the next attempt gets TAKEN', async () => {
    await arm({ kind: 'lostReply', operation: 'discountCodeBasicCreate' });
    await expect(createCode()).rejects.toThrow();
    expect(await codes()).toMatchObject([{ code: 'SETIA-1', status: 'ACTIVE' }]);
    const answer = await (await createCode()).json();
    expect(answer).toMatchObject({ data: { discountCodeBasicCreate: { userErrors: [{ code: 'TAKEN' }] } } });
  });

  test.each([
    ['status429', 429],
    ['status500', 500],
    ['status402', 402],
    ['status423', 423],
  ])('%s answers %i and does nothing', async (kind, status) => {
    await arm({ kind, operation: 'CreateCode' });
    const response = await createCode();
    expect(response.status).toBe(status);
    expect(response.headers.get('retry-after')).toBe(status === 429 ? '1' : null);
    expect(await codes()).toEqual([]);
    expect((await createCode()).status).toBe(200);
  });

  test('status500 with executes has done the work', async () => {
    await arm({ kind: 'status500', executes: true });
    expect((await createCode()).status).toBe(500);
    expect(await codes()).toHaveLength(1);
  });

  test.each([
    ['status403', 403],
    ['status430', 430],
    ['status502', 502],
    ['status503', 503],
    ['status504', 504],
    ['htmlPage', 200],
  ])('%s answers %i with a page', async (kind, status) => {
    await arm({ kind, operation: 'CreateCode' });
    const response = await createCode();
    expect(response.status).toBe(status);
    expect(response.headers.get('content-type')).toContain('text/html');
    expect(await response.text()).toContain('<h1>');
    expect(await codes()).toEqual([]);
  });

  test('partialData has done the work, and has errors beside the data', async () => {
    await arm({ kind: 'partialData' });
    expect(await (await createCode()).json()).toMatchObject({
      data: { discountCodeBasicCreate: { userErrors: [] } },
      errors: [{ extensions: { code: 'ACCESS_DENIED' } }],
    });
    expect(await codes()).toHaveLength(1);
  });

  test('shopInactive is an error without data', async () => {
    await arm({ kind: 'shopInactive' });
    const answer = await (await createCode()).json();
    expect(answer).toMatchObject({ errors: [{ extensions: { code: 'SHOP_INACTIVE' } }] });
    expect(answer.data).toBeUndefined();
    expect(await codes()).toEqual([]);
  });

  test('timeout: nothing is done and the connection drops after a while', async () => {
    await arm({ kind: 'timeout', delayMs: 50 });
    const started = performance.now();
    await expect(createCode()).rejects.toThrow();
    expect(performance.now() - started).toBeGreaterThan(45);
    expect(await codes()).toEqual([]);
  });

  test('throttled and userError are responses with status 200', async () => {
    await arm({ kind: 'throttled' });
    expect(await (await createCode()).json()).toMatchObject({
      errors: [{ extensions: { code: 'THROTTLED' } }],
      extensions: { cost: { throttleStatus: { restoreRate: 1_000 } } },
    });
    await arm({ kind: 'userError', message: 'Discounts are closed today' });
    expect(await (await createCode()).json()).toMatchObject({
      data: {
        discountCodeBasicCreate: {
          codeDiscountNode: null,
          userErrors: [{ field: null, message: 'Discounts are closed today', code: 'INTERNAL_ERROR' }],
        },
      },
    });
    expect(await codes()).toEqual([]);
  });
});

test('a fault strikes only its target, as often as it says', async () => {
  await arm({ kind: 'status500', operation: 'discountCodeDeactivate' });
  await arm({ kind: 'status500', operation: 'shop', times: 2 });
  expect((await createCode()).status).toBe(200);
  const shop = async () => (await sandbox.send('{ shop { name } }')).status;
  expect([await shop(), await shop(), await shop()]).toEqual([500, 500, 200]);
  const { body } = await sandbox.control('GET', '/_control/faults');
  expect(body.faults).toMatchObject([
    { operation: 'discountCodeDeactivate', times: 1, struck: 0 },
    { operation: 'shop', times: 0, struck: 2 },
  ]);
});

test('a token request can fail, and its response can get lost', async () => {
  await sandbox.accessToken();
  const { token } = (await sandbox.control('POST', '/_control/session-tokens', { surface: 'admin' })).body;
  await arm({ target: 'token', kind: 'status503' });
  const page = await fetch(`${sandbox.origin}/admin/oauth/access_token`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-sandbox-shop': DEMO_SHOP },
    body: JSON.stringify(exchangeBody(token)),
  });
  expect([page.status, page.headers.get('content-type')]).toEqual([503, 'text/html; charset=utf-8']);
  await arm({ target: 'token', kind: 'status500' });
  expect((await requestToken(sandbox.origin, DEMO_SHOP, exchangeBody(token))).status).toBe(500);
  await arm({ target: 'token', kind: 'lostReply' });
  const before = sandbox.world.shop(DEMO_SHOP).tokens.length;
  await expect(requestToken(sandbox.origin, DEMO_SHOP, exchangeBody(token))).rejects.toThrow();
  expect(sandbox.world.shop(DEMO_SHOP).tokens).toHaveLength(before + 1);
});

test('the request log stores what was requested and the outcome, without tokens', async () => {
  const token = await sandbox.accessToken();
  await createCode();
  await createCode();
  await arm({ kind: 'status429' });
  await createCode();
  const { body } = await sandbox.control('GET', '/_control/requests?operation=CreateCode');
  expect(body.requests.map((each: Loose) => [each.status, each.outcome])).toEqual([
    [429, 'fault'],
    [200, 'user_error'],
    [200, 'ok'],
  ]);
  expect(body.requests[2].variables.discount.code).toBe('SETIA-1');
  const everything = JSON.stringify((await sandbox.control('GET', '/_control/requests')).body);
  expect(everything).not.toContain(token);
  expect(everything).not.toContain('shprt_');
});

describe('the world', () => {
  test('a snapshot brings shop, tokens and waiting webhooks back; a corrupt one is reported', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'setia-sandbox-'));
    const snapshotPath = join(folder, 'deep', 'world.json');
    const first = await startTestSandbox({ snapshotPath, webhookRetryBaseMs: 60_000 });
    first.receiver.answer = () => 503;
    const token = await first.accessToken();
    const { order } = (
      await first.control('POST', '/_control/orders', {
        customer: null,
        lines: [{ title: 'Kopi', price: '10000' }],
      })
    ).body;
    while (first.receiver.received.length < 2) await new Promise((resolve) => setTimeout(resolve, 5));
    await first.close();

    const second = await startTestSandbox({ snapshotPath });
    expect((await second.send('{ shop { name } }', {}, token)).status).toBe(200);
    expect((await second.control('GET', '/_control/orders')).body.orders[0].id).toBe(order.id);
    expect(await second.webhooks.idle()).toBe(true);
    expect(second.receiver.received.map((webhook) => webhook.topic).sort()).toEqual([
      'orders/paid',
      'orders/updated',
    ]);
    expect(second.receiver.received[0]?.webhookId).toBe(
      first.receiver.received.find((webhook) => webhook.topic === second.receiver.received[0]?.topic)
        ?.webhookId,
    );
    await second.close();

    expect(JSON.parse(readFileSync(snapshotPath, 'utf8')).version).toBe(1);
    writeFileSync(snapshotPath, '{"version":99}');
    await expect(startTestSandbox({ snapshotPath })).rejects.toThrow(/not a snapshot/);
    rmSync(folder, { recursive: true });
  });

  test('a reset brings back the seed with the same ids, the clock included', async () => {
    const idsOf = async () =>
      (await sandbox.control('GET', '/_control/customers')).body.customers.map((each: Loose) => each.id);
    const before = await idsOf();
    await sandbox.control('POST', '/_control/clock', { set: '2030-01-01T00:00:00Z' });
    await sandbox.control('POST', '/_control/orders', {
      customer: null,
      lines: [{ title: 'Kopi', price: '10000' }],
    });
    expect((await sandbox.control('GET', '/_control/orders')).body.orders[0].created_at).toMatch(
      /^2030-01-01T07:00/,
    );
    await sandbox.control('POST', '/_control/reset', {});
    expect((await sandbox.control('GET', '/_control/orders')).body.orders).toEqual([]);
    expect(await idsOf()).toEqual(before);
    expect((await sandbox.control('GET', '/_control/clock')).body.offsetMs).toBe(0);
  });

  test('no id is assigned twice, not even after a reset or a restart', async () => {
    const place = async () =>
      (
        await sandbox.control('POST', '/_control/orders', {
          customer: null,
          lines: [{ title: 'x', price: '1' }],
        })
      ).body.order.id;
    const first = await place();
    await sandbox.control('POST', '/_control/reset', {});
    const second = await place();
    await sandbox.close();
    sandbox = await startTestSandbox();
    expect(await place()).toBeGreaterThan(second);
    expect(second).toBeGreaterThan(first);
  });

  test('a busy port is an error at the start, not a crash later', async () => {
    await expect(startTestSandbox({ port: sandbox.port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
  });

  test('what is not understood is 400 with the field, what does not exist is 404', async () => {
    const bad = await sandbox.control('POST', '/_control/orders', {
      customer: null,
      lines: [{ title: 'x', price: '1', quantity: 0 }],
    });
    expect(bad).toMatchObject({ status: 400 });
    expect(bad.body.error).toContain('lines.0.quantity');
    expect(
      (
        await sandbox.control('POST', '/_control/orders', {
          shop: 'x.myshopify.com',
          customer: null,
          lines: [{ title: 'x', price: '1' }],
        })
      ).status,
    ).toBe(404);
    expect(
      (
        await sandbox.control('POST', '/_control/orders', {
          customer: 'nobody@example.com',
          lines: [{ title: 'x', price: '1' }],
        })
      ).status,
    ).toBe(404);
    const cents = await sandbox.control('POST', '/_control/orders', {
      customer: null,
      lines: [{ title: 'x', price: '1.005' }],
    });
    expect(cents).toMatchObject({ status: 400, body: { error: '1.005 has more than 2 decimals' } });
  });
});
