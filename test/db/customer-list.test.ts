/** The list of customers: pages against a plain model, tabs against the rule, search, filters, counts and selections. */
import fc from 'fast-check';
import { beforeAll, beforeEach, describe, expect, it, test } from 'vitest';
import { pool } from '#app/db.server.ts';
import { listCityChoices } from '#app/modules/customers/list/city-choices.queries.server.ts';
import { countCustomers, countTabs } from '#app/modules/customers/list/count-customers.server.ts';
import {
  EVERYBODY,
  filterParams,
  readCustomerFilter,
  SORTS,
  TABS,
  type CustomerFilter,
  type CustomerSort,
} from '#app/modules/customers/list/customer-filter.ts';
import { FOUND_MAX } from '#app/modules/customers/list/resolve-search.server.ts';
import { listCustomers } from '#app/modules/customers/list/list-customers.server.ts';
import type { CustomerCursor } from '#app/modules/customers/list/list-place.ts';
import {
  readSelection,
  selectCustomers,
  type CustomerSelection,
} from '#app/modules/customers/list/selection.server.ts';
import { hashNationalId, sealNationalId } from '#app/modules/customers/national-id.server.ts';
import { readLifecycle } from '#app/modules/segments/lifecycle.queries.server.ts';
import { lifecycleGroup } from '#app/modules/segments/rules/lifecycle.ts';
import { givenClub, setClub, type TestClub } from '#test/support/clubs.ts';
import { seededRandom, type Random } from '#test/support/random.ts';

const DAY_MS = 86_400_000;

/** What the model knows of a customer. */
interface Person {
  id: bigint;
  name: string;
  standing: 'active' | 'left' | 'gone';
  city: string | null;
  categoryId: bigint | null;
  hasBirthDate: boolean;
  orders: number;
  spend: bigint;
  first: Date | null;
  last: Date | null;
  beforeLast: Date | null;
  latest: Date | null;
}

interface Insert {
  id: number | bigint;
  first?: string | null;
  last?: string | null;
  email?: string | null;
  phone?: string | null;
  city?: string | null;
  cityCode?: string | null;
}

