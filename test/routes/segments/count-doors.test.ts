/** Counts of customers on screens, and the lists that they lead to: as many. */
import { beforeAll, expect, test } from 'vitest';
import { installApp } from '#test/support/sandbox-bed.ts';
import { pool } from '#app/db.server.ts';
import { countCustomers } from '#app/modules/segments/count-customers.server.ts';
import {
  buyersAddress,
  categoryAddress,
  memberAddress,
  tagAddress,
  tierAddress,
} from '#app/modules/segments/count-doors.ts';
import { readCustomerFilter } from '#app/modules/segments/customer-filter.ts';
import { readProposedName } from '#app/modules/segments/rule-address.ts';
import * as membership from '#app/routes/app.loyalty.membership.tsx';
import * as categories from '#app/routes/app.resellers.categories._index.tsx';
import * as tags from '#app/routes/app.customers.tags.tsx';
import { adminArgs } from '#test/support/route-requests.ts';
import { DEMO_SHOP, USD_SHOP } from '#test/support/sandbox.ts';

let shopId: bigint;

/** Customers in every combination of standing, tier, category, membership and tag. */
const CUSTOMERS = `
  WITH tier AS (INSERT INTO tiers (shop_id, position, name, threshold) VALUES ($1, 1, 'Gold', 100) RETURNING tier_id),
  made AS (INSERT INTO customers (shop_id, customer_id, state, merged_into, left_at, member_since, tier_id, category_id)
    SELECT $1, 100 + n, CASE WHEN n % 5 = 0 THEN 'deleted' ELSE 'active' END, CASE WHEN n % 7 = 0 THEN 100 END,
      CASE WHEN n % 6 = 0 THEN now() END, CASE WHEN n % 2 = 0 THEN now() END, CASE WHEN n % 3 = 0 THEN (SELECT tier_id FROM tier) END,
      (SELECT category_id FROM categories WHERE shop_id = $1 ORDER BY position, category_id OFFSET greatest(n % 4 - 1, 0) LIMIT CASE WHEN n % 4 = 0 THEN 0 ELSE 1 END)
    FROM generate_series(1, 200) n RETURNING customer_id),
  named AS (INSERT INTO tags (shop_id, tag_key, name) VALUES ($1, 'vip', 'VIP'), ($1, 'it''s "new"', 'It''s "new"'), ($1, 'none', 'None'))
  INSERT INTO customer_tags (shop_id, customer_id, tag_key, is_on, changed_at)
  SELECT $1, customer_id, CASE WHEN customer_id % 2 = 0 THEN 'vip' ELSE 'it''s "new"' END, customer_id % 11 > 0, now() FROM made`;

beforeAll(async () => {
  shopId = await installApp(DEMO_SHOP);
  const other = await installApp(USD_SHOP);
  for (const id of [shopId, other]) await pool.query(CUSTOMERS.replaceAll('$1', String(id)));
});

async function listed(address: string): Promise<number> {
  const filter = readCustomerFilter(new URL(address, 'http://app').searchParams);
  expect(filter).toMatchObject({ hasBrokenRule: false });
  const { count, isMore } = await countCustomers(shopId, filter);
  expect(isMore).toBe(false);
  return count;
}

test('membership: members and others, and tiers', async () => {
  const view = await membership.loader(adminArgs(DEMO_SHOP, '/app/loyalty/membership'));
  expect(view.members).toBeGreaterThan(20);
  expect(await listed(memberAddress(true, 'Members'))).toBe(view.members);
  expect(await listed(memberAddress(false, 'Others'))).toBe(view.customers - view.members);
  expect(await listed('/app/customers')).toBe(view.customers);
  expect([...view.inTier.values()].some((customers) => customers > 20)).toBe(true);
  for (const [tierId, customers] of view.inTier)
    expect(await listed(tierAddress(String(tierId), 'Gold'))).toBe(customers);
});

test('categories', async () => {
  const view = await categories.loader(adminArgs(DEMO_SHOP, '/app/resellers/categories'));
  expect(view.categories.filter(({ customers }) => customers > 10).length).toBeGreaterThan(2);
  for (const { categoryId, name, customers } of view.categories)
    expect([name, await listed(categoryAddress(String(categoryId), name))]).toEqual([name, customers]);
});

test('tags, whatever they are called, and what the list proposes to save', async () => {
  const view = await tags.loader(adminArgs(DEMO_SHOP, '/app/customers/tags'));
  expect(view.tags.map(({ customers }) => customers > 20)).toEqual([true, false, true]);
  for (const { tagKey, name, customers } of view.tags) {
    const address = tagAddress(tagKey, name);
    expect([name, await listed(address)]).toEqual([name, customers]);
    expect(readProposedName(new URL(address, 'http://app').searchParams)).toBe(name);
  }
});

test('who bought a product', async () => {
  await pool.query(
    `INSERT INTO customer_products (shop_id, customer_id, product_id, variant_id, first_at, last_at, times, units, net_minor)
     SELECT $1, customer_id, 7, variant, now(), now(), 1, 1, 100 FROM customers, generate_series(1, 2) variant WHERE shop_id = $1 AND customer_id % 3 = 0`,
    [shopId],
  );
  const { rows } = await pool.query<{ count: number }>(
    `SELECT count(*)::int AS count FROM customers WHERE shop_id = $1 AND customer_id % 3 = 0 AND state = 'active' AND merged_into IS NULL AND left_at IS NULL`,
    [shopId],
  );
  expect(rows[0]!.count).toBeGreaterThan(20);
  expect(await listed(buyersAddress('7', 'Tea'))).toBe(rows[0]!.count);
});
