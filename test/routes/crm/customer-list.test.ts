/** The list of customers: its page, its counts and its cities, with signed requests. */
import { beforeAll, describe, expect, it } from 'vitest';
import { pool } from '#app/db.server.ts';
import { loader as cities } from '#app/routes/app.customers.cities.tsx';
import { loader as counts } from '#app/routes/app.customers.counts.tsx';
import { loader as list } from '#app/routes/app.customers._index.tsx';
import { adminArgs, givenSession, thrownBy } from '#test/support/route-requests.ts';
import { givenShop } from '#test/support/shops.ts';

const SHOP = 'list.myshopify.com';
const OTHER = 'list-other.myshopify.com';
let categoryId: bigint;

beforeAll(async () => {
  const { shopId } = await givenShop({ domain: SHOP, currency: 'IDR', timeZone: 'Asia/Jakarta' });
  await givenShop({ domain: OTHER });
  await Promise.all([givenSession(SHOP), givenSession(OTHER)]);
  const { rows } = await pool.query<{ id: bigint }>(
    `INSERT INTO categories (shop_id, key, name) VALUES ($1, 'b2b', 'B2B') RETURNING category_id AS id`,
    [shopId],
  );
  categoryId = rows[0]!.id;
  await pool.query(
    `INSERT INTO customers (shop_id, customer_id, first_name, city, city_code, category_id, left_at)
     SELECT $1, n, 'Customer ' || lpad(n::text, 2, '0'), CASE WHEN n % 2 = 0 THEN 'Bandung' END, CASE WHEN n % 2 = 0 THEN '3273' END,
       CASE WHEN n <= 3 THEN $2::bigint END, CASE WHEN n = 60 THEN now() END FROM generate_series(1, 60) n`,
    [shopId, categoryId],
  );
  await pool.query(
    `UPDATE customer_stats SET orders_valid = 2, items = 5, spend_minor = 12500000, first_order_at = now() - interval '9 days',
       last_order_at = now(), before_last_order_at = now() - interval '9 days', latest_order_at = now(), latest_order_status = 'cancelled'
     WHERE shop_id = $1 AND customer_id = 7`,
    [shopId],
  );
  await pool.query(
    `INSERT INTO ledger_accounts (shop_id, customer_id, unit, balance) VALUES ($1, 7, 'POINTS', 40)`,
    [shopId],
  );
});

const get = async (query: string, shop = SHOP) =>
  (await list(adminArgs(shop, `/app/customers${query}`))).view;
const namesOf = async (query: string) => (await get(query)).customers.map(({ firstName }) => firstName);

it.each([
  ['the list', list],
  ['its counts', counts],
  ['its cities', cities],
])('%s: closed without a valid session token', async (_name, loader) => {
  expect((await thrownBy(loader(adminArgs(SHOP, '/app/customers', { token: 'not.a.token' })))).status).toBe(
    401,
  );
});

describe('the page', () => {
  it('shows what each customer bought, and what became of the latest order', async () => {
    const { customers, categories } = await get('?tab=regular');
    expect(customers).toMatchObject([
      {
        customerId: 7n,
        orders: 2,
        items: 5,
        spendMinor: 12_500_000n,
        lastOrderStatus: 'cancelled',
        city: null,
        balances: [{ unit: 'POINTS', balance: 40n }],
      },
    ]);
    expect(categories).toEqual([{ categoryId, name: 'B2B', isDefault: false }]);
  });

  it('is sorted and filtered by its address', async () => {
    expect((await namesOf('?sort=name+asc')).slice(0, 2)).toEqual(['Customer 01', 'Customer 02']);
    expect((await namesOf('?sort=name+desc')).slice(0, 2)).toEqual(['Customer 59', 'Customer 58']);
    expect((await namesOf('?sort=sales+desc')).at(0)).toBe('Customer 07');
    expect(await namesOf(`?category=${categoryId}&sort=newest+asc`)).toEqual([
      'Customer 01',
      'Customer 02',
      'Customer 03',
    ]);
    const bandung = await get('?city=3273&sort=newest+desc');
    expect(bandung.cityName).toBe('Bandung');
    expect(bandung.customers[0]?.firstName).toBe('Customer 58');
    expect(await namesOf('?left=1')).toEqual(['Customer 60']);
  });

  it('pages on and back within a filter', async () => {
    const query = '?city=3273&sort=name+asc';
    const first = await get(query);
    const second = await get(`${query}&after=${first.after}`);
    expect(second.customers.map(({ firstName }) => firstName)).toEqual([
      'Customer 52',
      'Customer 54',
      'Customer 56',
      'Customer 58',
    ]);
    expect(second.after).toBeNull();
    const back = await get(`${query}&before=${second.before}`);
    expect(back.customers).toEqual(first.customers);
    expect(back.before).toBeNull();
  });

  it.each([
    'after=nonsense',
    'before=1',
    'after=%27%3B.1',
    'sort=secret+desc',
    'category=999999999999999999999',
    'tab=all',
    'q=%00',
  ])('is the first page for what it does not know: %s', async (query) => {
    expect((await get(`?${query}`)).customers).toHaveLength(25);
  });

  it('has no customer of another shop', async () => {
    expect((await get('', OTHER)).customers).toEqual([]);
    expect((await get(`?category=${categoryId}`, OTHER)).customers).toEqual([]);
  });
});

describe('beside the page', () => {
  it('stand the counts of the tabs, and of what the list is narrowed to', async () => {
    expect(await counts(adminArgs(SHOP, '/app/customers/counts?of=tabs&q=zzz'))).toEqual({
      tabs: {
        all: { count: 59, isMore: false },
        new: { count: 0, isMore: false },
        regular: { count: 1, isMore: false },
        lapsed: { count: 0, isMore: false },
      },
      found: null,
    });
    expect(await counts(adminArgs(SHOP, '/app/customers/counts?city=3273'))).toMatchObject({
      found: { count: 29, isMore: false },
    });
  });

  it('stand the cities to choose from', async () => {
    expect(await cities(adminArgs(SHOP, '/app/customers/cities'))).toEqual({
      cities: [{ cityKey: '3273', name: 'Bandung' }],
    });
    expect(await cities(adminArgs(OTHER, '/app/customers/cities'))).toEqual({ cities: [] });
  });
});