async function givenCustomer({ shopId }: Pick<TestClub, 'shopId'>, row: Insert): Promise<void> {
  await pool.query(
    `INSERT INTO customers (shop_id, customer_id, first_name, last_name, email, phone, city, city_code) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [
      shopId,
      BigInt(row.id),
      row.first ?? null,
      row.last ?? null,
      row.email ?? null,
      row.phone ?? null,
      row.city ?? null,
      row.cityCode ?? null,
    ],
  );
}

async function idsOf({ shopId }: Pick<TestClub, 'shopId'>, query: string): Promise<bigint[]> {
  const { customers } = await listCustomers(shopId, { ...EVERYBODY, query }, null, {
    by: 'newest',
    isDescending: false,
  });
  return customers.map(({ customerId }) => customerId);
}

/** All pages from the beginning, or from the end backwards. */
async function walk(
  shopId: bigint,
  filter: CustomerFilter,
  sort: CustomerSort,
  start: CustomerCursor | null = null,
): Promise<{ ids: bigint[]; last: CustomerCursor | null }> {
  const ids: bigint[] = [];
  let cursor = start;
  const side = start?.side ?? 'after';
  for (;;) {
    const page = await listCustomers(shopId, filter, cursor, sort);
    const found = page.customers.map(({ customerId }) => customerId);
    if (side === 'after') ids.push(...found);
    else ids.unshift(...found);
    const next = side === 'after' ? page.after : page.before;
    if (next === null)
      return { ids, last: page.before === null ? null : { side: 'before', position: page.before } };
    cursor = { side, position: next };
  }
}

describe('any customers, filter and order', () => {
  const random = seededRandom('customer list');
  let club: TestClub;
  let people: Person[];
  let categories: { id: bigint; isDefault: boolean }[];
  let now: Date;

  beforeAll(async () => {
    club = await givenClub();
    await setClub(club, { new_customer_days: 60, regular_days: 60, lapsed_orders: 2, lapsed_days: 15 });
    const { rows } = await pool.query<{ id: bigint; isDefault: boolean }>(
      `INSERT INTO categories (shop_id, key, name, is_default) SELECT $1, n::text, n::text, n = 1 FROM generate_series(1, 3) n
       RETURNING category_id AS id, is_default AS "isDefault"`,
      [club.shopId],
    );
    categories = rows;
    now = new Date();
    people = Array.from({ length: 160 }, (_, index) => randomPerson(random, index, now, categories));
    for (const person of people) await store(club, person, now);
  });

  it('come in pages that miss nobody and show nobody twice, in both directions', async () => {
    const lifecycle = await readLifecycle(pool, club.shopId);
    const modelOf = (filter: CustomerFilter, sort: CustomerSort) =>
      people
        .filter((person) => isFound(person, filter, lifecycle, categories))
        .sort((a, b) => compare(a, b, sort))
        .map(({ id }) => id);
    await fc.assert(
      fc.asyncProperty(arbitraryFilter(categories), arbitrarySort, async (filter, sort) => {
        const expected = modelOf(filter, sort);
        const forward = await walk(club.shopId, filter, sort);
        expect(forward.ids).toEqual(expected);
        const found = await countCustomers(club.shopId, filter);
        expect(found).toEqual({ count: expected.length, isMore: false });
        expect(await selected(club.shopId, { filter })).toEqual(sorted(expected));
        if (forward.last === null) return;
        const back = await walk(club.shopId, filter, sort, forward.last);
        expect(back.ids).toEqual(expected.slice(0, back.ids.length));
        expect(back.ids.length).toBeGreaterThan(0);
        expect(back.ids.length % 25).toBe(0);
      }),
      { numRuns: 60, seed: random.between(0, 1_000_000) },
    );
  });

  it('stand in the tab that the rule of groups says, and the tabs count them', async () => {
    const lifecycle = await readLifecycle(pool, club.shopId);
    const active = people.filter(({ standing }) => standing === 'active');
    const tabs = await countTabs(club.shopId);
    for (const tab of TABS) {
      const expected = active.filter((person) =>
        isFound(person, { ...EVERYBODY, tab }, lifecycle, categories),
      );
      expect(expected.length).toBeGreaterThan(3);
      expect(tabs[tab]).toEqual({ count: expected.length, isMore: false });
    }
  });

  it('stay in place when a row of the page before changes', async () => {
    const sort: CustomerSort = { by: 'sales', isDescending: true };
    const first = await listCustomers(club.shopId, EVERYBODY, null, sort);
    const next = () =>
      listCustomers(club.shopId, EVERYBODY, { side: 'after', position: first.after ?? '' }, sort);
    const before = await next();
    await pool.query(
      'UPDATE customer_stats SET spend_minor = spend_minor + 1 WHERE shop_id = $1 AND customer_id = $2',
      [club.shopId, first.customers[3]?.customerId],
    );
    expect((await next()).customers).toEqual(before.customers);
  });

  it.each(['', 'x', '.1', '1.', '1e9.1', 'never.99999999999999999999', "'.1", 'AAAA.1'])(
    'begin at the beginning for a place that is none: %s',
    async (position) => {
      const beginning = await listCustomers(club.shopId, EVERYBODY);
      expect(await listCustomers(club.shopId, EVERYBODY, { side: 'after', position })).toEqual(beginning);
      for (const by of SORTS) {
        const page = await listCustomers(
          club.shopId,
          EVERYBODY,
          { side: 'before', position },
          { by, isDescending: true },
        );
        expect(page.customers.length).toBeLessThanOrEqual(25);
      }
    },
  );
});

function randomPerson(random: Random, index: number, now: Date, categories: { id: bigint }[]): Person {
  const ago = (most: number) => now.getTime() - random.between(0, most * 24) * 3_600_000;
  const orders = random.chance(0.25) ? 0 : random.between(1, 5);
  const times = Array.from({ length: orders }, () => ago(random.pick([10, 40, 120]))).sort((a, b) => a - b);
  const at = (position: number) => {
    const time = times.at(position);
    return time === undefined ? null : new Date(time);
  };
  const last = at(-1);
  return {
    // Some stand for customers that were there before others of a lower id.
    id: BigInt(1_000 + ((index * 37) % 1_000)),
    name: random.pick(['Ani', 'ani', 'Étienne', 'Eko', 'Zahra', 'อารีย์', '王伟', 'مریم', '']),
    standing: random.pick(['active', 'active', 'active', 'active', 'active', 'left', 'gone']),
    city: random.pick([null, 'Bandung', 'Jakarta Selatan', 'Medan']),
    categoryId: random.chance(0.5) ? null : random.pick(categories).id,
    hasBirthDate: random.chance(0.5),
    orders,
    spend: BigInt(random.between(0, 3)) * 1_000n,
    first: at(0),
    last,
    beforeLast: at(-2),
    latest: random.chance(0.2) ? now : last,
  };
}

async function store({ shopId }: TestClub, person: Person, now: Date): Promise<void> {
  await pool.query(
    `INSERT INTO customers (shop_id, customer_id, first_name, state, left_at, city, category_id, birth_date) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [
      shopId,
      person.id,
      person.name === '' ? null : person.name,
      person.standing === 'gone' ? 'deleted' : 'active',
      person.standing === 'left' ? now : null,
      person.city,
      person.categoryId,
      person.hasBirthDate ? '1990-01-01' : null,
    ],
  );
  await pool.query(
    `UPDATE customer_stats SET orders_valid = $3, spend_minor = $4, first_order_at = $5, last_order_at = $6, before_last_order_at = $7,
       latest_order_at = $8 WHERE shop_id = $1 AND customer_id = $2`,
    [
      shopId,
      person.id,
      person.orders,
      person.spend,
      person.first,
      person.last,
      person.beforeLast,
      person.latest,
    ],
  );
}

