/** The list of customers: pages against a plain model, tabs against the rule, counts, and whom a selection selects. */
import fc from 'fast-check';
import { beforeAll, describe, expect, it, test } from 'vitest';
import { pool } from '#app/db.server.ts';
import { listCityChoices } from '#app/modules/segments/city-choices.queries.server.ts';
import { countCustomers, countTabs } from '#app/modules/segments/count-customers.server.ts';
import {
  EVERYBODY,
  filterParams,
  readCustomerFilter,
  SORTS,
  TABS,
  type CustomerFilter,
  type CustomerSort,
} from '#app/modules/segments/customer-filter.ts';
import { listCustomers } from '#app/modules/segments/list-customers.server.ts';
import type { CustomerCursor } from '#app/modules/segments/list-position.ts';
import { readSelection } from '#app/modules/segments/selection.server.ts';
import { momentNow } from '#app/modules/segments/read-moment.server.ts';
import { givenClub, setClub, type TestClub } from '#test/support/clubs.ts';
import {
  comparePeople,
  isFound,
  randomPerson,
  selected,
  storePerson,
  type ModelCategory,
  type Person,
} from '#test/support/customer-model.ts';
import { seededRandom } from '#test/support/random.ts';

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
  let categories: ModelCategory[];
  let now: Date;

  beforeAll(async () => {
    club = await givenClub();
    await setClub(club, { new_customer_days: 60, regular_days: 60, lapsed_orders: 2, lapsed_days: 15 });
    const { rows } = await pool.query<ModelCategory>(
      `INSERT INTO categories (shop_id, key, name, is_default) SELECT $1, n::text, n::text, n = 1 FROM generate_series(1, 3) n
       RETURNING category_id AS id, is_default AS "isDefault"`,
      [club.shopId],
    );
    categories = rows;
    now = new Date();
    people = Array.from({ length: 240 }, (_, index) => randomPerson(random, index, now, categories));
    for (const person of people) await storePerson(club, person, now);
  });

  it('come in pages without gaps or duplicates, in both directions', async () => {
    const moment = await momentNow(club.shopId);
    const modelOf = (filter: CustomerFilter, sort: CustomerSort) =>
      people
        .filter((person) => isFound(person, filter, moment, categories))
        .sort((a, b) => comparePeople(a, b, sort))
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

  it('are in the tab of the lifecycle rule, and the tabs count them', async () => {
    const moment = await momentNow(club.shopId);
    const active = people.filter(({ standing }) => standing === 'active');
    const tabs = await countTabs(club.shopId);
    for (const tab of TABS) {
      const expected = active.filter((person) => isFound(person, { ...EVERYBODY, tab }, moment, categories));
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

const arbitraryFilter = (categories: { id: bigint }[]) =>
  fc.record({
    query: fc.constantFrom('', '', '', 'ani', 'e', 'étienne'),
    tab: fc.constantFrom('all' as const, ...TABS),
    categoryId: fc.constantFrom(null, null, ...categories.map(({ id }) => id)),
    cityKey: fc.constantFrom(null, null, 'bandung', 'jakarta selatan', 'nowhere'),
    missing: fc.constantFrom(null, null, 'birth_date' as const),
    hasLeft: fc.constantFrom(false, false, false, true),
    rule: fc.constant(null),
    hasBrokenRule: fc.constant(false),
    segmentId: fc.constant(null),
    compared: fc.constant(null),
  });
const arbitrarySort = fc.record({ by: fc.constantFrom(...SORTS), isDescending: fc.boolean() });

const sorted = (ids: readonly bigint[]) => [...ids].sort((a, b) => Number(a - b));

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
  await pool.query(
    `INSERT INTO customers (shop_id, customer_id, first_name, city) VALUES ($1, 1, 'Siti', 'Bandung')`,
    [club.shopId],
  );
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
  it('ignores invalid filters of an address', () => {
    const params = new URLSearchParams('tab=old&category=9999999999999999999&missing=name&left=yes&q=%00');
    expect(readCustomerFilter(params)).toEqual(EVERYBODY);
  });
});
