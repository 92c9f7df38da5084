/**
 * Installing and reconciling against the sandbox: the app's own Admin operations on the real schema. Its webhooks go
 * to a receiver that is not the app, so every one of them is lost.
 */
import { Session } from '@shopify/shopify-api';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { emptyDatabase } from '#test/support/database.ts';
import {
  DEMO_SHOP,
  startTestSandbox,
  USD_SHOP,
  type Loose,
  type TestSandbox,
} from '#test/support/sandbox.ts';

const MINUTE_MS = 60_000;

let sandbox: TestSandbox;
let app: {
  pool: typeof import('#app/db.server.ts').pool;
  sessionStorage: typeof import('#app/shopify.server.ts').sessionStorage;
  ensureInstalled: typeof import('#app/modules/shops/install.server.ts').ensureInstalled;
  reconcileShops: typeof import('#app/modules/webhooks/reconcile.server.ts').reconcileShops;
  workInbox: typeof import('#app/modules/webhooks/work-inbox.server.ts').workInbox;
};

beforeAll(async () => {
  sandbox = await startTestSandbox();
  process.env.SHOPIFY_SANDBOX_ORIGIN = sandbox.origin;
  app = {
    ...(await import('#app/db.server.ts')),
    ...(await import('#app/shopify.server.ts')),
    ...(await import('#app/modules/shops/install.server.ts')),
    ...(await import('#app/modules/webhooks/reconcile.server.ts')),
    ...(await import('#app/modules/webhooks/work-inbox.server.ts')),
  };
});
afterAll(() => sandbox.close());

beforeEach(async () => {
  await sandbox.control('POST', '/_control/reset', { tokens: true });
  await sandbox.control('DELETE', '/_control/faults');
  await emptyDatabase(process.env.DATABASE_URL!);
});

async function install(shop: string): Promise<void> {
  const accessToken = await sandbox.accessToken(shop);
  const expires = new Date(Date.now() + 60 * MINUTE_MS);
  await app.sessionStorage.storeSession(
    new Session({ id: `offline_${shop}`, shop, state: '', isOnline: false, accessToken, expires, scope: '' }),
  );
  await app.ensureInstalled(shop);
}
async function select(sql: string): Promise<Record<string, unknown>[]> {
  return (await app.pool.query(sql)).rows;
}
async function placeOrder(shop: string, order: Record<string, unknown> = {}): Promise<Loose> {
  const customers = await sandbox.control('GET', `/_control/customers?shop=${shop}`);
  const customer = customers.body.customers[0].id;
  const lines = [{ title: 'Something', price: shop === DEMO_SHOP ? '250000.00' : '25.00', quantity: 1 }];
  const answer = await sandbox.control('POST', '/_control/orders', {
    shop,
    customer,
    lines,
    paid: true,
    ...order,
  });
  expect(answer.status).toBeLessThan(300);
  return answer.body.order;
}
async function refund(order: Loose, what: Record<string, unknown>): Promise<Loose> {
  const answer = await sandbox.control('POST', '/_control/refunds', {
    shop: DEMO_SHOP,
    order: order.id,
    ...what,
  });
  expect(answer.status).toBe(201);
  return answer.body.order;
}
const byShop = (results: { domain: string }[]) =>
  Object.fromEntries(results.map((result) => [result.domain, result]));

