/**
 * `node bench/run-price-metafields.ts <shop> <token>`: every customer of the shop becomes a reseller with a percent of their own,
 * and the worker's task writes them all. Prints seconds, and customers a second while Shopify's budget was the limit, as JSON.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { pool } from '#app/db.server.ts';
import { adminGraphql } from '#app/integrations/shopify/admin-client.server.ts';
import { writePrices } from '#app/modules/pricing/publish/write-prices.server.ts';
import { savePriceSettings } from '#app/modules/pricing/settings/save-price-settings.server.ts';
import { storeOfflineSession } from './lib/store-session.ts';

/** As soon as the worker is woken again. */
const WAKE_MS = 1_000;
const MS_PER_SECOND = 1_000;
const PAGE = 250;

const [, , domain = '', accessToken = ''] = process.argv;
await storeOfflineSession(domain, accessToken);
const shops = await pool.query<{ shop_id: bigint }>('SELECT shop_id FROM shops WHERE domain = $1', [domain]);
const shopId = shops.rows[0]?.shop_id ?? 0n;

const LIST = `query BenchCustomers($first: Int!, $after: String) {
  customers(first: $first, after: $after) { nodes { id } pageInfo { hasNextPage endCursor } } }`;

interface Page {
  customers: { nodes: { id: string }[]; pageInfo: { hasNextPage: boolean; endCursor: string | null } };
}

async function storeCustomers(): Promise<number> {
  let total = 0;
  let after: string | null = null;
  for (;;) {
    const { customers }: Page = await adminGraphql<Page>(domain, LIST, { first: PAGE, after });
    await pool.query(
      `INSERT INTO customers (shop_id, customer_id, category_id, person_discount_bp)
       SELECT $1, id, category_id, 1000 + id % 900 FROM unnest($2::bigint[]) AS n (id), categories WHERE shop_id = $1 AND key = 'reseller'`,
      [shopId, customers.nodes.map(({ id }) => id.split('/').at(-1))],
    );
    total += customers.nodes.length;
    if (!customers.pageInfo.hasNextPage) return total;
    after = customers.pageInfo.endCursor;
  }
}

async function countDue(): Promise<number> {
  const { rows } = await pool.query<{ due: number }>(
    'SELECT count(*)::int AS due FROM price_customers WHERE shop_id = $1 AND changed_at IS NOT NULL',
    [shopId],
  );
  return rows[0]?.due ?? 0;
}

const customers = await storeCustomers();
const saved = await savePriceSettings(shopId, {
  version: '0',
  isOn: true,
  combination: 'stack',
  withProducts: true,
  withShipping: true,
  forCompanies: false,
  tax: '',
  refusal: '',
  setA: '[]',
  setB: '[]',
});
if (!saved.ok) throw new Error(JSON.stringify(saved.errors));
const start = performance.now();
let steady: { at: number; due: number } | null = null;
for (;;) {
  await writePrices();
  const due = await countDue();
  if (due === 0) break;
  steady ??= { at: performance.now(), due };
  await sleep(WAKE_MS);
}
const end = performance.now();
const seconds = (end - start) / MS_PER_SECOND;
const steadyPerSecond = steady ? steady.due / ((end - steady.at) / MS_PER_SECOND) : customers / seconds;
process.stdout.write(JSON.stringify({ customers, seconds, steadyPerSecond }));
await pool.end();
