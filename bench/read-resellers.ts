/** Reads the resellers of the database in DATABASE_URL as their screens do; a line a figure. */
import { pool, prisma } from '#app/db.server.ts';
import {
  readCategoryList,
  readCategoryScreen,
} from '#app/modules/pricing/categories/category-screens.server.ts';
import { listPercents } from '#app/modules/pricing/percents/list-percents.server.ts';
import { PERCENT_TABS } from '#app/modules/pricing/percents/percent-tabs.ts';
import { percentile } from './lib/measure.ts';
import { SHOP_ID } from './lib/shop-rows.ts';

const READERS = 8;
const READS = 15;

const shopId = BigInt(SHOP_ID);

async function measure(name: string, read: () => Promise<unknown>): Promise<void> {
  // Connections and caches: a page is read more than once.
  await Promise.all(Array.from({ length: READERS }, read));
  const times: number[] = [];
  const reader = async () => {
    for (let count = 0; count < READS; count += 1) {
      const start = performance.now();
      await read();
      times.push(performance.now() - start);
    }
  };
  await Promise.all(Array.from({ length: READERS }, reader));
  const value = percentile(times, 0.95);
  process.stdout.write(
    `${JSON.stringify({ name: `p95 of ${name}`, unit: 'ms', value, target: '< 150 ms' })}\n`,
  );
}

const last = await pool.query<{ id: bigint }>(
  'SELECT max(customer_id) - 100 AS id FROM customers WHERE shop_id = $1',
  [shopId],
);
const reseller = await pool.query<{ id: bigint }>(
  `SELECT category_id AS id FROM categories WHERE shop_id = $1 AND key = 'reseller'`,
  [shopId],
);
for (const tab of PERCENT_TABS) await measure(`the list, tab ${tab}`, () => listPercents(shopId, tab, null));
await measure('the end of the list', () => listPercents(shopId, 'all', last.rows[0]?.id ?? null));
await measure('the categories', () => readCategoryList(shopId));
await measure('a category with its people and sales', () =>
  readCategoryScreen(shopId, reseller.rows[0]?.id ?? 0n),
);
await pool.end();
await prisma.$disconnect();
