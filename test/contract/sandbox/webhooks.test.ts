import '@shopify/shopify-api/adapters/node';
import { ApiVersion, shopifyApi } from '@shopify/shopify-api';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  API_KEY,
  API_SECRET,
  DEMO_SHOP,
  type ReceivedWebhook,
  startTestSandbox,
  type TestSandbox,
} from '../../support/sandbox.ts';

let sandbox: TestSandbox;

beforeEach(async () => {
  sandbox = await startTestSandbox();
});
afterEach(() => sandbox.close());

const shopify = shopifyApi({
  apiKey: API_KEY,
  apiSecretKey: API_SECRET,
  apiVersion: ApiVersion.July26,
  hostName: 'app.example',
  isEmbeddedApp: true,
  logger: { level: 0 },
});

/** The verdict of Shopify's own library on a delivery. */
const validate = (webhook: ReceivedWebhook) =>
  shopify.webhooks.validate({
    rawBody: webhook.rawBody,
    // What the library's Node adapter reads of an IncomingMessage.
    rawRequest: { method: 'POST', url: '/webhooks', headers: webhook.headers },
  });

const LINES = [{ product: 'sambal-roa-manado', quantity: 2 }];
const order = (paid = true) =>
  sandbox.control('POST', '/_control/orders', { customer: 'budi.santoso@example.com', lines: LINES, paid });

/** Everything that arrived since the last call. */
async function arrived(): Promise<ReceivedWebhook[]> {
  expect(await sandbox.webhooks.idle()).toBe(true);
  return sandbox.receiver.received.splice(0);
}
const topics = (webhooks: ReceivedWebhook[]) => webhooks.map((webhook) => webhook.topic).sort();

describe('what is sent', () => {
  test("the signature and headers pass Shopify's own check, and a changed body does not", async () => {
    await order();
    const [webhook] = await arrived();
    expect(await validate(webhook!)).toMatchObject({
      valid: true,
      domain: DEMO_SHOP,
      apiVersion: '2026-07',
      webhookId: webhook!.webhookId,
      eventId: webhook!.eventId,
    });
    expect(
      await validate({ ...webhook!, rawBody: webhook!.rawBody.replace('50000.00', '50000.01') }),
    ).toMatchObject({ valid: false });
    expect(webhook!.headers['x-shopify-triggered-at']).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{9}Z$/);
  });

  test('one action: every subscribed topic once, ids of their own, one event id', async () => {
    const placed = (await order(false)).body.order;
    expect(topics(await arrived())).toEqual(['orders/updated']);
    await sandbox.control('POST', `/_control/orders/${String(placed.id)}/pay`, {});
    const paid = await arrived();
    expect(topics(paid)).toEqual(['orders/paid', 'orders/updated']);
    expect(new Set(paid.map((webhook) => webhook.eventId)).size).toBe(1);
    expect(new Set(paid.map((webhook) => webhook.webhookId)).size).toBe(2);
    expect(paid.every((webhook) => webhook.payload.financial_status === 'paid')).toBe(true);
    await sandbox.control('POST', `/_control/orders/${String(placed.id)}/cancel`, { refund: true });
    const cancelled = await arrived();
    expect(topics(cancelled)).toEqual(['orders/cancelled', 'orders/updated', 'refunds/create']);
    expect(new Set(cancelled.map((webhook) => webhook.eventId)).size).toBe(1);
    expect(cancelled[0]?.eventId).not.toBe(paid[0]?.eventId);
  });

  test('paying or cancelling twice is one action', async () => {
    const { id } = (await order(false)).body.order;
    await sandbox.control('POST', `/_control/orders/${String(id)}/pay`, {});
    await sandbox.control('POST', `/_control/orders/${String(id)}/pay`, {});
    expect(topics(await arrived())).toEqual(['orders/paid', 'orders/updated', 'orders/updated']);
  });

  test('customers, installation and privacy', async () => {
    const { body } = await sandbox.control('POST', '/_control/customers', {
      firstName: 'Ayu',
      lastName: 'Putri',
      email: 'ayu@example.com',
      phone: '+6281200000001',
    });
    await sandbox.control('POST', `/_control/customers/${String(body.customer.id)}`, { note: 'Suka kopi' });
    await sandbox.control('POST', '/_control/privacy', {
      topic: 'customers/redact',
      customer: 'ayu@example.com',
    });
    await sandbox.control('DELETE', `/_control/customers/${String(body.customer.id)}`);
    await sandbox.control('POST', '/_control/scopes', { scopes: ['read_orders'] });
    await sandbox.control('POST', '/_control/uninstall', {});
    const all = await arrived();
    expect(topics(all)).toEqual([
      'app/scopes_update',
      'app/uninstalled',
      'customers/create',
      'customers/delete',
      'customers/redact',
      'customers/update',
    ]);
    const redact = all.find((webhook) => webhook.topic === 'customers/redact');
    expect(redact?.payload).toEqual({
      shop_id: sandbox.world.shop(DEMO_SHOP).shop.id,
      shop_domain: DEMO_SHOP,
      customer: { id: body.customer.id, email: 'ayu@example.com', phone: '+6281200000001' },
      orders_to_redact: [],
    });
  });

  test('an e-mail address or a phone number is taken once', async () => {
    const refused = await sandbox.control('POST', '/_control/customers', {
      email: 'budi.santoso@example.com',
    });
    expect(refused).toMatchObject({ status: 422, body: { reason: 'email_taken' } });
    const badPhone = await sandbox.control('POST', '/_control/customers', { phone: '0812' });
    expect(badPhone.status).toBe(400);
  });
});

