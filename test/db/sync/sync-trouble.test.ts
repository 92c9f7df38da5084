/** A first sync with failures: files that break off or expire, no free slot, no access, killed workers, two at once. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, test } from 'vitest';
import {
  installAgain,
  club,
  fault,
  sandbox,
  select,
  shop,
  useSandboxShop,
} from '#test/support/sandbox-bed.ts';
import * as db from '#app/db.server.ts';
import * as syncs from '#test/support/syncs.ts';
import * as work from '#app/modules/sync/process-syncs.server.ts';
import * as card from '#app/modules/sync/sync-card.server.ts';
import * as start from '#app/modules/sync/start-sync.server.ts';
import { DEMO_SHOP } from '#test/support/sandbox.ts';
import { endRests, listFailures } from '#test/support/shop-failures.ts';

useSandboxShop({ hasOrders: false });

const bulkFault = (kind: string, change: object = {}) => fault(kind, { target: 'bulk', ...change });
const inShop = () => sandbox.world.shop(DEMO_SHOP);

/** Copies of the shop's first customer under ids and names of their own. */
function givenCustomers(count: number): void {
  const { customers } = inShop();
  const [first] = customers;
  for (let at = 1; at <= count; at++)
    customers.push({
      ...first!,
      id: first!.id + 1_000_000 + at,
      firstName: `P${at}`,
      email: null,
      phone: null,
    });
}

const named = async () =>
  (
    await select(
      'SELECT customer_id::text AS id, first_name AS name FROM customers WHERE shop_id = $1 ORDER BY 1',
    )
  ).map(({ id, name }: { id: string; name: string }) => `${id} ${name}`);
const expected = () =>
  inShop()
    .customers.map(({ id, firstName }) => `${id} ${firstName}`)
    .toSorted();

test('a file that breaks off again and again is resumed where its last batch ended', async () => {
  givenCustomers(1_200);
  await syncs.startSync(club);
  await bulkFault('partial', { times: 100 });
  const cursors = new Set<string>();
  while (cursors.size < 2) {
    await work.processSyncs();
    const { customers } = await syncs.syncRows(club);
    if (customers.cursor !== null) cursors.add(customers.cursor);
  }
  expect((await syncs.syncRows(club)).customers.state).toBe('reading');
  await sandbox.control('DELETE', '/_control/faults');
  const { customers } = await syncs.syncUntilOver(club);
  expect(customers).toMatchObject({ state: 'done', done: 1_206, found: 1_206 });
  expect(await named()).toEqual(expected());
});

test('an expired address is requested again; a lost file is reported, and the next try succeeds', async () => {
  await syncs.startSync(club);
  await bulkFault('expired');
  expect((await syncs.syncUntilOver(club)).customers.state).toBe('done');
  await start.readAgain(club.shopId, ['customers']);
  await bulkFault('expired', { times: 2 });
  expect((await syncs.syncUntilOver(club)).customers).toMatchObject({ state: 'failed', failure: 'expired' });
  expect(await start.readAgain(club.shopId, ['customers', 'products', 'orders'])).toBe(3);
  expect((await syncs.syncUntilOver(club)).customers).toMatchObject({ state: 'done', failure: null, run: 3 });
});

test('an operation that fails at Shopify is reported', async () => {
  await syncs.startSync(club);
  await bulkFault('fails', { operation: 'products' });
  expect(await syncs.syncUntilOver(club)).toMatchObject({
    customers: { state: 'done' },
    products: { state: 'failed', failure: 'shopify_failed' },
    orders: { state: 'done' },
  });
});

test('while five operations run it waits its turn', async () => {
  const run = `mutation { bulkOperationRunQuery(query: "{ products { edges { node { id } } } }", groupObjects: false) {
    bulkOperation { id } userErrors { message } } }`;
  await bulkFault('slow', { times: 5, delayMs: 500 });
  for (let at = 0; at < 5; at++) await sandbox.graphql(run);
  await syncs.startSync(club);
  await work.processSyncs();
  expect((await syncs.syncRows(club)).customers).toMatchObject({ state: 'waiting', failure: null });
  expect((await syncs.syncUntilOver(club)).customers.state).toBe('done');
});

test('missing access to orders is reported; customers and products are still synced', async () => {
  await shop.order(club.customers[0]!, [250_000]);
  await sandbox.control('POST', '/_control/scopes', { scopes: ['read_customers', 'read_products'] });
  await installAgain();
  await syncs.startSync(club);
  expect(await syncs.syncUntilOver(club)).toMatchObject({
    customers: { state: 'done' },
    products: { state: 'done' },
    orders: { state: 'failed', failure: 'access_denied' },
  });
});

test('three workers at once, a start whose response was lost, and two installs: each kind is read once', async () => {
  givenCustomers(1_200);
  for (const customer of club.customers) await shop.order(customer, [100_000, 50_000]);
  await sandbox.control('POST', '/_control/faults', {
    target: 'graphql',
    kind: 'lostReply',
    operation: 'bulkOperationRunQuery',
  });
  await Promise.all([syncs.startSync(club), syncs.startSync(club)]);
  const rounds = async () => {
    for (let at = 0; at < 10; at++) await work.processSyncs();
  };
  await Promise.all([rounds(), rounds(), rounds()]);
  expect(await syncs.syncUntilOver(club)).toMatchObject({
    customers: { done: 1_206, run: 1 },
    orders: { done: 6, run: 1 },
  });
  const starts = (await sandbox.control('GET', '/_control/requests?operation=RunBulkQuery')).body.requests;
  expect(starts).toHaveLength(3);
  expect(await named()).toEqual(expected());
  expect(await select('SELECT count(*)::int AS n FROM order_lines WHERE shop_id = $1')).toEqual([{ n: 12 }]);
  expect(await start.readAgain(club.shopId, ['orders'])).toBe(1);
  expect(await start.readAgain(club.shopId, ['orders'])).toBe(0);
});

