/** A key is replaced: with both, with a re-sealing that is cut off, and at last with the new one alone. */
import { Session } from '@shopify/shopify-api';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';

const KEYS = Object.fromEntries(
  ['k1', 'k2', 'lost'].map((id, at) => [id, `${id}:${Buffer.alloc(32, at + 1).toString('base64')}`]),
);
const CUSTOMERS = 1_203;
const idOf = (customerId: bigint) => `31740157059${String(customerId).padStart(5, '0')}`;

const pools: { end(): Promise<void> }[] = [];

/** The app as a process that starts with these keys. */
async function startWith(...ids: string[]) {
  process.env.TOKEN_ENCRYPTION_KEYS = ids.map((id) => KEYS[id]).join(',');
  vi.resetModules();
  const { pool, prisma } = await import('#app/db.server.ts');
  pools.push(pool, { end: () => prisma.$disconnect() });
  const { sessionStorage } = await import('#app/shopify.server.ts');
  const national = await import('#app/modules/customers/national-id.server.ts');
  const { resealNationalIds } = await import('#app/modules/customers/reseal-national-ids.server.ts');
  const { runVerb } = await import('#scripts/ops/verbs.ts');
  const { givenShop } = await import('#test/support/shops.ts');
  const readable = async () => {
    const { rows } = await pool.query<{ shopId: bigint; customerId: bigint; cipher: string; hash: string }>(
      `SELECT shop_id AS "shopId", customer_id AS "customerId", national_id_cipher AS cipher, national_id_hash AS hash
         FROM customers WHERE national_id_cipher IS NOT NULL`,
    );
    return rows.filter(
      ({ shopId, customerId, cipher, hash }) =>
        national.readNationalId(shopId, cipher) === idOf(customerId) &&
        national.hashNationalId(shopId, idOf(customerId)).includes(hash),
    ).length;
  };
  const token = async (id: string) => {
    const session = await sessionStorage.loadSession(id);
    return session && [session.accessToken, session.refreshToken];
  };
  return { pool, sessionStorage, ...national, resealNationalIds, runVerb, givenShop, readable, token };
}
type App = Awaited<ReturnType<typeof startWith>>;

async function storeIds(app: App, shopId: bigint, from: number, to: number): Promise<void> {
  const rows = Array.from({ length: to - from }, (_, at) => BigInt(from + at)).map((customerId) => ({
    customerId,
    ...app.sealNationalId(shopId, idOf(customerId)),
  }));
  await app.pool.query(
    `INSERT INTO customers (shop_id, customer_id, national_id_cipher, national_id_hash)
     SELECT $1, * FROM unnest($2::bigint[], $3::text[], $4::text[])`,
    [
      shopId,
      rows.map(({ customerId }) => customerId.toString()),
      rows.map(({ cipher }) => cipher),
      rows.map(({ hash }) => hash),
    ],
  );
}
const storeSession = (app: App, shop: string) =>
  app.sessionStorage.storeSession(
    new Session({
      id: `offline_${shop}`,
      shop,
      state: '',
      isOnline: false,
      accessToken: `access of ${shop}`,
      refreshToken: `refresh of ${shop}`,
      expires: new Date('2030-01-01'),
    }),
  );

let shopIds: bigint[];
beforeAll(async () => {
  const old = await startWith('k1');
  shopIds = [(await old.givenShop()).shopId, (await old.givenShop()).shopId];
  await storeIds(old, shopIds[0]!, 1, CUSTOMERS);
  await storeIds(old, shopIds[1]!, 1, 3);
  await storeSession(old, 'one.myshopify.com');
});
afterAll(async () => {
  // The last ones are closed with the file's database.
  await Promise.all(pools.slice(0, -2).map((pool) => pool.end()));
});

