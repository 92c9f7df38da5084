/** What the resellers' page asks, with really signed tokens and Shopify's catalogue beside it. */
import { beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { club, fault, sandbox, useSandboxShop } from '#test/support/sandbox-bed.ts';
import { pool } from '#app/db.server.ts';
import { useClubDoor } from '#test/support/club-door.ts';
import { DEMO_SHOP, type Loose } from '#test/support/sandbox.ts';
import { customerToken } from '#test/support/session-token.ts';

useSandboxShop({ hasOrders: false });

// An hour passes between tests: none waits for the turn of an earlier one, or sees its price list.
beforeAll(() => void vi.useFakeTimers({ toFake: ['performance'] }));

let siti: number;
let budi: number;
const { call } = useClubDoor(() => customerToken(DEMO_SHOP, siti));
const get = async (path: string, token?: string): Promise<Loose> =>
  (await call(path, token === undefined ? {} : { token })).json();
const post = async (path: string, body: unknown, token?: string) => {
  const answer = await call(path, { method: 'POST', body, ...(token === undefined ? {} : { token }) });
  const text = await answer.text();
  const json: Loose = text === '' ? null : JSON.parse(text);
  return { status: answer.status, body: json };
};
const variantOf = (sku: string): { id: number; price: number } =>
  sandbox.world
    .shop(DEMO_SHOP)
    .products.flatMap(({ variants }) => variants)
    .find((each) => each.sku === sku)!;

beforeEach(async () => {
  vi.advanceTimersByTime(3_600_000);
  siti = sandbox.world.findCustomer(DEMO_SHOP, 'siti.rahmawati@example.com')!.id;
  budi = sandbox.world.findCustomer(DEMO_SHOP, 'budi.santoso@example.com')!.id;
  await pool.query('SELECT seed_club($1, 10000)', [club.shopId]);
  await pool.query(
    `UPDATE categories SET discount_bp = 1000, breaks = '[{"quantity":10,"bp":1500}]', minimum_minor = 50000000
     WHERE shop_id = $1 AND key = 'reseller'`,
    [club.shopId],
  );
  await pool.query(
    `INSERT INTO price_settings (shop_id, is_on) VALUES ($1, true) ON CONFLICT (shop_id) DO UPDATE SET is_on = true`,
    [club.shopId],
  );
  for (const [id, key] of [
    [siti, 'reseller'],
    [budi, 'customer'],
  ] as const)
    await pool.query(
      `INSERT INTO customers (shop_id, customer_id, category_id)
       SELECT $1, $2, category_id FROM categories WHERE shop_id = $1 AND key = $3
       ON CONFLICT (shop_id, customer_id) DO UPDATE SET category_id = EXCLUDED.category_id`,
      [club.shopId, id, key],
    );
});

test('the price list: own price, breaks, the minimum; gift cards are no goods', async () => {
  const list = await get('/api/reseller?q=');
  expect(list).toMatchObject({
    state: 'open',
    terms: { category: 'Reseller', currency: 'IDR', minimumMinor: '50000000', minimumQuantity: 0 },
  });
  const kopi = list.items.find(({ sku }: Loose) => sku === 'KOPI-B');
  expect(kopi).toMatchObject({
    retailMinor: '9500000',
    breaks: [
      { quantity: 1, unitMinor: '8550000' },
      { quantity: 10, unitMinor: '8075000' },
    ],
  });
  expect(list.items.map(({ sku }: Loose) => sku)).not.toContain('GIFT-250');
});

test('found by the beginning of words in title and SKU', async () => {
  const skusOf = async (q: string) =>
    (await get(`/api/reseller?q=${encodeURIComponent(q)}`)).items.map(({ sku }: Loose) => sku);
  expect(await skusOf('kop')).toEqual(['KOPI-B', 'KOPI-G']);
  expect(await skusOf('BATIK-L')).toEqual(['BATIK-L']);
  expect(await skusOf('" OR sku:*')).toEqual([]);
  expect(await skusOf('zzz')).toEqual([]);
});

async function expectClosed(token: string): Promise<void> {
  expect(await get('/api/reseller', token)).toEqual({ state: 'not_approved' });
  for (const [path, body] of [
    ['/api/reseller/skus', { skus: ['KOPI-B'] }],
    ['/api/reseller/check', { lines: [{ variantId: String(variantOf('KOPI-B').id), quantity: 1 }] }],
  ] as const)
    expect(await post(path, body, token)).toEqual({
      status: 403,
      body: { ok: false, reason: 'not_approved' },
    });
}

test('no reseller, no prices: not on the list, not by SKU, not in a cart', () =>
  expectClosed(customerToken(DEMO_SHOP, budi)));

test('a category that may not sign in to the page has its prices, but not the page; another may', async () => {
  const opens = (key: string, isOpen: boolean) =>
    pool.query(
      'UPDATE categories SET opens_reseller_page = $3, discount_bp = 1000 WHERE shop_id = $1 AND key = $2',
      [club.shopId, key, isOpen],
    );
  await opens('reseller', false);
  await expectClosed(customerToken(DEMO_SHOP, siti));
  await opens('customer', false);
  await expectClosed(customerToken(DEMO_SHOP, budi));
  await opens('customer', true);
  expect(await get('/api/reseller', customerToken(DEMO_SHOP, budi))).toMatchObject({
    state: 'open',
    terms: { category: 'Customer' },
  });
  await opens('reseller', true);
  expect(await get('/api/reseller')).toMatchObject({ state: 'open', terms: { category: 'Reseller' } });
  await opens('customer', false);
});

test('prices that are switched off close the page', async () => {
  await pool.query('UPDATE price_settings SET is_on = false WHERE shop_id = $1', [club.shopId]);
  expect(await get('/api/reseller')).toEqual({ state: 'not_approved' });
});

test('SKUs in any case of letters; what is missing is named', async () => {
  const { body } = await post('/api/reseller/skus', { skus: ['kopi-b', 'NO-1', 'TEH-01'] });
  expect(body.items.map(({ sku }: Loose) => sku)).toEqual(['KOPI-B', 'TEH-01']);
  expect(body).toMatchObject({ missing: ['NO-1'], several: [] });
});

test('a cart costs what the checkout takes, and below the minimum the store’s price', async () => {
  const variantId = String(variantOf('KOPI-B').id);
  const above = await post('/api/reseller/check', { lines: [{ variantId, quantity: 10 }] });
  expect(above.body).toMatchObject({
    totalMinor: '80750000',
    grossMinor: '95000000',
    isBelowMinimum: false,
    lines: [{ variantId, quantity: 10, totalMinor: '80750000' }],
  });
  const below = await post('/api/reseller/check', { lines: [{ variantId, quantity: 1 }] });
  expect(below.body).toMatchObject({ totalMinor: '9500000', isBelowMinimum: true });
});

test('while Shopify does not answer, the page says so', async () => {
  await fault('status503', { operation: 'ListPricedVariants', times: 20 });
  expect(await get('/api/reseller?q=sandal')).toEqual({ state: 'unavailable' });
});

test.each([
  ['/api/reseller/skus', { skus: [] }, 'skus'],
  ['/api/reseller/skus', { skus: Array.from({ length: 251 }, (_, index) => `S${index}`) }, 'skus'],
  ['/api/reseller/check', { lines: [{ variantId: '1', quantity: 0 }] }, 'lines'],
  ['/api/reseller/check', { lines: 'all' }, 'lines'],
])('%s: bad input names the field', async (path, body, field) => {
  expect(await post(path, body)).toMatchObject({ status: 400, body: { field } });
});
