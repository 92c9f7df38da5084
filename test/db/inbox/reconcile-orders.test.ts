/**
 * Installing and reconciling against the sandbox: the app's own Admin operations on the real schema. Its webhooks go
 * to a receiver that is not the app, so every one of them is lost.
 */
import { expect, test } from 'vitest';
import { installApp, sandbox, useSandbox } from '#test/support/sandbox-bed.ts';
import { pool } from '#app/db.server.ts';
import { ensureInstalled } from '#app/modules/home/install.server.ts';
import { reconcileShops } from '#app/modules/inbox/reconcile-orders.server.ts';
import { processInbox } from '#app/modules/inbox/process-inbox.server.ts';
import { givenEvent } from '#test/support/shops.ts';
import { DEMO_SHOP, USD_SHOP, type Loose } from '#test/support/sandbox.ts';
import { endRests } from '#test/support/shop-failures.ts';

const EMPTY_STATE = { lines: [], shipping: '0', shippingTax: '0', shippingDiscounts: [], codes: [] };

useSandbox();
async function select(sql: string): Promise<Record<string, unknown>[]> {
  return (await pool.query(sql)).rows;
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

test("installing stores Shopify's data of the shop, settings and a first program; repeating it changes nothing", async () => {
  await installApp(DEMO_SHOP);
  await installApp(USD_SHOP);
  await pool.query(`UPDATE programs SET name = 'Mine'`);
  await ensureInstalled(DEMO_SHOP);
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
  await installApp(DEMO_SHOP);
  const order = await placeOrder(DEMO_SHOP);
  expect(await reconcileShops()).toEqual([
    { domain: DEMO_SHOP, listed: expect.any(Number), missed: expect.any(Number), error: null },
  ]);
  await processInbox();
  expect(await select('SELECT balance FROM ledger_accounts')).toEqual([{ balance: 20n }]);

  expect(await reconcileShops()).toMatchObject([{ missed: 0, error: null }]);
  expect(await processInbox()).toEqual({ done: 0, failed: 0 });

  const refund = await sandbox.control('POST', '/_control/refunds', {
    shop: DEMO_SHOP,
    order: order.id,
    full: true,
  });
  expect(refund.status).toBe(201);
  expect(await reconcileShops()).toMatchObject([{ missed: 1, error: null }]);
  await processInbox();
  expect(await select('SELECT balance FROM ledger_accounts')).toEqual([{ balance: 0n }]);
});

test('sees a refund of the same second as the state it has, by the refund itself', async () => {
  await installApp(DEMO_SHOP);
  const order = await placeOrder(DEMO_SHOP);
  await refund(order, { amount: '50000.00' });
  await reconcileShops();
  await processInbox();
  const changed = await refund(order, { amount: '50000.00' });
  await pool.query('UPDATE orders SET updated_at = $1, triggered_at = $1', [changed.updated_at]);
  expect(await reconcileShops()).toMatchObject([{ missed: 1, error: null }]);
  await processInbox();
  expect(await select('SELECT count(*)::int AS n FROM order_refunds')).toEqual([{ n: 2 }]);
  expect(await select('SELECT balance FROM ledger_accounts')).toEqual([{ balance: 10n }]);
});

test('reads orders as in their webhook: the same state, line by line', async () => {
  await installApp(DEMO_SHOP);
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
  await reconcileShops();
  await processInbox();
  const { decodeOrder } = await import('#app/modules/orders/rules/decode-order.ts');
  const bodies = await select(`SELECT body FROM webhook_events ORDER BY inbox_id DESC LIMIT 1`);
  const read = decodeOrder(JSON.parse(String(bodies[0]?.body)));
  const sent = sandbox.receiver.received
    .filter(({ topic, payload }) => topic === 'orders/updated' && payload.id === order.id)
    .at(-1);
  const told = decodeOrder(sent?.payload);
  expect(read.order).toEqual(told.order);
  expect(read.order).toMatchObject({
    fulfillments: [{ at: expect.any(Date), lines: [{ quantity: 1 }] }],
    lines: [{}, { quantity: 2 }],
  });
  expect(read.refunds).toEqual(told.refunds);
});

test('pages through more orders than one page holds, reads only those it lacks, all lines of a long one', async () => {
  await installApp(DEMO_SHOP);
  for (let index = 0; index < 104; index++) await placeOrder(DEMO_SHOP);
  const { body } = await sandbox.control('GET', `/_control/orders?shop=${DEMO_SHOP}`);
  for (const known of body.orders) {
    await pool.query(
      `INSERT INTO orders (shop_id, order_id, processed_at, updated_at, triggered_at, financial, currency, state, confirmed_at)
       SELECT shop_id, $1, $2, $2, $2, 'paid', 'IDR', $3, $2::timestamptz + interval '1 hour' FROM shops`,
      [known.id, known.updated_at, EMPTY_STATE],
    );
  }
  const stale = body.orders.at(0).id;
  await pool.query(`UPDATE orders SET updated_at = updated_at - interval '1 second' WHERE order_id = $1`, [
    stale,
  ]);
  const lines = Array.from({ length: 120 }, (_, index) => ({
    title: `Line ${index}`,
    price: '1000.00',
    quantity: 1,
  }));
  const long = await placeOrder(DEMO_SHOP, { lines });
  const [result] = await reconcileShops();
  expect(result).toMatchObject({ missed: 2, error: null });
  expect(result!.listed).toBeGreaterThanOrEqual(105);
  await processInbox();
  expect(
    await select(
      `SELECT jsonb_array_length(state->'lines') AS lines FROM orders WHERE order_id IN (${String(long.id)}, ${String(stale)}) ORDER BY order_id`,
    ),
  ).toEqual([{ lines: 1 }, { lines: 120 }]);
});

test('looks 30 minutes behind the last run, as the search finds a change late, and reads a settled order once', async () => {
  await installApp(DEMO_SHOP);
  const [late, early] = [await placeOrder(DEMO_SHOP), await placeOrder(DEMO_SHOP)];
  const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString();
  const atShopify = sandbox.world.shop(DEMO_SHOP).orders;
  atShopify.splice(0, atShopify.length, ...atShopify.filter(({ id }) => id === late.id || id === early.id));
  for (const order of atShopify) order.updatedAt = minutesAgo(order.id === late.id ? 29 : 31);
  await pool.query('UPDATE shops SET reconciled_until = statement_timestamp()');
  expect(await reconcileShops()).toMatchObject([{ listed: 1, missed: 1, error: null }]);
  await processInbox();
  expect(await select('SELECT order_id FROM orders')).toEqual([{ order_id: BigInt(late.id) }]);

  const readings = async () => {
    const { body } = await sandbox.control('GET', '/_control/requests?limit=50');
    return body.requests.filter(({ operation }: Loose) => operation === 'ReadOrder').length;
  };
  const before = await readings();
  expect(before).toBeGreaterThan(0);
  await pool.query('UPDATE shops SET reconciled_until = statement_timestamp()');
  expect(await reconcileShops()).toMatchObject([{ listed: 1, missed: 0, error: null }]);
  expect(await readings()).toBe(before);
});

test('a payment given back that was pending and failed no longer counts, once the order comes again', async () => {
  await installApp(DEMO_SHOP);
  const order = await placeOrder(DEMO_SHOP);
  const refunded = await refund(order, { amount: '50000.00' });
  const at = (seconds: number, status: string) => ({
    ...refunded,
    updated_at: new Date(Date.parse(refunded.updated_at) + seconds * 1_000).toISOString(),
    refunds: refunded.refunds.map((one: Loose) => ({
      ...one,
      transactions: one.transactions.map((transaction: Loose) => ({ ...transaction, status })),
      order_adjustments: status === 'failure' ? [] : one.order_adjustments,
    })),
  });
  const shopId = (await select('SELECT shop_id FROM shops'))[0]!.shop_id as bigint;
  const tell = async (payload: Loose, topic = 'orders/updated') => {
    await givenEvent(shopId, topic, payload, { triggeredAt: payload.updated_at ?? payload.created_at });
    await processInbox();
  };
  const [pending, failed] = [at(0, 'pending'), at(60, 'failure')];
  const steps = [() => tell(pending), () => tell(pending.refunds[0], 'refunds/create'), () => tell(failed)];
  for (const order of [steps, steps.toReversed()]) {
    await pool.query('DELETE FROM orders');
    await pool.query('DELETE FROM order_refunds');
    for (const step of order) await step();
    expect(await select('SELECT net_minor FROM orders')).toEqual([{ net_minor: 250_000_00n }]);
  }
});

test('a shop that fails does not stop the others, and continues from where it was next time', async () => {
  await installApp(DEMO_SHOP);
  await installApp(USD_SHOP);
  await placeOrder(DEMO_SHOP);
  await placeOrder(USD_SHOP);
  await sandbox.control('POST', '/_control/faults', {
    shop: DEMO_SHOP,
    target: 'graphql',
    kind: 'status500',
    times: 1,
  });
  const results = byShop(await reconcileShops());
  expect(results[DEMO_SHOP]).toMatchObject({ error: expect.stringContaining('upstream') });
  expect(results[USD_SHOP]).toMatchObject({ error: null });
  expect(await select('SELECT domain FROM shops WHERE reconciled_until IS NOT NULL')).toEqual([
    { domain: USD_SHOP },
  ]);
  expect(byShop(await reconcileShops())[DEMO_SHOP]).toBeUndefined();
  await endRests();
  expect(byShop(await reconcileShops())[DEMO_SHOP]).toMatchObject({ error: null });
  await processInbox();
  expect(await select('SELECT balance FROM ledger_accounts')).toHaveLength(2);
});

test('waits when Shopify throttles', async () => {
  await installApp(DEMO_SHOP);
  await placeOrder(DEMO_SHOP);
  await sandbox.control('POST', '/_control/faults', {
    shop: DEMO_SHOP,
    target: 'graphql',
    kind: 'throttled',
    times: 2,
  });
  expect(await reconcileShops()).toMatchObject([{ error: null }]);
});

test('skips shops without the app', async () => {
  await installApp(DEMO_SHOP);
  await pool.query('UPDATE shops SET uninstalled_at = clock_timestamp()');
  expect(await reconcileShops()).toEqual([]);
});
