/**
 * What Shopify's privacy topics ask for, and uninstalling: what is erased, what stays, and that nothing of it comes
 * back with an event that arrives late.
 */
import { beforeEach, expect, test } from 'vitest';
import { pool } from '#app/db.server.ts';
import { exportCustomer } from '#app/modules/privacy/export-customer.server.ts';
import { replayDeadEvents } from '#app/modules/inbox/replay-dead.server.ts';
import { processInbox } from '#app/modules/inbox/process-inbox.server.ts';
import { givenEvent, givenShop, paidOrder } from '#test/support/shops.ts';

const SITI = 191167;
const BUDI = 191168;
const REDACT = {
  customer: { id: SITI, email: 'siti@example.com', phone: '+62811111111' },
  orders_to_redact: [299938],
};

let shopId = 0n;
let domain = '';

beforeEach(async () => {
  ({ shopId, domain } = await givenShop());
  await givenEvent(shopId, 'orders/paid', paidOrder({ id: 299938, customer: SITI, phone: '+62811111111' }));
  await givenEvent(
    shopId,
    'orders/paid',
    paidOrder({ id: 280263, customer: BUDI, firstName: 'Budi', email: 'budi@example.com' }),
  );
  await givenEvent(shopId, 'customers/update', {
    id: SITI,
    first_name: 'Siti',
    email: 'Siti@Example.com',
    updated_at: '2026-11-20T11:00:00Z',
  });
  await processInbox();
});

async function work(topic: string, payload: unknown, triggeredAt?: string): Promise<void> {
  await givenEvent(shopId, topic, payload, triggeredAt === undefined ? {} : { triggeredAt });
  expect(await processInbox()).toMatchObject({ failed: 0 });
}
async function select(sql: string): Promise<Record<string, unknown>[]> {
  return (await pool.query(sql, [shopId])).rows;
}
const records = () =>
  select('SELECT topic, customer_id, outcome FROM privacy_records WHERE shop_id = $1 ORDER BY record_id');

/** Every text of every table that holds a row of this shop. */
async function everythingStored(): Promise<string> {
  const tables = await pool.query<{ name: string }>(
    `SELECT table_name AS name FROM information_schema.columns WHERE table_schema = 'public' AND column_name = 'shop_id'`,
  );
  const texts = await Promise.all(
    tables.rows.map(({ name }) =>
      select(`SELECT to_jsonb(t)::text AS text FROM ${name} t WHERE shop_id = $1`),
    ),
  );
  return texts
    .flat()
    .map(({ text }) => String(text))
    .join('\n');
}

test('customers/redact leaves nothing personal of that customer anywhere, and the ledger and others as they were', async () => {
  await givenEvent(shopId, 'customers/data_request', {
    customer: REDACT.customer,
    orders_requested: [299938],
  });
  const dead = await givenEvent(shopId, 'orders/paid', {
    ...paidOrder({ id: 3, customer: SITI }),
    currency: null,
  });
  await processInbox();
  await pool.query(`UPDATE webhook_events SET state = 'dead' WHERE inbox_id = $1`, [dead]);
  const ledger = await select('SELECT * FROM ledger_entries WHERE shop_id = $1 ORDER BY entry_id');
  expect(await everythingStored()).toMatch(/\bsiti|811111111/i);

  await work('customers/redact', REDACT);

  const stored = await everythingStored();
  expect(stored).not.toMatch(/\bsiti|811111111/i);
  expect(stored).toContain('budi@example.com');
  expect(await select('SELECT * FROM ledger_entries WHERE shop_id = $1 ORDER BY entry_id')).toEqual(ledger);
  expect(
    await select(
      `SELECT state, first_name, email FROM customers WHERE shop_id = $1 AND customer_id = ${SITI}`,
    ),
  ).toEqual([{ state: 'redacted', first_name: null, email: null }]);
  expect((await records()).at(-1)).toEqual({
    topic: 'customers/redact',
    customer_id: BigInt(SITI),
    outcome: {
      requestedAt: '2026-11-21T12:00:00.000Z',
      orders: 1,
      notes: 0,
      emails: 0,
      invitations: 0,
      reseller_applications: 0,
      price_customers: 0,
      standing_customers: 0,
      standing_changes: 0,
      photos: 0,
      changes: expect.any(Number),
      tags: 0,
      imports: 0,
      exports: 0,
      messages: 0,
      segment_tagged: 0,
      till_codes: 0,
      segments: 0,
      segmentSnapshots: 0,
      shopifySegments: 0,
      webhookBodies: 5,
      ledger: 'kept',
    },
  });
  expect(await replayDeadEvents({ shopId })).toBe(0);
});