describe('retries', () => {
  test('send the same bytes and ids, though the order has changed since', async () => {
    let refusals = 2;
    sandbox.receiver.answer = (webhook) => (webhook.topic === 'orders/paid' && refusals-- > 0 ? 500 : 200);
    const { id } = (await order()).body.order;
    await sandbox.control('POST', '/_control/refunds', { order: id, full: true });
    const paid = (await arrived()).filter((webhook) => webhook.topic === 'orders/paid');
    expect(paid).toHaveLength(3);
    expect(new Set(paid.map((webhook) => webhook.rawBody)).size).toBe(1);
    expect(new Set(paid.map((webhook) => webhook.webhookId)).size).toBe(1);
    expect(paid[2]?.payload.refunds).toEqual([]);
    const { body } = await sandbox.control('GET', '/_control/webhooks?topic=orders/paid');
    expect(body.webhooks[0]).toMatchObject({ state: 'delivered' });
    expect(body.webhooks[0].attempts.map((attempt: { status: number }) => attempt.status)).toEqual([
      500, 500, 200,
    ]);
  });

  test('end after eight retries; the delivery can be sent again by hand', async () => {
    sandbox.receiver.answer = (webhook) => (webhook.topic === 'orders/paid' ? 503 : 200);
    await order();
    const paid = (await arrived()).filter((webhook) => webhook.topic === 'orders/paid');
    expect(paid).toHaveLength(9);
    expect((await sandbox.control('GET', '/_control/webhooks?state=failed')).body.webhooks).toHaveLength(1);
    sandbox.receiver.answer = () => 200;
    await sandbox.control('POST', `/_control/webhooks/${String(paid[0]?.webhookId)}/resend`, {});
    expect((await arrived()).map((webhook) => webhook.webhookId)).toEqual([paid[0]?.webhookId]);
  });

  test("given up again and again: a subscription of the app's configuration lives on", async () => {
    sandbox.receiver.answer = (webhook) => (webhook.topic === 'orders/paid' ? 503 : 200);
    await order();
    await order();
    await arrived();
    sandbox.receiver.answer = () => 200;
    await order();
    const topics = (await arrived()).map((webhook) => webhook.topic);
    expect(topics).toContain('orders/paid');
  });

  test("continue when the receiver isn't up yet", async () => {
    const { url } = sandbox.receiver;
    await sandbox.receiver.close();
    await order();
    await new Promise((resolve) => setTimeout(resolve, 30));
    const { body } = await sandbox.control('GET', '/_control/webhooks?topic=orders/paid');
    expect(body.webhooks[0].attempts[0]).toMatchObject({ status: null });
    expect(body.webhooks[0].attempts[0].error).toMatch(/ECONNREFUSED|fetch failed/);
    expect(url).toContain('127.0.0.1');
  });
});