test('installing stores what Shopify says of the shop, settings and a first program; again it changes nothing', async () => {
  await install(DEMO_SHOP);
  await install(USD_SHOP);
  await app.pool.query(`UPDATE programs SET name = 'Mine'`);
  await app.ensureInstalled(DEMO_SHOP);
  expect(
    await select(
      'SELECT domain, name, currency, time_zone, country, locale, uninstalled_at FROM shops ORDER BY domain',
    ),
  ).toEqual([
    {
      domain: DEMO_SHOP,
      name: 'Toko Setia',
      currency: 'IDR',
      time_zone: 'Asia/Jakarta',
      country: 'ID',
      locale: 'id',
      uninstalled_at: null,
    },
    {
      domain: USD_SHOP,
      name: 'Setia Supply',
      currency: 'USD',
      time_zone: 'America/New_York',
      country: 'US',
      locale: 'en',
      uninstalled_at: null,
    },
  ]);
  const [demo] = await select(`SELECT scopes, installed_at FROM shops WHERE domain = '${DEMO_SHOP}'`);
  expect(demo).toMatchObject({
    scopes: expect.stringContaining('write_discounts'),
    installed_at: expect.any(Date),
  });
  expect(
    await select(`SELECT p.name, p.rule FROM programs p JOIN shops USING (shop_id) ORDER BY domain`),
  ).toMatchObject([
    { name: 'Mine', rule: { kind: 'spend', stepMinor: '10000000', units: '10', pendingDays: 0 } },
    { name: 'Mine', rule: { kind: 'spend', stepMinor: '1000', units: '10' } },
  ]);
  expect(
    await select(
      'SELECT redemption_rate_units AS units, redemption_rate_minor AS minor FROM club_settings JOIN shops USING (shop_id) ORDER BY domain',
    ),
  ).toEqual([
    { units: 1n, minor: 10000n },
    { units: 1n, minor: 1n },
  ]);
});

test('an order whose webhook was lost earns its points, once; its refund too', async () => {
  await install(DEMO_SHOP);
  const order = await placeOrder(DEMO_SHOP);
  expect(await app.reconcileShops()).toEqual([
    { domain: DEMO_SHOP, listed: expect.any(Number), missed: expect.any(Number), error: null },
  ]);
  await app.workInbox();
  expect(await select('SELECT balance FROM ledger_accounts')).toEqual([{ balance: 20n }]);

  expect(await app.reconcileShops()).toMatchObject([{ missed: 0, error: null }]);
  expect(await app.workInbox()).toEqual({ done: 0, failed: 0 });

  const refund = await sandbox.control('POST', '/_control/refunds', {
    shop: DEMO_SHOP,
    order: order.id,
    full: true,
  });
  expect(refund.status).toBe(201);
  expect(await app.reconcileShops()).toMatchObject([{ missed: 1, error: null }]);
  await app.workInbox();
  expect(await select('SELECT balance FROM ledger_accounts')).toEqual([{ balance: 0n }]);
});

test('sees a refund of the same second as the state it has, by the refund itself', async () => {
  await install(DEMO_SHOP);
  const order = await placeOrder(DEMO_SHOP);
  await refund(order, { amount: '50000.00' });
  await app.reconcileShops();
  await app.workInbox();
  const changed = await refund(order, { amount: '50000.00' });
  await app.pool.query('UPDATE orders SET updated_at = $1, triggered_at = $1', [changed.updated_at]);
  expect(await app.reconcileShops()).toMatchObject([{ missed: 1, error: null }]);
  await app.workInbox();
  expect(await select('SELECT count(*)::int AS n FROM order_refunds')).toEqual([{ n: 2 }]);
  expect(await select('SELECT balance FROM ledger_accounts')).toEqual([{ balance: 10n }]);
});

test('reads orders as their webhook tells them: the same state, line by line', async () => {
  await install(DEMO_SHOP);
  const lines = [{ title: 'Two of it', price: '50000.00', quantity: 2 }];
  const order = await placeOrder(DEMO_SHOP, { lines });
  await refund(order, { lines: [{ line: 0, quantity: 1 }] });
  await refund(order, { amount: '10000.00' });
  const path = `/_control/orders/${String(order.id)}`;
  await sandbox.control('POST', `${path}/edit`, {
    add: [{ title: 'Another', price: '70000.00', quantity: 2 }],
  });
  const handedOver = await sandbox.control('POST', `${path}/fulfill`, { lines: [{ line: 1, quantity: 1 }] });
  expect(handedOver.body.order.fulfillment_status).toBe('partial');
  await sandbox.control('POST', '/_control/idle', {});
  await app.reconcileShops();
  await app.workInbox();
  const { decodeOrder } = await import('#app/modules/loyalty/rules/decode-order.ts');
  const bodies = await select(`SELECT body FROM webhook_events ORDER BY inbox_id DESC LIMIT 1`);
  const read = decodeOrder(JSON.parse(String(bodies[0]?.body)));
  const sent = sandbox.receiver.received
    .filter(({ topic, payload }) => topic === 'orders/updated' && payload.id === order.id)
    .at(-1);
  const told = decodeOrder(sent?.payload);
  expect(read.order).toEqual(told.order);
  expect(read.order).toMatchObject({
    fulfilledAt: expect.any(Date),
    lines: [{ fulfilledQuantity: 0 }, { quantity: 2, fulfilledQuantity: 1 }],
  });
  expect(read.refunds).toEqual(told.refunds);
});

