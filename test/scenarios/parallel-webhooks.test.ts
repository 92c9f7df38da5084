/** Shopify sends one paid order again and again, all at once: under the same ids, or under new ones. It earns once. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openClub } from '../../scripts/lib/shop-visit.ts';
import { startApp, type TestApp } from '#test/support/app.ts';
import { expectCleanAudit, pointsByCustomer, queryRows, waitUntilWorked } from '#test/support/figures.ts';
import { orderPayload } from '#test/support/orders.ts';
import { seededRandom } from '#test/support/random.ts';
import { sendWebhook, type SentWebhook } from '#test/support/webhooks.ts';

const SHOP = 'setia-demo.myshopify.com';
const TIMES = 50;
const random = seededRandom('parallel-webhooks');

let app: TestApp;

beforeAll(async () => {
  app = await startApp();
  await openClub(app, SHOP);
});
afterAll(() => app?.stop());

const ids = { webhookId: randomUUID(), eventId: randomUUID() };
const otherEvent = { eventId: randomUUID() };

test.each<[string, number, () => Partial<SentWebhook>, number]>([
  ['the same webhook', 501, () => ids, 1],
  ['new webhook ids for one event', 502, () => otherEvent, 1],
  ['new webhook and event ids', 503, () => ({}), TIMES],
])('%s 50 times in parallel', async (_what, customer, idsOf, rowsStored) => {
  // Full steps of Rp 100,000, 10 points each.
  const steps = random.between(1, 90);
  const order = {
    id: customer * 10,
    customer,
    lines: [{ price: steps * 100_000 + random.between(0, 99_999) }],
  };
  const body = JSON.stringify(orderPayload(order));
  const sent = Array.from({ length: TIMES }, () =>
    sendWebhook(app.appUrl, { topic: 'orders/paid', body, shop: SHOP, ...idsOf() }),
  );
  expect(new Set(await Promise.all(sent))).toEqual(new Set([200]));
  await waitUntilWorked(app);

  expect((await pointsByCustomer(app, SHOP))[customer]).toBe(steps * 10);
  const [entries] = await queryRows<{ count: number }>(
    app,
    'SELECT count(*)::int AS count FROM ledger_entries WHERE customer_id = $1',
    [customer],
  );
  expect(entries?.count).toBe(1);
  const [stored] = await queryRows<{ count: number }>(
    app,
    `SELECT count(*)::int AS count FROM webhook_events WHERE body::jsonb ->> 'id' = $1`,
    [String(order.id)],
  );
  expect(stored?.count).toBe(rowsStored);
});

test('the audit finds nothing', () => expectCleanAudit(app));
