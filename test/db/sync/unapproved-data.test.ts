/** Shops in which Shopify has not approved the app for all customer data: it reads what it may, and erases nothing. */
import { beforeEach, describe, expect, test } from 'vitest';
import { club, sandbox, select, shop, useSandboxShop } from '#test/support/sandbox-bed.ts';
import * as db from '#app/db.server.ts';
import * as syncs from '#test/support/syncs.ts';
import { readOrderState } from '#app/integrations/shopify/orders.server.ts';
import { changeCustomer } from '#app/integrations/shopify/customers.server.ts';
import { reconcileCustomers } from '#app/modules/sync/reconcile-customers.server.ts';
import { upsertCustomers } from '#app/modules/customers/upsert-customers.server.ts';
import { DEMO_SHOP, type Loose } from '#test/support/sandbox.ts';

useSandboxShop({ hasOrders: false });

const SITI = 'siti.rahmawati@example.com';
const ALL = ['name', 'email', 'phone', 'address'];
const approve = (approved: string[], more: object = {}) =>
  sandbox.control('POST', '/_control/protected-data', { approved, ...more });
const held = (reference: string | number = SITI): Loose => sandbox.world.findCustomer(DEMO_SHOP, reference);
const stored = async (): Promise<Loose> =>
  (
    await db.pool.query(
      `SELECT first_name, email, phone, city, street, postal_code, sms_consent, email_consent FROM customers
        WHERE shop_id = $1 AND customer_id = $2`,
      [club.shopId, held().id],
    )
  ).rows[0];
const unapproved = async () =>
  (
    await select('SELECT content FROM unapproved_data WHERE shop_id = $1 AND granted_at IS NULL ORDER BY 1')
  ).map(({ content }: { content: string }) => content);
const requests = async (operation: string): Promise<Loose[]> =>
  (await sandbox.control('GET', `/_control/requests?operation=${operation}`)).body.requests;

async function sync() {
  await syncs.startSync(club);
  return syncs.syncUntilOver(club);
}

/** Enough that a field which all of them lack is hidden. */
function givenManyCustomers(): void {
  const { customers } = sandbox.world.shop(DEMO_SHOP);
  for (let at = 1; at <= 12; at++)
    customers.push({
      ...held(),
      id: held().id + 1_000_000 + at,
      email: `p${at}@example.com`,
      phone: `+62812000000${String(at).padStart(2, '0')}`,
    });
}

beforeEach(async () => {
  await db.pool.query('DELETE FROM customers WHERE shop_id = $1', [club.shopId]);
});

describe('the first sync', () => {
  test('reads everything but what Shopify refuses, and remembers what that is', async () => {
    await shop.order(held().id, [250_000]);
    await approve(['name', 'email']);
    expect(await sync()).toMatchObject({
      customers: { state: 'done', failure: null },
      orders: { state: 'done', failure: null },
    });
    expect(await unapproved()).toEqual(['address', 'phone']);
    expect(await stored()).toMatchObject({
      first_name: 'Siti',
      email: SITI,
      phone: null,
      street: null,
      city: held().address.city,
      email_consent: expect.any(String),
    });
    expect(await select('SELECT count(*)::int AS n FROM orders WHERE shop_id = $1')).toEqual([{ n: 1 }]);
  });

  test('with nothing approved still has every customer, with tags and consent', async () => {
    await approve([]);
    expect(await sync()).toMatchObject({ customers: { state: 'done' }, orders: { state: 'done' } });
    expect(await unapproved()).toEqual([...ALL].sort());
    expect(await stored()).toMatchObject({
      first_name: null,
      email: null,
      email_consent: expect.any(String),
    });
  });

  test('where fields are null without an error, the many empty ones tell', async () => {
    givenManyCustomers();
    await approve([], { mode: 'nulls' });
    expect(await sync()).toMatchObject({ customers: { state: 'done' }, orders: { state: 'done' } });
    expect(await unapproved()).toEqual([...ALL].sort());
  });

  test('says that access is denied where customer data is not approved at all; once it is, all is read', async () => {
    await shop.order(held().id, [250_000]);
    await approve([], { isCustomerDataApproved: false });
    expect(await sync()).toMatchObject({
      customers: { state: 'failed', failure: 'access_denied' },
      products: { state: 'done' },
      orders: { state: 'failed', failure: 'access_denied' },
    });
    expect(await unapproved()).toEqual(['customers']);
    await reconcileCustomers();
    expect(await unapproved()).toEqual(['customers']);
    await approve(ALL);
    await reconcileCustomers();
    expect(await unapproved()).toEqual([]);
    expect(await syncs.syncUntilOver(club)).toMatchObject({
      customers: { state: 'done', run: 2 },
      orders: { state: 'done', run: 2 },
    });
    expect(await stored()).toMatchObject({ first_name: 'Siti' });
  });
});

