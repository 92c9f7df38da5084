/**
 * `node bench/run-backfill.ts <shop> <token>`: a backfill of all the shop's orders, as the worker would do it, and
 * its undoing. Prints seconds by state and the process's peak memory, as JSON.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { pool } from '#app/db.server.ts';
import { moveBackfill } from '#app/modules/earning/backfill/move-backfill.server.ts';
import { startBackfill } from '#app/modules/earning/backfill/start-backfill.server.ts';
import { processBackfills } from '#app/modules/earning/backfill/process-backfills.server.ts';
import { storeOfflineSession } from './lib/store-session.ts';

const LOOK_MS = 50;
const MS_PER_SECOND = 1_000;
const KB_PER_MB = 1_024;

const [, , domain = '', accessToken = ''] = process.argv;
await storeOfflineSession(domain, accessToken);
const shops = await pool.query<{ shop_id: bigint }>('SELECT shop_id FROM shops WHERE domain = $1', [domain]);
const shopId = shops.rows[0]?.shop_id ?? 0n;
const started = await startBackfill({ shopId, startsOn: '2020-01-01', actor: 'bench' });
if (!started.ok) throw new Error(started.reason);
const key = { shopId, backfillId: started.backfillId };

interface Row {
  state: string;
  orders: number;
}

async function look(): Promise<Row> {
  const { rows } = await pool.query<Row>(
    'SELECT state, orders_found AS orders FROM backfills WHERE shop_id = $1',
    [shopId],
  );
  return rows[0] ?? { state: 'gone', orders: 0 };
}

/** Returns the seconds until the backfill is in this state, without the time in which Shopify collects. */
async function workUntil(state: string): Promise<number> {
  let ms = 0;
  for (;;) {
    const start = performance.now();
    await processBackfills();
    const now = (await look()).state;
    if (now !== 'collecting') ms += performance.now() - start;
    if (now === state) return ms / MS_PER_SECOND;
    if (now === 'failed') throw new Error('the backfill failed');
    await sleep(LOOK_MS);
  }
}

const ready = await workUntil('ready');
const { orders } = await look();
const collectMb = process.resourceUsage().maxRSS / KB_PER_MB;
await moveBackfill(key, 'run');
const done = await workUntil('done');
await moveBackfill(key, 'undo');
const undone = await workUntil('undone');
const maxMb = process.resourceUsage().maxRSS / KB_PER_MB;
process.stdout.write(JSON.stringify({ orders, ready, done, undone, collectMb, maxMb }));
await pool.end();
