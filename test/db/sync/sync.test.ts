/** The whole shop of the sandbox, read once after the install by bulk operations. */
import { expect, test } from 'vitest';
import { installAgain, club, sandbox, select, shop, useSandboxShop } from '#test/support/sandbox-bed.ts';
import * as db from '#app/db.server.ts';
import * as clubs from '#test/support/clubs.ts';
import * as syncs from '#test/support/syncs.ts';
import * as fill from '#test/support/backfills.ts';
import * as start from '#app/modules/sync/start-sync.server.ts';
import { APP_NAMESPACE } from '#sandbox/shopify/app-namespace.ts';
import { matchRegion } from '#app/modules/regions/match-region.server.ts';
import { NO_ADDRESS } from '#app/modules/regions/rules/address.ts';
import { DEMO_SHOP, type Loose } from '#test/support/sandbox.ts';
import { endRests } from '#test/support/shop-failures.ts';

useSandboxShop({ hasOrders: false });

const inShop = () => sandbox.world.shop(DEMO_SHOP);
const entryCount = async () =>
  Number((await select('SELECT count(*) AS n FROM ledger_entries WHERE shop_id = $1'))[0].n);
const orderNow = async (id: number): Promise<Loose> =>
  (await sandbox.control('GET', `/_control/orders?shop=${DEMO_SHOP}&limit=100`)).body.orders.find(
    (each: Loose) => each.id === id,
  );
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