const dayIn = (timeZone: string, moment: Date | null) =>
  moment && new Intl.DateTimeFormat('en-CA', { timeZone }).format(moment);

function isFound(
  person: Person,
  filter: CustomerFilter,
  lifecycle: Awaited<ReturnType<typeof readLifecycle>>,
  categories: { id: bigint; isDefault: boolean }[],
): boolean {
  const { timeZone, today, settings } = lifecycle;
  const group = lifecycleGroup(
    {
      orders: person.orders,
      first: dayIn(timeZone, person.first),
      last: dayIn(timeZone, person.last),
      beforeLast: dayIn(timeZone, person.beforeLast),
    },
    today,
    settings,
  );
  const category = person.categoryId ?? categories.find(({ isDefault }) => isDefault)?.id;
  return (
    person.standing === (filter.hasLeft ? 'left' : 'active') &&
    (filter.tab === 'all' || filter.tab === group) &&
    (filter.categoryId === null || filter.categoryId === category) &&
    (filter.cityKey === null || filter.cityKey === person.city?.toLowerCase()) &&
    (filter.missing !== 'birth_date' || !person.hasBirthDate) &&
    (filter.query.length < 3
      ? person.name.toLowerCase().startsWith(filter.query)
      : person.name.toLowerCase().includes(filter.query))
  );
}

const names = new Intl.Collator('und');

function compare(a: Person, b: Person, { by, isDescending }: CustomerSort): number {
  const key = {
    last_order: (a.latest?.getTime() ?? -1) - (b.latest?.getTime() ?? -1),
    name: names.compare(a.name.toLowerCase(), b.name.toLowerCase()),
    orders: a.orders - b.orders,
    sales: Number(a.spend - b.spend),
    newest: 0,
  }[by];
  const order = key === 0 ? Number(a.id - b.id) : key;
  return isDescending ? -order : order;
}

const arbitraryFilter = (categories: { id: bigint }[]) =>
  fc.record({
    query: fc.constantFrom('', '', '', 'ani', 'e', 'étienne'),
    tab: fc.constantFrom('all' as const, ...TABS),
    categoryId: fc.constantFrom(null, null, ...categories.map(({ id }) => id)),
    cityKey: fc.constantFrom(null, null, 'bandung', 'jakarta selatan', 'nowhere'),
    missing: fc.constantFrom(null, null, 'birth_date' as const),
    hasLeft: fc.constantFrom(false, false, false, true),
  });
const arbitrarySort = fc.record({ by: fc.constantFrom(...SORTS), isDescending: fc.boolean() });

const sorted = (ids: readonly bigint[]) => [...ids].sort((a, b) => Number(a - b));

