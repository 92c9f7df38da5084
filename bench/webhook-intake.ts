import type pg from 'pg';
import type { ScratchDatabase } from '../scripts/lib/scratch-database.ts';
import { prepare } from '../scripts/prepare.ts';
import { startServer } from './lib/app-process.ts';
import type { BenchRun } from './lib/bench-server.ts';
import { figure, type Figure } from './lib/figures.ts';
import { load, type LoadResult } from './lib/load.ts';
import { alternate, medianOf } from './lib/measure.ts';
import { SHOP, withClient } from './lib/shop-rows.ts';
import { makeWebhookRequests } from './lib/webhook-requests.ts';
import { withShop } from './lib/with-shop.ts';
import { buildStockRemix } from './references/stock-remix/build.ts';

const CONNECTIONS = 32;
const WARM_UP_SECONDS = 2;
const SECONDS = 5;
const ROUNDS = 5;

const BENCH = 'webhook-intake';
const BARE = 'bare http + HMAC + INSERT';
const STOCK = 'Remix + authenticate.webhook + Prisma';

/** Every variant is a process of its own with a database of its own; only one of them is asked at a time. */
const VARIANTS = {
  ours: { file: 'server.ts', readyPath: '/healthz' },
  bare: { file: 'bench/references/bare-intake.ts', readyPath: '/' },
  stock: { file: 'bench/references/stock-remix/server.ts', readyPath: '/' },
  answerOnly: { file: 'bench/references/answer-only.ts', readyPath: '/' },
};

/**
 * Webhooks a second and their p99 through our real server, with PostgreSQL and without a worker, beside a bare server
 * and the way of Shopify's template.
 */
export async function benchWebhookIntake(run: BenchRun): Promise<Figure[]> {
  await prepare({ build: true });
  buildStockRemix();
  const measure = (name: keyof typeof VARIANTS) => () => measureVariant(run, name);
  const results = await alternate<LoadResult>(ROUNDS, {
    ours: measure('ours'),
    bare: measure('bare'),
    stock: measure('stock'),
  });
  const ceiling = await measureVariant(run, 'answerOnly');
  const perSecond = (name: string): number => medianOf(results, name, (result) => result.perSecond);
  const p99 = (name: string): number => medianOf(results, name, (result) => result.p99Ms);
  const rate = { bench: BENCH, figure: 'webhooks of 9.9 KB, 32 connections', unit: 'requests/s' };
  const latency = { bench: BENCH, figure: 'p99 at 32 connections', unit: 'ms', target: '< 50 ms' };
  return [
    figure({ ...rate, target: 'ratio >= 1' }, perSecond('ours'), { value: perSecond('bare'), name: BARE }),
    figure({ ...rate, target: 'ratio >= 6' }, perSecond('ours'), { value: perSecond('stock'), name: STOCK }),
    figure(latency, p99('ours'), { value: p99('bare'), name: BARE }),
    figure(latency, p99('ours'), { value: p99('stock'), name: STOCK }),
    figure({ ...rate, figure: 'load generator against a server that only answers' }, ceiling.perSecond),
  ];
}

async function measureVariant(run: BenchRun, name: keyof typeof VARIANTS): Promise<LoadResult> {
  const result = await withShop(run, (database) => loadVariant(run, name, database), insertSession);
  run.tell(`  ${name}: ${Math.round(result.perSecond)}/s, p99 ${result.p99Ms.toFixed(1)} ms`);
  return result;
}

/** The stock way looks the shop's session up for each webhook, and finds one. */
async function insertSession(client: pg.Client): Promise<void> {
  await client.query(
    `INSERT INTO "Session" (id, shop, state, "accessToken", scope) VALUES ($1, $2, '', 'token', 'read_orders')`,
    [`offline_${SHOP}`, SHOP],
  );
}

async function loadVariant(
  run: BenchRun,
  name: keyof typeof VARIANTS,
  database: ScratchDatabase,
): Promise<LoadResult> {
  const server = await startServer(run, { name, databaseUrl: database.url, ...VARIANTS[name] });
  try {
    const result = await load({
      port: server.port,
      connections: CONNECTIONS,
      warmUpSeconds: WARM_UP_SECONDS,
      seconds: SECONDS,
      next: makeWebhookRequests(),
    });
    const sent = [...result.statuses.values()].reduce((sum, count) => sum + count, 0);
    const stored = await storedIn(database);
    const answered = result.statuses.get(200) ?? 0;
    if (answered !== sent) throw new Error(`${name} refused: ${JSON.stringify([...result.statuses])}`);
    if (name !== 'answerOnly' && stored !== sent) throw new Error(`${name} stored ${stored} of ${sent}`);
    return result;
  } finally {
    await server.stop();
  }
}

async function storedIn(database: ScratchDatabase): Promise<number> {
  const { rows } = await withClient(database.url, (client) =>
    client.query<{ count: number }>('SELECT count(*)::int AS count FROM webhook_events'),
  );
  return rows[0]?.count ?? 0;
}