test('every customer, product and order of the shop is here, and no one earned anything', async () => {
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
      `SELECT customer_id::text AS id, first_name AS "firstName", last_name AS "lastName", email, phone, city, city_code AS "cityCode", province, province_code AS "provinceCode",
         country_code AS "countryCode", district_code AS "districtCode", district, postal_code AS "postalCode", street
       FROM customers WHERE shop_id = $1 ORDER BY customer_id`,
    ),
  ).toEqual(
    customers
      .toSorted((x, y) => x.id - y.id)
      .map(({ id, firstName, lastName, email, phone, address }) => ({
        ...{ id: String(id), firstName, lastName, email, phone },
        ...matchRegion({
          ...NO_ADDRESS,
          countryCode: address!.countryCode,
          provinceCode: address!.provinceCode,
          province: address!.province,
          city: address!.city,
          postalCode: address!.zip,
          street: address!.address1,
        }),
      })),
  );
  expect(await select('SELECT 1 FROM customers WHERE shop_id = $1 AND city_code IS NOT NULL')).not.toEqual(
    [],
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

test('an event lets a past order earn, once, by the usual rules; claiming a guest does not', async () => {
  const { a, c, plain, part } = await givenHistory();
  await syncs.startSync(club);
  await syncs.syncUntilOver(club);
  await shop.tell(plain);
  await shop.tell(plain, await orderNow(part.id));
  expect(await clubs.balanceOf(club, a)).toBe(20n);
  expect(await clubs.balanceOf(club, c)).toBe(30n);
  // A customer appears with the e-mail of an earlier guest.
  const made = await sandbox.control('POST', '/_control/customers', {
    shop: DEMO_SHOP,
    firstName: 'Nina',
    email: 'nobody@example.com',
  });
  const before = await entryCount();
  await start.readAgain(club.shopId, ['customers']);
  await syncs.syncUntilOver(club);
  const [claimed] = await select(
    `SELECT claimed_by, snapshot_id FROM orders WHERE shop_id = $1 AND email = 'nobody@example.com'`,
  );
  expect(claimed).toEqual({ claimed_by: BigInt(made.body.customer.id), snapshot_id: null });
  expect(await entryCount()).toBe(before);
  expect(await clubs.audit(club)).toEqual([]);
});

test('a backfill gives past orders the same as if no sync had read them', async () => {
  await sandbox.control('POST', '/_control/clock', { offsetMs: -3 * 86_400_000 });
  const { part } = await givenHistory();
  await sandbox.control('POST', '/_control/clock', { offsetMs: 0 });
  await shop.refund(part, { amount: '10000' });
  const balances = () =>
    select('SELECT customer_id, balance FROM ledger_accounts WHERE shop_id = $1 ORDER BY customer_id');
  const moments = () =>
    select(
      'SELECT order_id, eligible_at FROM orders WHERE shop_id = $1 AND snapshot_id IS NOT NULL ORDER BY order_id',
    );
  await fill.backfilled(club);
  const [plainBalances, plainMoments] = [await balances(), await moments()];
  await installAgain();
  await syncs.startSync(club);
  await syncs.syncUntilOver(club);
  await fill.backfilled(club);
  expect(await balances()).toEqual(plainBalances);
  expect(await moments()).toEqual(plainMoments);
  expect(plainBalances.length).toBeGreaterThan(2);
  expect(await clubs.audit(club)).toEqual([]);
});

test('orders seen in an event are left unchanged; those that changed since are requested', async () => {
  const [a] = club.customers as [number];
  const paid = await shop.order(a, [250_000]);
  await shop.tell(paid);
  await sandbox.control('POST', '/_control/clock', { offsetMs: 5_000 });
  await shop.refund(paid, { full: true });
  await sandbox.control('POST', '/_control/clock', { offsetMs: 0 });
  await syncs.startSync(club);
  await syncs.syncUntilOver(club);
  expect(await clubs.balanceOf(club, a)).toBe(20n);
  const { refreshOrders } = await import('#app/modules/earning/award/refresh-orders.server.ts');
  await refreshOrders();
  expect(await clubs.balanceOf(club, a)).toBe(0n);
  expect(await clubs.audit(club)).toEqual([]);
});

test('an order that came after the install and whose webhook got lost is found by reconciliation', async () => {
  const [a] = club.customers as [number];
  await shop.order(a, [250_000]);
  await syncs.startSync(club);
  await syncs.syncUntilOver(club);
  expect(await clubs.balanceOf(club, a)).toBe(0n);
  const { reconcileShops } = await import('#app/modules/inbox/reconcile-orders.server.ts');
  const { processInbox } = await import('#app/modules/inbox/process-inbox.server.ts');
  expect(await reconcileShops()).toMatchObject([{ missed: 1, error: null }]);
  await processInbox();
  expect(await clubs.balanceOf(club, a)).toBe(20n);
  expect(await reconcileShops()).toMatchObject([{ missed: 0 }]);
});

test("a customer's metafields, consents and addresses are synced; later edits by staff stay", async () => {
  const [a, b] = club.customers as [number, number];
  const person = inShop().customers.find(({ id }) => id === a)!;
  const now = new Date().toISOString();
  const metafields = {
    gender: 'female',
    birth_date: '1990-02-03',
    weight_kg: '61.5',
    interests: '["kopi"]',
    district: 'Coblong',
  };
  person.metafields = Object.entries(metafields).map(([key, value], index) => ({
    id: 1_000 + index,
    namespace: APP_NAMESPACE,
    key,
    type: 'single_line_text_field',
    value,
    createdAt: now,
    updatedAt: now,
  }));
  person.note = 'Suka kopi';
  person.tags = ['Grosir', 'lama'];
  person.smsConsent = { state: 'SUBSCRIBED', optInLevel: 'SINGLE_OPT_IN', updatedAt: now };
  const { recordCustomers } = await import('#app/modules/customers/record-customers.server.ts');
  const { shopId } = club;
  const staff = { shopId, source: 'staff' as const, actor: 'Ani', at: new Date(), customerId: BigInt(b) };
  await db.withTransaction((tx) => recordCustomers(tx, [{ ...staff, fields: { firstName: 'Bambang' } }]));
  await syncs.startSync(club);
  await syncs.syncUntilOver(club);
  const rows = await select(
    'SELECT *, birth_date::text AS birth FROM customers WHERE shop_id = $1 ORDER BY customer_id',
  );
  expect(rows.find(({ customer_id }) => customer_id === BigInt(a))).toMatchObject({
    gender: 'female',
    birth: '1990-02-03',
    weight_grams: 61_500,
    interests: ['kopi'],
    district: 'Coblong',
    note: 'Suka kopi',
    tags: ['Grosir', 'lama'],
    sms_consent: 'subscribed',
    email_consent: 'not_subscribed',
  });
  expect(rows.find(({ customer_id }) => customer_id === BigInt(b))).toMatchObject({
    first_name: 'Bambang',
    last_name: 'Santoso',
  });
});

test('customers who changed at Shopify without a webhook come in by reconciliation, from where it ended', async () => {
  const [a] = club.customers as [number];
  await syncs.startSync(club);
  await syncs.syncUntilOver(club);
  const { reconcileCustomers } = await import('#app/modules/sync/reconcile-customers.server.ts');
  expect(await reconcileCustomers()).toBe(0);
  const person = inShop().customers.find(({ id }) => id === a)!;
  const now = new Date(Date.now() + 1_000).toISOString();
  Object.assign(person, { lastName: 'Baru', updatedAt: now });
  person.metafields.push({
    id: 9,
    namespace: APP_NAMESPACE,
    key: 'gender',
    type: 'single_line_text_field',
    value: 'male',
    createdAt: now,
    updatedAt: now,
  });
  await sandbox.control('POST', '/_control/faults', {
    target: 'graphql',
    kind: 'status500',
    operation: 'ReadChangedCustomers',
    times: 20,
  });
  expect(await reconcileCustomers()).toBe(0);
  await sandbox.control('DELETE', '/_control/faults');
  expect(await reconcileCustomers()).toBe(0);
  await endRests();
  expect(await reconcileCustomers()).toBe(1);
  expect(
    await select(`SELECT last_name, gender FROM customers WHERE shop_id = $1 AND customer_id = ${a}`),
  ).toEqual([{ last_name: 'Baru', gender: 'male' }]);
  expect(
    await select(`SELECT source, after FROM customer_changes WHERE shop_id = $1 ORDER BY after`),
  ).toEqual([
    { source: 'shopify', after: 'Baru' },
    { source: 'shopify', after: 'male' },
  ]);
});