async function selected(shopId: bigint, selection: CustomerSelection): Promise<bigint[]> {
  const { sql, values } = await selectCustomers(pool, shopId, selection);
  const { rows } = await pool.query<{ customer_id: bigint }>(
    `WITH selected AS (${sql}) SELECT customer_id FROM selected ORDER BY 1`,
    values,
  );
  return rows.map((row) => row.customer_id);
}

describe('search', () => {
  let club: TestClub;
  beforeEach(async () => {
    club = await givenClub();
    await pool.query(`UPDATE shops SET country = 'ID' WHERE shop_id = $1`, [club.shopId]);
    await givenCustomer(club, {
      id: 1,
      first: 'Siti',
      last: 'Rahayu',
      email: 'siti@example.com',
      phone: '+6281234567890',
    });
    await givenCustomer(club, { id: 2, first: 'Budi', last: 'Anwar', phone: '+628571234567' });
    await givenCustomer(club, { id: 3, first: '100%', last: 'Diana_x' });
    await givenCustomer(club, { id: 4, first: '王', last: '伟' });
  });

  it.each([
    ['part of a name', 'aha', [1]],
    ['two parts in any order', 'RAHA sit', [1]],
    ['an e-mail', 'siti@exam', [1]],
    ['a phone as one dials it', '0812 3456', [1]],
    ['the same with the country', '+62 812-3456', [1]],
    ['with brackets', '(0812) 3456', [1]],
    ['and with both', '+62 (0)812 3456', [1]],
    ['the last digits', '67890', [1]],
    ['first digits of one, inner digits of the other', '08123', [1]],
    ['digits that no phone begins with', '01234567', [1, 2]],
    ['two letters begin a word', 'an', [2]],
    ['also the second word', 'ra', [1]],
    ['one letter', 'b', [2]],
    ['one sign of another writing', '王', [4]],
    ['signs that patterns know', '00%', [3]],
    ['and the other one', 'a_x', [3]],
    ['nothing', 'zzz', []],
    ['an order that nobody made', '#1001', []],
  ])('%s: %s', async (_words, query, ids) => {
    expect(await idsOf(club, query)).toEqual(ids.map(BigInt));
  });

  it('finds whose an order is by its number, also after a merge', async () => {
    await pool.query(
      `INSERT INTO orders (shop_id, order_id, customer_id, name, processed_at, updated_at, triggered_at, financial, currency, state)
       VALUES ($1, 1, 2, '#1001', now(), now(), now(), 'paid', 'IDR', '{}')`,
      [club.shopId],
    );
    expect(await idsOf(club, '#1001')).toEqual([2n]);
    expect(await idsOf(club, '1001')).toEqual([2n]);
    await pool.query(
      `UPDATE customers SET merged_into = 3, state = 'deleted' WHERE shop_id = $1 AND customer_id = 2`,
      [club.shopId],
    );
    expect(await idsOf(club, '#1001')).toEqual([3n]);
  });

  it('finds a national ID only where the shop keeps them', async () => {
    const text = '3273-0112 3456 0001';
    const { cipher, hash } = sealNationalId(club.shopId, text);
    await pool.query(
      'UPDATE customers SET national_id_cipher = $2, national_id_hash = $3 WHERE shop_id = $1 AND customer_id = 4',
      [club.shopId, cipher, hash],
    );
    expect(hashNationalId(club.shopId, text)).toContain(hash);
    expect(await idsOf(club, text)).toEqual([]);
    await setClub(club, { sensitive_fields: true });
    expect(await idsOf(club, text)).toEqual([4n]);
  });

  it('finds all of more people than are looked up at once', async () => {
    const many = FOUND_MAX + 100;
    await pool.query(
      `INSERT INTO customers (shop_id, customer_id, first_name) SELECT $1, n, CASE WHEN n > 2000 THEN 'Wulan ' ELSE 'Agus ' END || n
       FROM generate_series(10, 2000 + $2::int) n`,
      [club.shopId, many],
    );
    const filter = { ...EVERYBODY, query: 'wulan' };
    // Past more rows of others than the first look takes in.
    const first = await listCustomers(club.shopId, filter, null, { by: 'newest', isDescending: false });
    expect(first.customers.map(({ customerId }) => customerId)).toEqual(
      Array.from({ length: 25 }, (_, index) => BigInt(2_001 + index)),
    );
    expect(await countCustomers(club.shopId, filter)).toEqual({ count: many, isMore: false });
    expect(await selected(club.shopId, { filter })).toHaveLength(many);
  });

  it('finds nobody of another shop', async () => {
    const other = await givenClub({ domain: 'other-list.myshopify.com' });
    expect(await idsOf(other, 'siti')).toEqual([]);
    expect(await selected(other.shopId, { ids: [1n, 2n] })).toEqual([]);
  });
});