describe('faults', () => {
  const arm = (fault: Record<string, unknown>) =>
    sandbox.control('POST', '/_control/faults', { target: 'webhook', ...fault });

  test('drop: never sent, but known', async () => {
    await arm({ kind: 'drop', operation: 'orders/paid' });
    await order();
    expect(topics(await arrived())).toEqual(['orders/updated']);
    expect((await sandbox.control('GET', '/_control/webhooks?state=dropped')).body.webhooks).toHaveLength(1);
    await order();
    expect(topics(await arrived())).toEqual(['orders/paid', 'orders/updated']);
  });

  test('duplicate: twice under the same ids', async () => {
    await arm({ kind: 'duplicate', operation: 'orders/paid' });
    await order();
    const paid = (await arrived()).filter((webhook) => webhook.topic === 'orders/paid');
    expect(paid).toHaveLength(2);
    expect(paid[0]?.webhookId).toBe(paid[1]?.webhookId);
  });

  test('delay: a later event overtakes', async () => {
    await arm({ kind: 'delay', operation: 'orders/paid', delayMs: 150 });
    const { id } = (await order()).body.order;
    await sandbox.control('POST', '/_control/refunds', { order: id, full: true });
    const all = await arrived();
    expect(all.at(-1)?.topic).toBe('orders/paid');
    expect(Date.parse(all.at(-1)!.headers['x-shopify-triggered-at']!)).toBeLessThan(
      Date.parse(
        all.find((webhook) => webhook.topic === 'refunds/create')!.headers['x-shopify-triggered-at']!,
      ),
    );
  });

  test('a kind that an endpoint does not know is refused', async () => {
    expect((await arm({ kind: 'lostReply' })).status).toBe(400);
    expect(
      (await sandbox.control('POST', '/_control/faults', { target: 'graphql', kind: 'drop' })).status,
    ).toBe(400);
  });
});

describe('a payload of the caller', () => {
  const send = (body: Record<string, unknown>) =>
    sandbox.control('POST', '/_control/webhooks', { topic: 'orders/paid', ...body });

  test('goes out byte for byte, signed, and the answer comes back', async () => {
    sandbox.receiver.answer = () => 202;
    const raw = '{"id":820982911946154508, "odd":  "spacing"}';
    const { body } = await send({ payload: raw });
    expect(body.deliveries).toHaveLength(1);
    expect(body.deliveries[0]).toMatchObject({ status: 202, body: '' });
    const [webhook] = await arrived();
    expect(webhook?.rawBody).toBe(raw);
    expect(await validate(webhook!)).toMatchObject({ valid: true });
    expect(body.deliveries[0].webhookId).toBe(webhook?.webhookId);
  });

  test('fifty times at once is one webhook fifty times', async () => {
    const { body } = await send({ payload: { id: 1 }, times: 50, parallel: true });
    expect(body.deliveries).toHaveLength(50);
    const all = await arrived();
    expect(all).toHaveLength(50);
    expect(new Set(all.map((webhook) => webhook.webhookId)).size).toBe(1);
    expect(new Set(all.map((webhook) => webhook.eventId)).size).toBe(1);
  });

  test('headers can be replaced and left out', async () => {
    const headers = {
      'X-Shopify-Hmac-Sha256': 'AAAA',
      'x-shopify-webhook-id': 'w-1',
      'x-shopify-event-id': null,
    };
    const { body } = await send({ payload: {}, headers });
    expect(body.deliveries[0]).toMatchObject({ webhookId: 'w-1', eventId: null });
    const [webhook] = await arrived();
    expect(await validate(webhook!)).toMatchObject({ valid: false, reason: 'invalid_hmac' });
    expect(webhook?.headers).not.toHaveProperty('x-shopify-event-id');
  });
});
