/**
 * The webhook endpoint over real HTTP on a real database: its responses, and the rows in the inbox afterwards.
 */
import { readFileSync } from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { pool } from '#app/db.server.ts';
import { webhookDoor } from '#app/modules/inbox/webhook-door.server.ts';
import { sendWebhook, signBody, webhookHeaders } from '#test/support/webhooks.ts';

const MIB = 1024 * 1024;
const server = http.createServer(webhookDoor);
let origin = '';

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => new Promise((resolve) => server.close(resolve)));

async function storedBy(column: 'webhook_id' | 'event_id', value: string) {
  const { rows } = await pool.query(`SELECT * FROM webhook_events WHERE ${column} = $1 ORDER BY inbox_id`, [
    value,
  ]);
  return rows;
}

test('stores a genuine payload byte for byte with its headers and responds 200', async () => {
  const body = readFileSync('fixtures/webhooks/orders_paid__real_web_2026-02_no_discount.json');
  const sent = { topic: 'orders/paid', body, webhookId: 'w-genuine', eventId: 'e-genuine' };
  expect(await sendWebhook(origin, sent)).toBe(200);
  const [row] = await storedBy('webhook_id', 'w-genuine');
  expect(Buffer.from(row.body).equals(body)).toBe(true);
  expect(row).toMatchObject({
    topic: 'orders/paid',
    event_id: 'e-genuine',
    api_version: '2026-07',
    state: 'pending',
  });
  expect(row.triggered_at).toEqual(new Date('2026-11-21T12:00:00.123Z'));
  expect(row.headers).toMatchObject({
    'x-shopify-topic': 'orders/paid',
    'x-shopify-hmac-sha256': signBody(body),
  });
  expect(row.headers).not.toHaveProperty('content-type');
});

test('keeps ids beyond 2^53, escapes, emoji and odd spacing exactly as sent', async () => {
  const body =
    '{ "id": 820982911946154508,\t"name":"Siti \\"S\\" \u{1F600} ÄÖ \\u0000", "note": "back\\\\slash" }\n';
  expect(await sendWebhook(origin, { topic: 'orders/updated', body, webhookId: 'w-exact' })).toBe(200);
  expect((await storedBy('webhook_id', 'w-exact'))[0].body).toBe(body);
});

test('responds 401 to a wrong signature, also when other headers are missing, and stores nothing', async () => {
  const forged = { 'x-shopify-hmac-sha256': signBody('{}', 'another secret') };
  expect(
    await sendWebhook(origin, {
      topic: 'orders/paid',
      body: '{"id":1}',
      webhookId: 'w-forged',
      headers: forged,
    }),
  ).toBe(401);
  const bare = { ...forged, 'x-shopify-topic': null };
  expect(
    await sendWebhook(origin, {
      topic: 'orders/paid',
      body: '{"id":1}',
      webhookId: 'w-forged',
      headers: bare,
    }),
  ).toBe(401);
  expect(await storedBy('webhook_id', 'w-forged')).toEqual([]);
});

test.each([
  'x-shopify-hmac-sha256',
  'x-shopify-topic',
  'x-shopify-shop-domain',
  'x-shopify-api-version',
  'x-shopify-webhook-id',
])('answers 400 without %s', async (name) => {
  expect(await sendWebhook(origin, { topic: 'orders/paid', body: '{}', headers: { [name]: null } })).toBe(
    400,
  );
});

test.each([
  ['cut off', '{"id":1'],
  ['empty', ''],
  ['not JSON', 'id=1'],
  ['a list that ends as an object', '[1}'],
  ['only spaces', ' \n '],
  ['not UTF-8', Buffer.from([0x7b, 0xff, 0xfe, 0x7d])],
  ['not storable (a NUL byte)', '["\u0000"]'],
])('answers 400 to a signed body that is %s', async (_what, body) => {
  expect(await sendWebhook(origin, { topic: 'orders/paid', body, webhookId: 'w-bad-body' })).toBe(400);
  expect(await storedBy('webhook_id', 'w-bad-body')).toEqual([]);
});

test('responds 400 to an invalid shop domain and to a header too long for an index', async () => {
  const elsewhere = { 'x-shopify-shop-domain': 'evil.example' };
  expect(await sendWebhook(origin, { topic: 'orders/paid', body: '{}', headers: elsewhere })).toBe(400);
  expect(await sendWebhook(origin, { topic: 'orders/paid', body: '{}', webhookId: 'x'.repeat(300) })).toBe(
    400,
  );
});

test('responds 405 to anything but POST', async () => {
  const response = await fetch(`${origin}/webhooks`);
  expect([response.status, response.headers.get('allow')]).toEqual([405, 'POST']);
});

test('accepts 2 MiB and responds 413 to one byte more, announced or not', async () => {
  const exact = `["${'x'.repeat(2 * MIB - 4)}"]`;
  expect(await sendWebhook(origin, { topic: 'orders/paid', body: exact, webhookId: 'w-2mib' })).toBe(200);
  const over = `["${'x'.repeat(2 * MIB - 3)}"]`;
  expect(await sendWebhook(origin, { topic: 'orders/paid', body: over, webhookId: 'w-over' })).toBe(413);
  const chunked = await new Promise((resolve, reject) => {
    const headers = webhookHeaders({ topic: 'orders/paid', body: over, webhookId: 'w-over' });
    const request = http.request(`${origin}/webhooks`, { method: 'POST', headers }, (res) =>
      resolve(res.statusCode),
    );
    request.on('error', reject);
    request.write(over.slice(0, MIB));
    request.end(over.slice(MIB));
  });
  expect(chunked).toBe(413);
  expect(await storedBy('webhook_id', 'w-over')).toEqual([]);
});

