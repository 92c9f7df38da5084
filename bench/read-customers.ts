/** Reads the customers of the database in DATABASE_URL as their screens do; a line a figure. */
import { pool, prisma } from '#app/db.server.ts';
import { readOrdersTab } from '#app/modules/crm/profile/orders-tab.server.ts';
import { readPointsTab } from '#app/modules/crm/profile/points-tab.server.ts';
import { readProductsTab } from '#app/modules/crm/profile/products-tab.server.ts';
import { readProfileTab } from '#app/modules/crm/profile/profile-tab.server.ts';
import { readHeader } from '#app/modules/crm/profile/read-header.server.ts';
import { listCityChoices } from '#app/modules/segments/city-choices.queries.server.ts';
import { countCustomers, countTabs } from '#app/modules/segments/count-customers.server.ts';
import { readCustomerFilter, readCustomerSort } from '#app/modules/segments/customer-filter.ts';
import { readCustomerList } from '#app/modules/crm/list/customer-list.server.ts';
import type { CustomerCursor } from '#app/modules/segments/list-position.ts';
import { BUSY_CUSTOMER } from './lib/customer-rows.ts';
import { median, percentile } from './lib/measure.ts';
import { SHOP_ID } from './lib/shop-rows.ts';
import { plainPage } from './references/plain-customer-pages.ts';

const READERS = 8;
const READS = 15;
const ROUNDS = 2;
/** 10,000 pages of 25 lines. */
const LINES_DEEP = 250_000;
const MS_PER_SECOND = 1_000;

const shopId = BigInt(SHOP_ID);

/** The list's addresses; each with the best plain SQL for the same page. */
const PAGES: Record<string, string> = {
  'first page': '',
  'tab New': 'tab=new',
  'tab Regular': 'tab=regular',
  'tab Lapsed': 'tab=lapsed',
  'last order, longest ago': 'sort=last_order asc',
  'by name': 'sort=name asc',
  'by name, backwards': 'sort=name desc',
  'most orders': 'sort=orders desc',
  'highest sales': 'sort=sales desc',
  newest: 'sort=newest desc',
  'a name (one in forty)': 'q=siti',
  'parts of two names (one in a thousand)': 'q=siti pang',
  'two letters': 'q=sa',
  'a phone': 'q=0811 0000 7919',
  'first digits of phones': 'q=0811 00',
  'last digits of a phone': 'q=7919',
  'the largest city': 'city=1101',
  'a small city': 'city=1400',
  'a category': 'category=2',
  'a city and a category': 'city=1101&category=2',
};

/** Orders across filters, for which no index has all. */
const COMBINED: Record<string, string> = {
  'new ones by sales': 'tab=new&sort=sales desc',
  'lapsed ones, newest': 'tab=lapsed&sort=newest desc',
  'lapsed ones of a city by name': 'tab=lapsed&city=1101&sort=name asc',
  'a name in a small city': 'q=siti&city=1400',
};

function say(
  name: string,
  unit: string,
  value: number,
  more: { target?: string; plain?: number } = {},
): void {
  process.stdout.write(`${JSON.stringify({ name, unit, value, ...more })}\n`);
}

/** How long each of the readers' reads took, and how many there were a second. */
async function load(read: () => Promise<unknown>): Promise<{ times: number[]; perSecond: number }> {
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
  const start = performance.now();
  await Promise.all(Array.from({ length: READERS }, reader));
  return { times, perSecond: (times.length * MS_PER_SECOND) / (performance.now() - start) };
}

/** Ours and plain SQL in turns. */
async function measure(
  name: string,
  read: () => Promise<unknown>,
  plain?: () => Promise<unknown>,
): Promise<void> {
  const ours: Awaited<ReturnType<typeof load>>[] = [];
  const theirs: Awaited<ReturnType<typeof load>>[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    ours.push(await load(read));
    if (plain) theirs.push(await load(plain));
  }
  const p95 = (runs: typeof ours) => median(runs.map(({ times }) => percentile(times, 0.95)));
  say(`p95 of ${name}`, 'ms', p95(ours), { target: '< 150 ms', ...(plain ? { plain: p95(theirs) } : {}) });
  if (!plain) return;
  say(`pages a second of ${name}`, '/s', median(ours.map(({ perSecond }) => perSecond)), {
    target: 'ratio >= 0.5',
    plain: median(theirs.map(({ perSecond }) => perSecond)),
  });
}

function list(address: string, cursor: CustomerCursor | null = null): () => Promise<unknown> {
  const params = new URLSearchParams(address);
  return () => readCustomerList(shopId, readCustomerFilter(params), readCustomerSort(params), cursor);
}

async function deepCursor(): Promise<CustomerCursor> {
  const { rows } = await pool.query<{ position: string }>(
    `SELECT coalesce((extract(epoch FROM latest_order_at) * 1000000)::bigint::text, 'never') || '.' || customer_id AS position
     FROM customer_stats WHERE shop_id = $1 AND standing = 'active'
     ORDER BY coalesce(latest_order_at, '-infinity') DESC, customer_id DESC OFFSET $2 LIMIT 1`,
    [shopId, LINES_DEEP],
  );
  return { side: 'after', position: rows[0]?.position ?? '' };
}

for (const [name, address] of Object.entries(PAGES))
  await measure(name, list(address), plainPage(pool, address));
for (const [name, address] of Object.entries(COMBINED)) await measure(name, list(address));
const deep = await deepCursor();
await measure('a page 10,000 deep', list('', deep));
await measure('the page before it', list('', { ...deep, side: 'before' }));

const count = (address: string) => () =>
  countCustomers(shopId, readCustomerFilter(new URLSearchParams(address)));
await measure('the counts of the tabs', () => countTabs(shopId));
await measure('the count of a name', count('q=siti'));
await measure('the count of a city', count('city=1101'));
await measure('the choice of cities', () => listCityChoices(shopId));

const busy = BigInt(BUSY_CUSTOMER);
await measure('a busy customer: profile', () =>
  Promise.all([readHeader(shopId, busy), readProfileTab({ shopId }, busy)]),
);
await measure('a busy customer: orders', () => readOrdersTab(shopId, busy, null));
await measure('a busy customer: products', () => readProductsTab(shopId, busy, 'quantity'));
await measure('a busy customer: points', () => readPointsTab({ shopId }, busy, null));
await prisma.$disconnect();
await pool.end();