test('an install does not read again what was read since; one after an uninstall does', async () => {
  await syncs.startSync(club);
  await syncs.syncUntilOver(club);
  await syncs.startSync(club);
  expect((await syncs.syncRows(club)).customers).toMatchObject({ state: 'done', run: 1 });
  await db.pool.query('UPDATE shops SET installed_at = clock_timestamp() WHERE shop_id = $1', [club.shopId]);
  await syncs.startSync(club);
  expect((await syncs.syncRows(club)).customers).toMatchObject({ state: 'waiting', run: 2 });
});

/** A worker as a process of its own; polls until it is killed. */
const WORK = `import('#app/modules/sync/process-syncs.server.ts').then(async (m) => {
  for (;;) { await m.processSyncs(); await new Promise((resolve) => setTimeout(resolve, 20)); } })`;
const ORDERS = 1_500;

async function killWorkerAt(state: string, doneAtLeast: number): Promise<void> {
  const child = spawn(process.execPath, ['--input-type=module', '-e', WORK], {
    env: { ...process.env, LOG_LEVEL: 'silent' },
    stdio: 'ignore',
  });
  const ended = once(child, 'exit');
  await expect
    .poll(
      async () => {
        const { orders } = await syncs.syncRows(club);
        return orders.state === state && orders.done >= doneAtLeast;
      },
      { interval: 2 },
    )
    .toBe(true);
  child.kill('SIGKILL');
  expect((await ended)[1]).toBe('SIGKILL');
}

test('a worker that is killed while it stores orders: another continues, and each order is there once', async () => {
  await shop.order(club.customers[0]!, [250_000, 100_000]);
  const [order] = inShop().orders;
  for (let at = 1; at < ORDERS; at++) {
    const id = order!.id + 1_000 * at;
    const lines = order!.lines.map((line, place) => ({ ...line, id: id * 10 + place }));
    inShop().orders.push({ ...order!, id, name: `#K${at}`, customerId: club.customers[at % 6]!, lines });
  }
  await syncs.startSync(club);
  await killWorkerAt('storing', 500);
  const stopped = (await syncs.syncRows(club)).orders;
  expect(stopped).toMatchObject({ state: 'storing' });
  expect(stopped.done).toBeLessThan(ORDERS);
  expect((await syncs.syncUntilOver(club)).orders).toMatchObject({ state: 'done', done: ORDERS });
  const [sums] = await select(
    `SELECT (SELECT count(*)::int FROM orders WHERE shop_id = $1) AS stored, sum(orders_all)::int AS orders, sum(spend_minor)::text AS spent
     FROM customer_stats WHERE shop_id = $1`,
  );
  expect(sums).toEqual({ stored: ORDERS, orders: ORDERS, spent: String(ORDERS * 35_000_000) });
});

test('what the database refuses stops its kind, not the others; Home says so, and "Try again" starts it again', async () => {
  const view = () => card.readSyncView({ shopId: club.shopId, scopes: null });
  await syncs.startSync(club);
  await db.pool.query('ALTER TABLE customers ADD CONSTRAINT broken CHECK (shop_id <> ' + club.shopId + ')');
  try {
    for (let tries = 0; tries < 100 && (await listFailures()).length === 0; tries += 1) {
      await work.processSyncs();
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    expect(await listFailures()).toMatchObject([
      { turn: `process-syncs ${club.shopId} customers`, failures: 1, cause: 'ours' },
    ]);
    expect(await view()).toMatchObject({ isWorking: true });
    await endRests();
    for (let tries = 0; tries < 100; tries += 1) {
      await work.processSyncs();
      const { products, orders } = await syncs.syncRows(club);
      if (products.state === 'done' && orders.state === 'done') break;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    expect(await view()).toMatchObject({
      isWorking: false,
      kinds: [{ kind: 'customers', retryAt: expect.any(Date) }, { retryAt: null }, { retryAt: null }],
    });
  } finally {
    await db.pool.query('ALTER TABLE customers DROP CONSTRAINT broken');
  }
  const { customers } = await syncs.syncRows(club);
  expect(await card.actOnSync(club, { intent: 'dismiss' })).toEqual({ ok: true });
  expect(await view()).toMatchObject({ isDismissed: true });
  expect(await card.actOnSync(club, { intent: 'try_again' })).toEqual({ ok: true });
  expect(await syncs.syncRows(club)).toMatchObject({
    customers: { state: 'waiting', run: customers.run + 1 },
    products: { state: 'done', run: 1 },
  });
  expect(await view()).toMatchObject({ isWorking: true, isDismissed: false });
  expect((await syncs.syncUntilOver(club)).customers.state).toBe('done');
  expect(await named()).toEqual(expected());
  expect(await listFailures()).toEqual([]);
});