describe('after an approval', () => {
  test('the next hour asks again, and what was left out is read', async () => {
    await approve(['name']);
    await sync();
    await reconcileCustomers();
    expect(await unapproved()).toEqual(['address', 'email', 'phone']);
    expect((await syncs.syncRows(club)).customers.run).toBe(1);
    await approve(ALL);
    await reconcileCustomers();
    expect(await unapproved()).toEqual([]);
    expect(await syncs.syncUntilOver(club)).toMatchObject({
      customers: { state: 'done', run: 2 },
      orders: { state: 'done', run: 2 },
      products: { run: 1 },
    });
    expect(await stored()).toMatchObject({
      email: SITI,
      phone: held().phone,
      street: held().address.address1,
    });
    await reconcileCustomers();
    expect((await syncs.syncRows(club)).customers.run).toBe(2);
  });

  test('that comes while a kind is being read, what is left out waits for the next hour', async () => {
    await approve([]);
    await sync();
    await approve(ALL);
    await db.pool.query(`UPDATE sync_runs SET state = 'reading' WHERE shop_id = $1 AND kind = 'orders'`, [
      club.shopId,
    ]);
    await reconcileCustomers();
    expect((await syncs.syncRows(club)).customers.run).toBe(1);
    await db.pool.query(`UPDATE sync_runs SET state = 'done' WHERE shop_id = $1 AND kind = 'orders'`, [
      club.shopId,
    ]);
    await reconcileCustomers();
    expect((await syncs.syncRows(club)).customers.run).toBe(2);
  });
});

describe.each(['errors', 'nulls'])('an approval that is withdrawn (%s)', (mode) => {
  beforeEach(async () => {
    givenManyCustomers();
    await sync();
    await approve([], { mode });
  });
  const known = () => ({
    first_name: 'Siti',
    email: SITI,
    phone: held().phone,
    city: held().address.city,
    street: held().address.address1,
    postal_code: held().address.zip,
  });

  test('erases nothing here: neither by the hourly reading nor by a webhook', async () => {
    sandbox.receiver.received.length = 0;
    await sandbox.control('POST', `/_control/customers/${SITI}`, { note: 'prefers mornings' });
    await sandbox.webhooks.idle();
    await reconcileCustomers();
    expect(await stored()).toMatchObject(known());
    const events = sandbox.receiver.received
      .filter(({ topic }) => topic === 'customers/update')
      .map(({ topic, payload }) => ({ shopId: club.shopId, topic, triggeredAt: new Date(), payload }));
    expect(events[0]!.payload).toMatchObject({ first_name: null, email: null });
    await db.withTransaction((tx) => upsertCustomers(tx, events));
    expect(await stored()).toMatchObject(known());
    expect(await select(`SELECT note FROM customers WHERE shop_id = $1 AND note IS NOT NULL`)).toEqual([
      { note: 'prefers mornings' },
    ]);
  });

  test('erases no contact of an order', async () => {
    const order = await shop.order(held().id, [250_000]);
    await shop.tell({ ...order, email: SITI, phone: '+628120000001' });
    const { id } = order;
    const read = await readOrderState(DEMO_SHOP, BigInt(id));
    expect(read?.payload).toMatchObject({ email: null, phone: null });
    await shop.tell({ ...read!.payload, updated_at: new Date(Date.now() + 60_000).toISOString() });
    expect(await select('SELECT email, phone FROM orders WHERE shop_id = $1')).toEqual([
      { email: SITI, phone: '+628120000001' },
    ]);
  });

  test('erases nothing at Shopify when staff change the address', async () => {
    const customer = held();
    const other = { ...customer.address, id: customer.address.id + 1, address1: 'Jl. Lain 2', zip: '40111' };
    customer.otherAddresses = [other];
    const { firstName, address } = structuredClone(customer);
    const written = await changeCustomer(DEMO_SHOP, BigInt(customer.id), {
      note: 'moved',
      address: {
        countryCode: 'ID',
        provinceCode: address.provinceCode,
        city: 'Cimahi',
        postalCode: null,
        street: null,
      },
    });
    expect(written.outcome).toBe('written');
    expect(held()).toMatchObject({ firstName, note: 'moved', otherAddresses: [other] });
    expect(held().address).toMatchObject({ ...address, city: 'Cimahi' });
  });
});

test('an order is read without what is not approved; the refusal costs one request, once', async () => {
  const { id } = await shop.order(held().id, [250_000]);
  await approve(['name']);
  const read = await readOrderState(DEMO_SHOP, BigInt(id));
  expect(read?.payload).toMatchObject({ email: null, customer: { first_name: 'Siti', email: null } });
  expect(await requests('ReadOrder')).toHaveLength(2);
  await readOrderState(DEMO_SHOP, BigInt(id));
  expect(await requests('ReadOrder')).toHaveLength(3);
  expect(await unapproved()).toEqual(['email', 'phone']);
});
