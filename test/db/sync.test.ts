/** Everything that the sandbox's shop has, read once after the install by bulk operations. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { emptyDatabase } from '#test/support/database.ts';
import { DEMO_SHOP, startTestSandbox, type Loose, type TestSandbox } from '#test/support/sandbox.ts';

let sandbox: TestSandbox;
let clubs: typeof import('#test/support/clubs.ts');
let shops: typeof import('#test/support/redemptions.ts');
let syncs: typeof import('#test/support/syncs.ts');
let fill: typeof import('#test/support/backfills.ts');
let work: typeof import('#app/modules/sync/work-syncs.server.ts');
let start: typeof import('#app/modules/sync/start-sync.server.ts');
let db: typeof import('#app/db.server.ts');
let club: import('#test/support/redemptions.ts').SandboxClub;
let shop: ReturnType<typeof import('#test/support/redemptions.ts').shopOf>;

beforeAll(async () => {
  sandbox = await startTestSandbox();
  process.env.SHOPIFY_SANDBOX_ORIGIN = sandbox.origin;
  db = await import('#app/db.server.ts');
  clubs = await import('#test/support/clubs.ts');
  shops = await import('#test/support/redemptions.ts');
  syncs = await import('#test/support/syncs.ts');
  fill = await import('#test/support/backfills.ts');
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
const inShop = () => sandbox.world.shop(DEMO_SHOP);
const fault = (kind: string, change: object = {}) =>
  sandbox.control('POST', '/_control/faults', { target: 'bulk', kind, ...change });
const entryCount = async () =>
  Number((await select('SELECT count(*) AS n FROM ledger_entries WHERE shop_id = $1'))[0].n);
const guestOrder = (change: object) =>
  sandbox.control('POST', '/_control/orders', {
    shop: DEMO_SHOP,
    customer: null,
    lines: [{ title: 'Kain', price: 150_000 }],
    ...change,
  });

/** Paid, long, refunded in part and whole, cancelled, waiting for payment, a test, and guests. */
async function givenHistory() {
  const [a, b, c] = club.customers as [number, number, number];
  const plain = await shop.order(a, [250_000]);
  await shop.order(
    b,
    Array.from({ length: 60 }, () => 100_000),
  );
  const part = await shop.order(c, [300_000, 200_000]);
  await shop.refund(part, { lines: [{ line: 1, quantity: 1 }] });
  await shop.refund(await shop.order(c, [700_000]), { full: true });
  await shop.cancel(await shop.order(a, [900_000]), true);
  await shop.order(a, [400_000], { paid: false });
  await guestOrder({ customer: a, test: true });
  await guestOrder({ email: 'nobody@example.com' });
  const known = inShop().customers.find(({ id }) => id === b)!;
  await guestOrder({ email: known.email });
  return { a, b, c, plain, part };
}

test('every customer, product and order of the shop is here, and nobody earned anything', async () => {
  const { a, b, c } = await givenHistory();
  await syncs.startSync(club);
  const rows = await syncs.syncUntilOver(club);
  const { customers, products, orders } = inShop();
  expect(rows).toMatchObject({
    customers: { state: 'done', found: customers.length, done: customers.length },
    products: { state: 'done', found: products.length, done: products.length },
    orders: { state: 'done', found: orders.length, done: orders.length },
  });
  expect(
    await select(
      `SELECT customer_id::text AS id, first_name AS "firstName", last_name AS "lastName", email, phone, city, province_code AS "provinceCode",
         country_code AS "countryCode", postal_code AS zip, street FROM customers WHERE shop_id = $1 ORDER BY customer_id`,
    ),
  ).toEqual(
    customers
      .toSorted((x, y) => x.id - y.id)
      .map(({ id, firstName, lastName, email, phone, address }) => ({
        id: String(id),
        firstName,
        lastName,
        email,
        phone,
        city: address!.city,
        provinceCode: address!.provinceCode,
        countryCode: address!.countryCode,
        zip: address!.zip,
        street: address!.address1,
      })),
  );
  expect(
    await select(
      'SELECT product_id::text AS id, title, tags FROM products WHERE shop_id = $1 ORDER BY product_id',
    ),
  ).toEqual(
    products
      .toSorted((x, y) => x.id - y.id)
      .map(({ id, title, tags }) => ({ id: String(id), title, tags: tags.toSorted() })),
  );
  const stored = await select(
    'SELECT order_id::text AS id, financial, is_test, cancelled_at IS NOT NULL AS gone FROM orders WHERE shop_id = $1 ORDER BY order_id',
  );
  expect(stored).toEqual(
    orders
      .toSorted((x, y) => x.id - y.id)
      .map(({ id, financialStatus, test: isTest, cancelledAt }) => ({
        id: String(id),
        financial: financialStatus,
        is_test: isTest,
        gone: cancelledAt !== null,
      })),
  );
  const stats = await select(
    'SELECT customer_id::text AS id, orders_all, orders_valid, spend_minor FROM customer_stats WHERE shop_id = $1 AND orders_all > 0',
  );
  const of = (id: number) => stats.find((row) => row.id === String(id));
  expect(of(a)).toMatchObject({ orders_all: 4, orders_valid: 1, spend_minor: 25_000_000n });
  expect(of(b)).toMatchObject({ orders_all: 2, orders_valid: 2, spend_minor: 615_000_000n });
  expect(of(c)).toMatchObject({ orders_all: 2, orders_valid: 1, spend_minor: 30_000_000n });
  expect(await entryCount()).toBe(0);
  expect(await select('SELECT 1 FROM sync_lines WHERE shop_id = $1')).toEqual([]);
  expect(await clubs.audit(club)).toEqual([]);
});
