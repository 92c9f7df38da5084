/** What the lists of categories and of people's own percents count, and who is best in a category; of one shop only. */
import { beforeEach, expect, test } from 'vitest';
import { pool } from '#app/db.server.ts';
import {
  readCategoryList,
  readCategoryScreen,
} from '#app/modules/pricing/categories/category-screens.server.ts';
import { listPercents } from '#app/modules/pricing/percents/list-percents.server.ts';
import { givenShop } from '#test/support/shops.ts';

let shopId = 0n;
let reseller = 0n;

/** Ids 1 to 3 have no category, 4 to 6 are resellers with percents; 6 has left, 7 is a reseller who was deleted. */
async function fill(id: bigint): Promise<bigint> {
  await pool.query('SELECT seed_club($1, 10000)', [id]);
  const { rows } = await pool.query<{ id: bigint }>(
    `SELECT category_id AS id FROM categories WHERE shop_id = $1 AND key = 'reseller'`,
    [id],
  );
  const category = rows[0]!.id;
  await pool.query('INSERT INTO customers (shop_id, customer_id) SELECT $1, generate_series(1, 3)', [id]);
  await pool.query(
    `INSERT INTO customers (shop_id, customer_id, category_id, person_discount_bp, person_discount_until, left_at, state)
     SELECT $1, n, $2, 500, (ledger_now() AT TIME ZONE 'UTC')::date + CASE n WHEN 4 THEN 3 WHEN 5 THEN -3 END,
       CASE WHEN n = 6 THEN now() END, CASE WHEN n = 7 THEN 'deleted' ELSE 'active' END FROM generate_series(4, 7) n`,
    [id, category],
  );
  await pool.query(
    'UPDATE customer_stats SET spend_minor = customer_id * 100 WHERE shop_id = $1 AND customer_id <> 4',
    [id],
  );
  return category;
}

beforeEach(async () => {
  ({ shopId } = await givenShop());
  reseller = await fill(shopId);
  await fill((await givenShop()).shopId);
});

test('categories count who is there; without a category one counts in the default', async () => {
  const { categories } = await readCategoryList(shopId);
  const counted = categories
    .filter(({ customers, percents }) => customers > 0 || percents > 0)
    .map(({ categoryId, isDefault, customers, percents }) => ({
      categoryId,
      isDefault,
      customers,
      percents,
    }));
  expect(counted).toHaveLength(2);
  expect(counted).toContainEqual({ categoryId: reseller, isDefault: false, customers: 2, percents: 2 });
  expect(counted).toContainEqual(expect.objectContaining({ isDefault: true, customers: 3, percents: 0 }));
});

test('the best of a category are those who bought most, of the default also those without one', async () => {
  const { categories } = await readCategoryList(shopId);
  const fallback = categories.find(({ isDefault }) => isDefault)!;
  const bestOf = async (id: bigint) =>
    (await readCategoryScreen(shopId, id))!.people.map(({ customerId }) => customerId);
  expect(await bestOf(reseller)).toEqual([5n, 4n]);
  expect(await bestOf(fallback.categoryId)).toEqual([3n, 2n, 1n]);
});

test('percents are counted and listed by when they end', async () => {
  const { counts } = await listPercents(shopId, 'all', null);
  expect(counts).toEqual({ all: 3, ending: 1, ended: 1 });
  const idsOf = async (tab: 'all' | 'ending' | 'ended') =>
    (await listPercents(shopId, tab, null)).lines.map(({ customerId }) => customerId);
  expect(await idsOf('all')).toEqual([4n, 5n, 6n]);
  expect(await idsOf('ending')).toEqual([4n]);
  expect(await idsOf('ended')).toEqual([5n]);
});