test('pages through more orders than one page holds, reads only those it has not got, all lines of a long one', async () => {
  await install(DEMO_SHOP);
  for (let index = 0; index < 104; index++) await placeOrder(DEMO_SHOP);
  const { body } = await sandbox.control('GET', `/_control/orders?shop=${DEMO_SHOP}`);
  for (const known of body.orders) {
    await app.pool.query(
      `INSERT INTO orders (shop_id, order_id, processed_at, updated_at, triggered_at, financial, currency, state)
       SELECT shop_id, $1, $2, $2, $2, 'paid', 'IDR', '{}' FROM shops`,
      [known.id, known.updated_at],
    );
  }
  const stale = body.orders.at(0).id;
  await app.pool.query(
    `UPDATE orders SET updated_at = updated_at - interval '1 second' WHERE order_id = $1`,
    [stale],
  );
  const lines = Array.from({ length: 120 }, (_, index) => ({
    title: `Line ${index}`,
    price: '1000.00',
    quantity: 1,
  }));
  const long = await placeOrder(DEMO_SHOP, { lines });
  const [result] = await app.reconcileShops();
  expect(result).toMatchObject({ missed: 2, error: null });
  expect(result!.listed).toBeGreaterThanOrEqual(105);
  await app.workInbox();
  expect(
    await select(
      `SELECT jsonb_array_length(state->'lines') AS lines FROM orders WHERE order_id IN (${String(long.id)}, ${String(stale)}) ORDER BY order_id`,
    ),
  ).toEqual([{ lines: 1 }, { lines: 120 }]);
});

test('a shop that fails does not stop the others, and starts next time from where it was', async () => {
  await install(DEMO_SHOP);
  await install(USD_SHOP);
  await placeOrder(DEMO_SHOP);
  await placeOrder(USD_SHOP);
  await sandbox.control('POST', '/_control/faults', {
    shop: DEMO_SHOP,
    target: 'graphql',
    kind: 'status500',
    times: 1,
  });
  const results = byShop(await app.reconcileShops());
  expect(results[DEMO_SHOP]).toMatchObject({ error: expect.stringContaining('upstream') });
  expect(results[USD_SHOP]).toMatchObject({ error: null });
  expect(await select('SELECT domain FROM shops WHERE reconciled_until IS NOT NULL')).toEqual([
    { domain: USD_SHOP },
  ]);
  expect(byShop(await app.reconcileShops())[DEMO_SHOP]).toMatchObject({ error: null });
  await app.workInbox();
  expect(await select('SELECT balance FROM ledger_accounts')).toHaveLength(2);
});

test('waits when Shopify throttles', async () => {
  await install(DEMO_SHOP);
  await placeOrder(DEMO_SHOP);
  await sandbox.control('POST', '/_control/faults', {
    shop: DEMO_SHOP,
    target: 'graphql',
    kind: 'throttled',
    times: 2,
  });
  expect(await app.reconcileShops()).toMatchObject([{ error: null }]);
});

test('passes over shops without the app', async () => {
  await install(DEMO_SHOP);
  await app.pool.query('UPDATE shops SET uninstalled_at = clock_timestamp()');
  expect(await app.reconcileShops()).toEqual([]);
});
