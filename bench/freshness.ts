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

/** The time from sending a webhook until its points can be read, with web and one worker running. */
export async function benchFreshness(run: BenchRun): Promise<Figure[]> {
  await prepare({ build: true });
  return withShop(run, async ({ url }) => {
    const web = await startServer(run, {
      name: 'web',
      file: 'server.ts',
      databaseUrl: url,
      readyPath: '/healthz',
    });
    const worker = startWorker(run, url);
    try {
      return figuresOf(await withClient(url, (client) => measureDelays(client, web.port)));
    } finally {
      await web.stop();
      await worker.stop();
    }
  });
}

function figuresOf(delays: readonly number[]): Figure[] {
  const what = (name: string) => `webhook sent to points visible, ${PER_SECOND} orders/s: ${name}`;
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
