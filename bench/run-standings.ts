/**
 * `node bench/run-standings.ts <shop> <token>`: every customer of the shop has points, and the worker's task brings what themes
 * show of them to Shopify. Prints customers, seconds and how long the worker waited for its next turn, as JSON.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { pool } from '#app/db.server.ts';
import { adminGraphql } from '#app/integrations/shopify/admin-client.server.ts';
import { writeStandings } from '#app/modules/earning/standing/write-standings.server.ts';
import { storeOfflineSession } from './lib/store-session.ts';

const PAGE = 250;
const POINTS = 100;
const MS_PER_SECOND = 1_000;

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
      `WITH given AS (INSERT INTO customers (shop_id, customer_id) SELECT $1, unnest($2::bigint[]) RETURNING shop_id, customer_id),
         accounts AS (INSERT INTO ledger_accounts (shop_id, customer_id, unit, balance) SELECT shop_id, customer_id, 'POINTS', $3 FROM given)
       INSERT INTO ledger_lots (shop_id, entry_id, customer_id, unit, amount, remaining, valid_from, expires_at)
       SELECT shop_id, customer_id, customer_id, 'POINTS', $3, $3, now() - interval '1 day', now() + interval '1 year' FROM given`,
      [shopId, customers.nodes.map(({ id }) => id.split('/').at(-1)), POINTS],
    );
    total += customers.nodes.length;
    if (!customers.pageInfo.hasNextPage) return total;
    after = customers.pageInfo.endCursor;
  }
}

/** Those whose points are not at Shopify yet. */
async function countLeft(): Promise<number> {
  const { rows } = await pool.query<{ left: number }>(
    `SELECT count(*)::int AS left FROM ledger_accounts a LEFT JOIN standing_customers s USING (shop_id, customer_id)
      WHERE a.shop_id = $1 AND s.written IS NULL`,
    [shopId],
  );
  return rows[0]?.left ?? 0;
}

/** When the task is to run again, as the worker would wait for it. */
async function msUntilNext(): Promise<number> {
  const { rows } = await pool.query<{ ms: number }>(
    `SELECT greatest(0, extract(epoch FROM run_at - clock_timestamp()) * 1000)::float8 AS ms
       FROM graphile_worker.jobs WHERE key = 'write-standings'`,
  );
  return rows[0]?.ms ?? 0;
}

const customers = await storeCustomers();
await pool.query('VACUUM ANALYZE');
await pool.query('INSERT INTO standing_settings (shop_id) VALUES ($1)', [shopId]);
const start = performance.now();
let waitedMs = 0;
for (;;) {
  await writeStandings();
  if ((await countLeft()) === 0) break;
  const ms = await msUntilNext();
  waitedMs += ms;
  await sleep(ms);
}
const seconds = (performance.now() - start) / MS_PER_SECOND;
process.stdout.write(JSON.stringify({ customers, seconds, waitedSeconds: waitedMs / MS_PER_SECOND }));
await pool.end();