test('with the new key before the old one everything is readable and found, and new rows take the new key', async () => {
  const both = await startWith('k2', 'k1');
  expect(await both.readable()).toBe(CUSTOMERS + 1);
  expect(await both.token('offline_one.myshopify.com')).toEqual([
    'access of one.myshopify.com',
    'refresh of one.myshopify.com',
  ]);
  await storeIds(both, shopIds[1]!, 3, 5);
  await storeSession(both, 'two.myshopify.com');
});

test('one that is cut off leaves every row readable, and the next run ends it', async () => {
  const both = await startWith('k2', 'k1');
  const query = both.pool.query.bind(both.pool);
  let writes = 0;
  vi.spyOn(both.pool, 'query').mockImplementation(((sql: string, values: unknown[]) => {
    if (sql.includes('UPDATE customers') && (writes += 1) > 1) return Promise.reject(new Error('killed'));
    return query(sql, values);
  }) as never);
  await expect(both.resealNationalIds()).rejects.toThrow('killed');
  vi.restoreAllMocks();
  expect(await both.readable()).toBe(CUSTOMERS + 3);
  const { exitCode, report, text } = await both.runVerb('reseal', {});
  expect(exitCode).toBe(0);
  expect(report).toMatchObject({
    newest: 'k2',
    resealed: { nationalIds: CUSTOMERS + 1 - 500, sessions: 1 },
    isDone: true,
  });
  expect(text).toContain('the others can go');
  expect(await both.runVerb('reseal', {})).toMatchObject({
    exitCode: 0,
    report: { resealed: { nationalIds: 0, sessions: 0 } },
  });
});

test('with the new key alone nothing is lost', async () => {
  const next = await startWith('k2');
  expect(await next.readable()).toBe(CUSTOMERS + 3);
  for (const shop of ['one', 'two'])
    expect(await next.token(`offline_${shop}.myshopify.com`)).toEqual([
      `access of ${shop}.myshopify.com`,
      `refresh of ${shop}.myshopify.com`,
    ]);
});

test('it refuses to end while something is under a key that is not there, and leaves that as it is', async () => {
  const other = await startWith('lost');
  await storeIds(other, shopIds[1]!, 9_000, 9_002);
  await storeSession(other, 'lost.myshopify.com');
  const next = await startWith('k2');
  const { exitCode, report, text } = await next.runVerb('reseal', {});
  expect(exitCode).toBe(1);
  expect(report).toMatchObject({
    isDone: false,
    resealed: { nationalIds: 0, sessions: 0 },
    keys: [{ key: 'k2' }, { key: 'lost', nationalIds: 2, sessions: 1, configured: 'no' }],
  });
  expect(text).toContain('NOT DONE: lost still in use');
  const rescued = await startWith('k2', 'lost');
  expect(await rescued.runVerb('reseal', {})).toMatchObject({
    exitCode: 0,
    report: { resealed: { nationalIds: 2, sessions: 1 } },
  });
  expect(await rescued.readable()).toBe(CUSTOMERS + 5);
});

test('an ID that staff saved meanwhile is not overwritten', async () => {
  const old = await startWith('k1');
  await storeIds(old, shopIds[1]!, 9_100, 9_101);
  const both = await startWith('k2', 'k1');
  const query = both.pool.query.bind(both.pool);
  const saved = both.sealNationalId(shopIds[1]!, '9999888877776666');
  vi.spyOn(both.pool, 'query').mockImplementation((async (sql: string, values: unknown[]) => {
    if (sql.includes('UPDATE customers'))
      await query(
        'UPDATE customers SET national_id_cipher = $1, national_id_hash = $2 WHERE customer_id = 9100',
        [saved.cipher, saved.hash],
      );
    return query(sql, values);
  }) as never);
  expect(await both.resealNationalIds()).toBe(0);
  vi.restoreAllMocks();
  const { rows } = await both.pool.query<{ cipher: string }>(
    'SELECT national_id_cipher AS cipher FROM customers WHERE customer_id = 9100',
  );
  expect(both.readNationalId(shopIds[1]!, rows[0]!.cipher)).toBe('9999888877776666');
});
