import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import { prepare } from '../scripts/prepare.ts';
import { startServer, startWorker } from './lib/app-process.ts';
import type { BenchRun } from './lib/bench-server.ts';
import { figure, type Figure } from './lib/figures.ts';
import { percentile } from './lib/measure.ts';
import { withClient } from './lib/shop-rows.ts';
import { sendOrderPaid } from './lib/webhook-requests.ts';
import { withShop } from './lib/with-shop.ts';

const PER_SECOND = 50;
const SECONDS = 20;
const WARM_UP_SECONDS = 3;
const FIRST_ORDER = 7_200_000_000_000;
/** How often the ledger is polled; half of it is the measurement's own error. */
const LOOK_MS = 10;
const PATIENCE_MS = 30_000;

const IMPORT_ROWS = Number(process.env.BENCH_ROWS ?? 100_000);

/** Two other shops: one whose import is checked, and one whose import gives opening balances to known customers. */
async function fillImports(client: pg.Client): Promise<void> {
  await client.query(
    `INSERT INTO shops (shop_id, domain, name, currency, country, locale, time_zone, installed_at)
     SELECT n, 'import' || n || '.myshopify.com', 'Import', 'IDR', 'ID', 'id', 'Asia/Jakarta', '2020-01-01' FROM generate_series(2, 3) AS n`,
  );
  await client.query('INSERT INTO club_settings (shop_id) VALUES (2), (3)');
  await client.query(
    `INSERT INTO imports (shop_id, state, file_name, file_bytes, file_sha256, actor, run_by, started_at, source, mapping, read_up_to)
     SELECT shop_id, CASE WHEN shop_id = 2 THEN 'checking' ELSE 'running' END, 'a.csv', 1, '', 'staff:1', 'staff:1', now(),
       '{"sheet": null, "headingRow": 1, "isFrom1904": false, "dialect": null, "templateVersion": null, "headings": {"A": "Nama", "B": "No HP", "C": "Poin awal"}}',
       '{"A": "fullName", "B": "phone", "C": "openingPoints"}', $1 FROM shops WHERE shop_id > 1`,
    [IMPORT_ROWS],
  );
  await client.query(
    `INSERT INTO customers (shop_id, customer_id, phone) SELECT 3, 8000000 + n, '+62811' || (10000000 + n) FROM generate_series(1, $1) AS n`,
    [IMPORT_ROWS],
  );
  await client.query(
    `INSERT INTO import_rows (shop_id, import_id, row_number, raw, values, verdict, phone)
     SELECT shop_id, import_id, n + 1, json_build_object('A', 'Siti ' || n, 'B', '0811' || (10000000 + n), 'C', 5),
       json_build_object('phone', '+62811' || (10000000 + n), 'openingPoints', 5), 'updated', '+62811' || (10000000 + n)
     FROM imports, generate_series(1, $1) AS n`,
    [IMPORT_ROWS],
  );
}

/**
 * The time from sending a webhook until its points can be read, with web and one worker running; and the same while other
 * shops import.
 */
export async function benchFreshness(run: BenchRun): Promise<Figure[]> {
  await prepare({ build: true });
  return [...(await measure(run, '')), ...(await measure(run, ', while other shops import', fillImports))];
}

function measure(run: BenchRun, how: string, fill?: (client: pg.Client) => Promise<void>): Promise<Figure[]> {
  const work = async ({ url }: { url: string }) => {
    const web = await startServer(run, {
      name: 'web',
      file: 'server.ts',
      databaseUrl: url,
      readyPath: '/healthz',
    });
    const worker = startWorker(run, url);
    try {
      return figuresOf(await withClient(url, (client) => measureDelays(client, web.port)), how);
    } finally {
      await web.stop();
      await worker.stop();
    }
  };
  return withShop(run, work, fill);
}

function figuresOf(delays: readonly number[], how: string): Figure[] {
  const what = (name: string) => `webhook sent to points visible, ${PER_SECOND} orders/s${how}: ${name}`;
  const bench = 'freshness';
  return [
    figure({ bench, figure: what('p95'), unit: 'ms', target: '< 1000 ms' }, percentile(delays, 0.95)),
    figure({ bench, figure: what('median'), unit: 'ms' }, percentile(delays, 0.5)),
  ];
}

/** Sends at an even pace while polling; returns the delays in ms of those sent after the warm-up. */
async function measureDelays(client: pg.Client, port: number): Promise<number[]> {
  const sentAt = new Map<string, number>();
  const delays: number[] = [];
  const sending = sendEvenly(port, sentAt);
  let isSending = true;
  const all = sending.finally(() => (isSending = false));
  // Awaited below; must not count as unhandled before.
  all.catch(() => undefined);
  const deadline = performance.now() + (WARM_UP_SECONDS + SECONDS) * 1_000 + PATIENCE_MS;
  while (isSending || sentAt.size > 0) {
    if (performance.now() > deadline) throw new Error(`${sentAt.size} orders never got their points`);
    const { rows } = await client.query<{ order_id: string }>({
      name: 'look',
      text: 'SELECT order_id::text FROM ledger_entries WHERE shop_id = 1 AND order_id = ANY($1::bigint[])',
      values: [[...sentAt.keys()]],
    });
    const now = performance.now();
    for (const { order_id: order } of rows) {
      const sent = sentAt.get(order) ?? now;
      sentAt.delete(order);
      if (Number(order) - FIRST_ORDER >= WARM_UP_SECONDS * PER_SECOND) delays.push(now - sent);
    }
    await sleep(LOOK_MS);
  }
  await all;
  return delays;
}

/** Sends on schedule whatever the previous results; a refused webhook fails the bench. */
async function sendEvenly(port: number, sentAt: Map<string, number>): Promise<void> {
  const start = performance.now();
  const sends: Promise<void>[] = [];
  for (let index = 0; index < (WARM_UP_SECONDS + SECONDS) * PER_SECOND; index += 1) {
    const wait = start + (index * 1_000) / PER_SECOND - performance.now();
    if (wait > 0) await sleep(wait);
    const order = String(FIRST_ORDER + index);
    sentAt.set(order, performance.now());
    sends.push(sendOrderPaid(port, order));
  }
  await Promise.all(sends);
}