test('acknowledges a duplicate by webhook id and one by event id without storing it', async () => {
  const first = { topic: 'orders/paid', body: '{"id":10}', webhookId: 'w-dup', eventId: 'e-dup' };
  expect(await sendWebhook(origin, first)).toBe(200);
  expect(await sendWebhook(origin, first)).toBe(200);
  expect(await sendWebhook(origin, { ...first, webhookId: 'w-dup-2' })).toBe(200);
  expect((await storedBy('event_id', 'e-dup')).map((row) => row.webhook_id)).toEqual(['w-dup']);
});

test('keeps two topics of one event, and the same ids of two shops', async () => {
  const paid = { topic: 'orders/paid', body: '{"id":11}', webhookId: 'w-paid', eventId: 'e-shared' };
  await sendWebhook(origin, paid);
  await sendWebhook(origin, { ...paid, topic: 'orders/updated', webhookId: 'w-updated' });
  await sendWebhook(origin, { ...paid, shop: 'setia-usd.myshopify.com' });
  const rows = await storedBy('event_id', 'e-shared');
  expect(rows.map((row) => row.topic).sort()).toEqual(['orders/paid', 'orders/paid', 'orders/updated']);
  expect(new Set(rows.map((row) => row.shop_id)).size).toBe(2);
});

test('stores the same webhook once when it comes 50 times in parallel, and 50 different ones all', async () => {
  const same = { topic: 'orders/paid', body: '{"id":12}', webhookId: 'w-50', eventId: 'e-50' };
  const statuses = await Promise.all(Array.from({ length: 50 }, () => sendWebhook(origin, same)));
  expect(new Set(statuses)).toEqual(new Set([200]));
  expect(await storedBy('webhook_id', 'w-50')).toHaveLength(1);

  const others = Array.from({ length: 50 }, (_, index) => ({
    topic: 'orders/updated',
    // Few with a character of two bytes: bodies that were cut by characters would still be text, but wrong.
    body: index % 20 === 10 ? `{"id":${index},"name":"Sití"}` : `{"id":${index}}`,
    eventId: `e-many-${index}`,
  }));
  await Promise.all(others.map((webhook) => sendWebhook(origin, webhook)));
  const { rows } = await pool.query(`SELECT body FROM webhook_events WHERE event_id LIKE 'e-many-%'`);
  expect(rows.map((row) => row.body).sort()).toEqual(others.map(({ body }) => body).sort());
});

test('wakes the worker with one job however many webhooks came', async () => {
  await expect
    .poll(async () => (await pool.query(`SELECT task_identifier, key FROM graphile_worker.jobs`)).rows)
    .toEqual([{ task_identifier: 'process-inbox', key: 'process-inbox' }]);
});

test('responds 503 and acknowledges nothing while the database refuses, and accepts it afterwards', async () => {
  await pool.query('ALTER TABLE webhook_events RENAME TO webhook_events_away');
  const webhook = { topic: 'orders/paid', body: '{"id":13}', webhookId: 'w-away' };
  const statuses = await Promise.all([sendWebhook(origin, webhook), sendWebhook(origin, webhook)]);
  await pool.query('ALTER TABLE webhook_events_away RENAME TO webhook_events');
  expect(statuses).toEqual([503, 503]);
  expect(await sendWebhook(origin, webhook)).toBe(200);
  expect(await storedBy('webhook_id', 'w-away')).toHaveLength(1);
});

/** Opens POSTs with these headers, each sends `body` and then nothing; `answers` fills with statuses, or `cut`. */
function sendAndWait(count: number, headers: Record<string, string>, body: Buffer) {
  const answers: (number | 'cut')[] = [];
  const requests = Array.from({ length: count }, () => {
    const request = http.request(`${origin}/webhooks`, {
      method: 'POST',
      agent: false,
      headers: { ...headers, 'content-length': String(2 * MIB) },
    });
    let isAnswered = false;
    const answer = (what: number | 'cut') => {
      if (!isAnswered) answers.push(what);
      isAnswered = true;
    };
    request.on('response', (res) => answer(res.resume().statusCode ?? 0));
    request.on('error', () => answer('cut'));
    request.write(body);
    return request;
  });
  return { answers, close: () => requests.forEach((request) => request.destroy()) };
}

test('150 silent connections without a signature are answered at once, their bodies unread', async () => {
  const { answers, close } = sendAndWait(150, {}, Buffer.alloc(16_384, 32));
  await expect.poll(() => answers).toEqual(Array(150).fill(400));
  close();
});

test('unfinished bodies hold 128 MiB together, then more are sent away, and later all is well', async () => {
  const headers = { 'x-shopify-hmac-sha256': signBody('{}', 'another secret') };
  const { answers, close } = sendAndWait(100, headers, Buffer.alloc(2 * MIB - 1, 32));
  await expect.poll(() => answers.length).toBeGreaterThanOrEqual(36);
  expect(answers.filter((answer) => answer !== 503 && answer !== 'cut')).toEqual([]);
  close();
  await expect
    .poll(() => sendWebhook(origin, { topic: 'orders/paid', body: '{"id":14}', webhookId: 'w-later' }))
    .toBe(200);
});