test('more than the limit are counted as more', async () => {
  const club = await givenClub();
  await pool.query(
    `INSERT INTO customers (shop_id, customer_id, first_name) SELECT $1, n, 'Wulan' FROM generate_series(1, 10001) n`,
    [club.shopId],
  );
  expect(await countCustomers(club.shopId, EVERYBODY)).toEqual({ count: 10_000, isMore: true });
  await pool.query('DELETE FROM customers WHERE shop_id = $1 AND customer_id = 5', [club.shopId]);
  expect(await countCustomers(club.shopId, EVERYBODY)).toEqual({ count: 10_000, isMore: false });
});

test('the list follows what becomes of a customer', async () => {
  const club = await givenClub();
  await givenCustomer(club, { id: 1, first: 'Siti', city: 'Bandung' });
  const change = (sql: string) => pool.query(`UPDATE customers SET ${sql} WHERE shop_id = $1`, [club.shopId]);
  const left = { ...EVERYBODY, hasLeft: true };
  const count = async (filter: CustomerFilter) => (await listCustomers(club.shopId, filter)).customers.length;
  expect(await count({ ...EVERYBODY, cityKey: 'bandung' })).toBe(1);
  await change(`city = 'Kota Bandung', city_code = '3273'`);
  expect(await count({ ...EVERYBODY, cityKey: 'bandung' })).toBe(0);
  expect(await count({ ...EVERYBODY, cityKey: '3273' })).toBe(1);
  expect(await listCityChoices(club.shopId)).toEqual([{ cityKey: '3273', name: 'Kota Bandung' }]);
  await change('left_at = now()');
  expect([await count(EVERYBODY), await count(left)]).toEqual([0, 1]);
  await change('left_at = NULL');
  expect([await count(EVERYBODY), await count(left)]).toEqual([1, 0]);
  await change(`state = 'redacted', first_name = NULL, city = NULL, city_code = NULL`);
  expect([await count(EVERYBODY), await count(left)]).toEqual([0, 0]);
  const { rows } = await pool.query(
    'SELECT sort_name, city_key, standing FROM customer_stats WHERE shop_id = $1',
    [club.shopId],
  );
  expect(rows).toEqual([{ sort_name: '', city_key: null, standing: 'gone' }]);
});

describe('a selection from the browser', () => {
  it('is ticked ids or a filter', () => {
    expect(readSelection({ ids: ['5', '7'] })).toEqual({ ids: [5n, 7n] });
    const filter: CustomerFilter = {
      ...EVERYBODY,
      query: 'siti & co',
      tab: 'new',
      categoryId: 3n,
      cityKey: 'kab. x',
    };
    expect(readSelection({ filter: filterParams(filter).toString() })).toEqual({ filter });
  });
  it.each([
    [null],
    [{}],
    [{ ids: [] }],
    [{ ids: ['x'] }],
    [{ ids: ['99999999999999999999'] }],
    [{ filter: 5 }],
  ])('is nothing else: %j', (input) => expect(readSelection(input)).toBeNull());
  it('never narrows by what an address says wrongly', () => {
    const params = new URLSearchParams('tab=old&category=9999999999999999999&missing=name&left=yes&q=%00');
    expect(readCustomerFilter(params)).toEqual(EVERYBODY);
  });
});

test('days of the groups begin at midnight of the shop', async () => {
  const club = await givenClub();
  const { newSince, today, settings } = await readLifecycle(pool, club.shopId);
  const midnight = Date.parse(`${today}T00:00:00+07:00`) - settings.newDays * DAY_MS;
  expect(newSince).toEqual(new Date(midnight));
});