test('nothing brings an erased customer back: not an older event, not one whose customer was never known', async () => {
  await work('customers/redact', REDACT);
  await work('customers/redact', { customer: { id: 555, email: 'new@example.com' }, orders_to_redact: [] });
  await work('customers/update', { id: SITI, first_name: 'Siti', updated_at: '2026-11-20T12:00:00Z' });
  await work('orders/updated', paidOrder({ id: 299938, customer: SITI, updatedAt: '2026-11-20T12:00:00Z' }));
  await work('customers/create', { id: 555, first_name: 'New', updated_at: '2026-11-20T12:00:00Z' });
  expect(
    await select(
      `SELECT DISTINCT state, first_name, email FROM customers WHERE shop_id = $1 AND customer_id IN (${SITI}, 555)`,
    ),
  ).toEqual([{ state: 'redacted', first_name: null, email: null }]);
});

test('an id is matched whole: a customer whose id contains it keeps everything', async () => {
  await work('customers/update', {
    id: 1911670,
    first_name: 'Ten',
    email: 'ten@example.com',
    updated_at: '2026-11-20T11:00:00Z',
  });
  await work('customers/redact', { customer: { id: SITI }, orders_to_redact: [] });
  expect(await everythingStored()).toContain('ten@example.com');
  expect(
    await select(
      `SELECT count(*)::int AS n FROM webhook_events WHERE shop_id = $1 AND body LIKE '%1911670%'`,
    ),
  ).toEqual([{ n: 1 }]);
});

test('customers/data_request is recorded without personal data, and the export has it all', async () => {
  await work('customers/data_request', { customer: REDACT.customer, orders_requested: [299938] });
  const [record] = await records();
  expect(record?.outcome).toMatchObject({
    ordersRequested: 1,
    held: { profile: 1, orders: 1, ledger: 1 },
  });
  expect(
    JSON.stringify(record, (_key, value: unknown) => (typeof value === 'bigint' ? value.toString() : value)),
  ).not.toMatch(/siti/i);
  const exported = await exportCustomer(pool, shopId, BigInt(SITI));
  expect(exported?.customers).toMatchObject([{ first_name: 'Siti', email: 'siti@example.com' }]);
  expect(exported?.sections).toMatchObject({
    orders: [{ order_id: 299938, email: 'siti@example.com' }],
    ledger: [{ amount: 100 }],
  });
});

test('shop/redact deletes every row of that shop and of no other; only the domain and the record stay', async () => {
  const other = await givenShop();
  await givenEvent(other.shopId, 'orders/paid', paidOrder({ id: 299938, customer: SITI }));
  await processInbox();
  await pool.query(`INSERT INTO "Session" (id, shop, state, "accessToken") VALUES ($1, $2, '', 'token')`, [
    `offline_${domain}`,
    domain,
  ]);
  await work('app/uninstalled', { id: 1 });
  await work('shop/redact', { shop_id: 954889, shop_domain: domain });

  const stored = await everythingStored();
  expect(stored.split('\n')).toHaveLength(2);
  expect(await select('SELECT domain, name, currency, installed_at FROM shops WHERE shop_id = $1')).toEqual([
    { domain, name: null, currency: null, installed_at: null },
  ]);
  expect(await records()).toMatchObject([
    { topic: 'shop/redact', outcome: { erased: true, deleted: { ledger_entries: 2, customers: 2 } } },
  ]);
  expect(
    (await pool.query('SELECT balance FROM ledger_accounts WHERE shop_id = $1', [other.shopId])).rows,
  ).toEqual([{ balance: 100n }]);
  // The ledger is append-only again.
  await expect(pool.query('DELETE FROM ledger_entries WHERE shop_id = $1', [other.shopId])).rejects.toThrow(
    /append-only/,
  );
});

