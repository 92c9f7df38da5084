/** A first sync in bad weather: files that break off or run out, no room, no access, killed workers, two at once. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { emptyDatabase } from '#test/support/database.ts';
import { DEMO_SHOP, startTestSandbox, type Loose, type TestSandbox } from '#test/support/sandbox.ts';

let sandbox: TestSandbox;
let shops: typeof import('#test/support/redemptions.ts');
let syncs: typeof import('#test/support/syncs.ts');
let work: typeof import('#app/modules/sync/work-syncs.server.ts');
let start: typeof import('#app/modules/sync/start-sync.server.ts');
let db: typeof import('#app/db.server.ts');
let club: import('#test/support/redemptions.ts').SandboxClub;
let shop: ReturnType<typeof import('#test/support/redemptions.ts').shopOf>;

beforeAll(async () => {
  sandbox = await startTestSandbox();
  process.env.SHOPIFY_SANDBOX_ORIGIN = sandbox.origin;
  db = await import('#app/db.server.ts');
  shops = await import('#test/support/redemptions.ts');
  syncs = await import('#test/support/syncs.ts');
  work = await import('#app/modules/sync/work-syncs.server.ts');
  start = await import('#app/modules/sync/start-sync.server.ts');
});
afterAll(() => sandbox.close());

beforeEach(async () => {
  await sandbox.control('POST', '/_control/reset', { tokens: true });
  await sandbox.control('POST', '/_control/scopes', { scopes: null });
  await sandbox.control('DELETE', '/_control/faults');
  await emptyDatabase(process.env.DATABASE_URL!);
  for (const domain of sandbox.world.shopDomains()) sandbox.world.shop(domain).orders.length = 0;
  club = await shops.givenSandboxClub(sandbox, DEMO_SHOP);
  shop = shops.shopOf(sandbox, club);
});

const select = async (sql: string): Promise<Loose[]> => (await db.pool.query(sql, [club.shopId])).rows;
const fault = (kind: string, change: object = {}) =>
  sandbox.control('POST', '/_control/faults', { target: 'bulk', kind, ...change });
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

test('a file that breaks off again and again is taken up where its last batch ended', async () => {
  givenCustomers(1_200);
  await syncs.startSync(club);
  await fault('partial', { times: 100 });
  const cursors = new Set<string>();
  while (cursors.size < 2) {
    await work.workSyncs();
    const { customers } = await syncs.syncRows(club);
    if (customers.cursor !== null) cursors.add(customers.cursor);
  }
  expect((await syncs.syncRows(club)).customers.state).toBe('reading');
  await sandbox.control('DELETE', '/_control/faults');
  const { customers } = await syncs.syncUntilOver(club);
  expect(customers).toMatchObject({ state: 'done', done: 1_206, found: 1_206 });
  expect(await named()).toEqual(expected());
});

test('an address that ran out is asked anew; one that is gone for good is said, and the next try succeeds', async () => {
  await syncs.startSync(club);
  await fault('expired');
  expect((await syncs.syncUntilOver(club)).customers.state).toBe('done');
  await start.readAgain(club.shopId, ['customers']);
  await fault('expired', { times: 2 });
  expect((await syncs.syncUntilOver(club)).customers).toMatchObject({ state: 'failed', failure: 'expired' });
  expect(await start.readAgain(club.shopId, ['customers', 'products', 'orders'])).toBe(3);
  expect((await syncs.syncUntilOver(club)).customers).toMatchObject({ state: 'done', failure: null, run: 3 });
});

test('an operation that fails at Shopify is said', async () => {
  await syncs.startSync(club);
  await fault('fails', { operation: 'products' });
  expect(await syncs.syncUntilOver(club)).toMatchObject({
    customers: { state: 'done' },
    products: { state: 'failed', failure: 'shopify_failed' },
    orders: { state: 'done' },
  });
});

test('while five operations run it waits its turn', async () => {
  const run = `mutation { bulkOperationRunQuery(query: "{ products { edges { node { id } } } }", groupObjects: false) {
    bulkOperation { id } userErrors { message } } }`;
  await fault('slow', { times: 5, delayMs: 500 });
  for (let at = 0; at < 5; at++) await sandbox.graphql(run);
  await syncs.startSync(club);
  await work.workSyncs();
  expect((await syncs.syncRows(club)).customers).toMatchObject({ state: 'waiting', failure: null });
  expect((await syncs.syncUntilOver(club)).customers.state).toBe('done');
});

test('orders that the app may not read are said in words; customers and products come all the same', async () => {
  await shop.order(club.customers[0]!, [250_000]);
  await sandbox.control('POST', '/_control/scopes', { scopes: ['read_customers', 'read_products'] });
  await emptyDatabase(process.env.DATABASE_URL!);
  club = await shops.givenSandboxClub(sandbox, DEMO_SHOP);
  await syncs.startSync(club);
  expect(await syncs.syncUntilOver(club)).toMatchObject({
    customers: { state: 'done' },
    products: { state: 'done' },
    orders: { state: 'failed', failure: 'access_denied' },
  });
});

test('three workers at once, a start whose answer was lost, and two installs: each kind is read once', async () => {
  givenCustomers(1_200);
  for (const customer of club.customers) await shop.order(customer, [100_000, 50_000]);
  await sandbox.control('POST', '/_control/faults', {
    target: 'graphql',
    kind: 'lostReply',
    operation: 'bulkOperationRunQuery',
  });
  await Promise.all([syncs.startSync(club), syncs.startSync(club)]);
  const rounds = async () => {
    for (let at = 0; at < 10; at++) await work.workSyncs();
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

/** A worker as a process of its own; looks again and again until it is killed. */
const WORK = `import('#app/modules/sync/work-syncs.server.ts').then(async (m) => {
  for (;;) { await m.workSyncs(); await new Promise((resolve) => setTimeout(resolve, 20)); } })`;
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
      { timeout: 50_000, interval: 2 },
    )
    .toBe(true);
  child.kill('SIGKILL');
  expect((await ended)[1]).toBe('SIGKILL');
}

test('a worker that is killed while it stores orders: another goes on, and each order is there once', async () => {
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
