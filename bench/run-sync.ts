/**
 * `node bench/run-sync.ts <shop> <token>`: a complete first sync of the shop, as the worker would do it. Prints
 * seconds of work and the process's peak memory, as JSON. The time in which Shopify collects isn't counted.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { pool, withTransaction } from '#app/db.server.ts';
import { pollBulkOperation } from '#app/integrations/shopify/bulk.server.ts';
import { startFirstSync } from '#app/modules/sync/start-sync.server.ts';
import { processSyncs } from '#app/modules/sync/process-syncs.server.ts';
import { storeOfflineSession } from './lib/store-session.ts';

const LOOK_MS = 50;
const COLLECTED_MS = 500;
const MS_PER_SECOND = 1_000;
const KB_PER_MB = 1_024;

const [, , domain = '', accessToken = ''] = process.argv;
await storeOfflineSession(domain, accessToken);
const shops = await pool.query<{ shop_id: bigint }>('SELECT shop_id FROM shops WHERE domain = $1', [domain]);
const shopId = shops.rows[0]?.shop_id ?? 0n;
await withTransaction((tx) => startFirstSync(tx, shopId));

interface Row {
  kind: string;
  state: string;
  done: number;
}

async function look(): Promise<Row[]> {
  const { rows } = await pool.query<Row>('SELECT kind, state, done FROM sync_runs WHERE shop_id = $1', [
    shopId,
  ]);
  const failed = rows.find(({ state }) => state === 'failed');
  if (failed) throw new Error(`the sync of ${failed.kind} failed`);
  return rows;
}

/** Shopify collects everything first: the sandbox's work isn't measured, and would slow ours. */
async function waitUntilCollected(): Promise<void> {
  const { rows } = await pool.query<{ id: string }>(
    'SELECT bulk_operation_id AS id FROM sync_runs WHERE shop_id = $1',
    [shopId],
  );
  for (const { id } of rows)
    while ((await pollBulkOperation(domain, id)).state === 'running') await sleep(COLLECTED_MS);
}

let ms = 0;
let customersMs = 0;
await processSyncs();
await waitUntilCollected();
for (;;) {
  const start = performance.now();
  await processSyncs();
  ms += performance.now() - start;
  const rows = await look();
  if (customersMs === 0 && rows.some(({ kind, state }) => kind === 'customers' && state === 'done'))
    customersMs = ms;
  if (rows.every(({ state }) => state === 'done')) break;
  await sleep(LOOK_MS);
}
const done = Object.fromEntries((await look()).map((row) => [row.kind, row.done]));
const maxMb = process.resourceUsage().maxRSS / KB_PER_MB;
const [seconds, customersSeconds] = [ms, customersMs].map((time) => time / MS_PER_SECOND);
process.stdout.write(JSON.stringify({ ...done, seconds, customersSeconds, maxMb }));
await pool.end();