test('events of an erased shop that come late store nothing; after a new install they do', async () => {
  await work('shop/redact', { shop_domain: domain });
  await work('orders/paid', paidOrder({ id: 4, customer: SITI }));
  expect(await select('SELECT 1 FROM orders WHERE shop_id = $1')).toEqual([]);
  await pool.query('UPDATE shops SET installed_at = clock_timestamp() WHERE shop_id = $1', [shopId]);
  await work('orders/paid', paidOrder({ id: 5, customer: SITI }));
  expect(await select('SELECT order_id FROM orders WHERE shop_id = $1')).toEqual([{ order_id: 5n }]);
});

test('shop/redact spares a shop that has installed the app again since its uninstall', async () => {
  await work('app/uninstalled', { id: 1 }, '2026-11-18T12:00:00Z');
  await pool.query(`UPDATE shops SET installed_at = '2026-11-19T12:00:00Z' WHERE shop_id = $1`, [shopId]);
  await work('shop/redact', { shop_domain: domain });
  expect(await select('SELECT count(*)::int AS n FROM orders WHERE shop_id = $1')).toEqual([{ n: 2 }]);
  expect(await records()).toMatchObject([{ outcome: { erased: false, reason: 'reinstalled' } }]);
});

test('app/uninstalled deletes the sessions, keeps the data, processes late webhooks; one from before a reinstall does nothing', async () => {
  const session = () =>
    pool.query(`INSERT INTO "Session" (id, shop, state, "accessToken") VALUES ($1, $1, '', 'token')`, [
      domain,
    ]);
  const sessions = async () =>
    (await pool.query(`SELECT 1 FROM "Session" WHERE shop = $1`, [domain])).rowCount;
  await session();
  await work('app/uninstalled', { id: 1 });
  expect(await sessions()).toBe(0);
  expect(await select('SELECT uninstalled_at FROM shops WHERE shop_id = $1')).toEqual([
    { uninstalled_at: new Date('2026-11-21T12:00:00Z') },
  ]);
  await work('orders/paid', paidOrder({ id: 6, customer: BUDI }));
  expect(
    await select(`SELECT balance FROM ledger_accounts WHERE shop_id = $1 AND customer_id = ${BUDI}`),
  ).toEqual([{ balance: 200n }]);

  await session();
  await pool.query(`UPDATE shops SET installed_at = '2026-11-21T13:00:00Z' WHERE shop_id = $1`, [shopId]);
  await work('app/uninstalled', { id: 1 }, '2026-11-21T12:30:00Z');
  expect(await sessions()).toBe(1);
  expect(await select('SELECT uninstalled_at FROM shops WHERE shop_id = $1')).toEqual([
    { uninstalled_at: new Date('2026-11-21T12:00:00Z') },
  ]);
});

test('app/scopes_update: the later triggered one counts, whichever is worked first', async () => {
  await work(
    'app/scopes_update',
    { id: 1, previous: [], current: ['read_orders', 'write_discounts'] },
    '2026-11-21T12:00:02Z',
  );
  await work('app/scopes_update', { id: 1, previous: [], current: ['read_orders'] }, '2026-11-21T12:00:01Z');
  expect(await select('SELECT scopes FROM shops WHERE shop_id = $1')).toEqual([
    { scopes: 'read_orders,write_discounts' },
  ]);
});
