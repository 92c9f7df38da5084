import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { wakeTask } from '#app/lib/wake-task.server.ts';
import type { Sandbox } from '#sandbox/sandbox.ts';
import { findMetafield } from '../sandbox/shopify/admin-graphql/sources/metafield.ts';
import { prepare } from '../scripts/prepare.ts';
import { startServer, startWorker } from './lib/app-process.ts';
import type { BenchRun } from './lib/bench-server.ts';
import { figure, type Figure } from './lib/figures.ts';
import { percentile } from './lib/measure.ts';
import {
  accessToken,
  copyCustomers,
  insertSandboxShop,
  SANDBOX_SHOP,
  startQuietSandbox,
} from './lib/sandbox-shop.ts';
import { withClient } from './lib/shop-rows.ts';
import { sendOrderPaid } from './lib/webhook-requests.ts';
import { runInSandboxShop, runScript } from './lib/with-shop.ts';

/** `BENCH_STANDINGS=2000 BENCH_SECONDS=5 npm run bench -- standings` is a small run. */
const CUSTOMERS = Number(process.env.BENCH_STANDINGS ?? 100_000);
const SECONDS = Number(process.env.BENCH_SECONDS ?? 20);
const WARM_UP_SECONDS = 5;
const PER_SECOND = 50;
const FIRST_ORDER = 7_200_000_000_000;
/** How often Shopify's stand-in is looked into; half of it is the measurement's own error. */
const LOOK_MS = 20;
const PATIENCE_MS = 60_000;
const MS_PER_SECOND = 1_000;

/** Points that a call with 25 metafields costs, of what a shop has. */
const POINTS_A_CALL = 10;
const METAFIELDS_A_CALL = 25;
/** A faster plan allows more than the sandbox can answer on the cores that it shares with us. */
const STANDARD = { maximumAvailable: 2_000, restoreRate: 100 };

const runSchema = z.object({ customers: z.number(), seconds: z.number(), waitedSeconds: z.number() });

/**
 * How far behind the ledger what themes show without asking is: at 50 orders a second, with web and one worker running; and
 * how long a shop with many customers takes to be brought in step once, beside what Shopify's limit allows.
 */
export async function benchStandings(run: BenchRun): Promise<Figure[]> {
  await prepare({ build: true });
  return [...(await behindOrders(run)), ...(await allAtOnce(run))];
}

async function allAtOnce(run: BenchRun): Promise<Figure[]> {
  const result = await runInSandboxShop(
    run,
    'run-standings.ts',
    (sandbox) => copyCustomers(sandbox, CUSTOMERS),
    [],
    STANDARD,
  );
  const { customers, seconds, waitedSeconds } = runSchema.parse(result);
  run.tell(
    `  ${customers} customers: ${Math.round(seconds)} s, of which ${Math.round(waitedSeconds)} s waiting`,
  );
  const points = Math.ceil(customers / METAFIELDS_A_CALL) * POINTS_A_CALL;
  const allowed = Math.max(0, points - STANDARD.maximumAvailable) / STANDARD.restoreRate;
  const what = {
    bench: 'standings',
    figure: `${customers.toLocaleString('en')} customers' metafields brought in step, Standard`,
    unit: 's',
  };
  // A small run fits into the budget that a shop has saved up: there is no limit to compare with.
  return allowed > 0
    ? [figure({ ...what, target: 'ratio <= 1.25' }, seconds, { value: allowed, name: 'the limit' })]
    : [figure(what, seconds)];
}

async function behindOrders(run: BenchRun): Promise<Figure[]> {
  const database = await run.createMigratedDatabase();
  await insertSandboxShop(database.url);
  const sandbox = await startQuietSandbox();
  const total = (WARM_UP_SECONDS + SECONDS) * PER_SECOND;
  copyCustomers(sandbox, sandbox.world.shop(SANDBOX_SHOP).customers.length + total, FIRST_ORDER);
  const env = { SHOPIFY_SANDBOX_ORIGIN: sandbox.origin, LOG_LEVEL: 'error' };
  const args = [SANDBOX_SHOP, await accessToken(sandbox)];
  await runScript('run-store-session.ts', database.url, { args, env });
  // As when a theme asks for the first time.
  await withClient(database.url, async (client) => {
    await client.query('INSERT INTO standing_settings (shop_id) SELECT shop_id FROM shops');
    await wakeTask(client, 'write-standings');
  });
  const { url: databaseUrl } = database;
  const web = await startServer(run, {
    name: 'web',
    file: 'server.ts',
    databaseUrl,
    readyPath: '/healthz',
    env,
  });
  const worker = startWorker(run, databaseUrl, env);
  try {
    const delays = await measureDelays(sandbox, web.port, total);
    const of = (name: string, target?: string) => ({
      bench: 'standings',
      figure: `webhook sent to the customer's metafield at Shopify, ${PER_SECOND} orders/s: ${name}`,
      unit: 'ms',
      ...(target === undefined ? {} : { target }),
    });
    return [
      figure(of('p95'), percentile(delays, 0.95)),
      figure(of('longest', '< 5000 ms'), Math.max(...delays)),
      figure(of('median'), percentile(delays, 0.5)),
    ];
  } finally {
    await web.stop();
    await worker.stop();
    await sandbox.close();
    await database.drop();
  }
}

/** Sends at an even pace while looking into the stand-in; returns the delays in ms of those sent after the warm-up. */
async function measureDelays(sandbox: Sandbox, port: number, total: number): Promise<number[]> {
  const owners = new Map(
    sandbox.world.shop(SANDBOX_SHOP).customers.map((customer) => [customer.id, customer]),
  );
  const isInStep = (id: number): boolean => {
    const held = findMetafield(owners.get(id) ?? {}, '$app', 'standing');
    return held !== undefined && JSON.parse(held.value).points !== '0';
  };
  const sentAt = new Map<number, number>();
  const delays: number[] = [];
  const sending = sendEvenly(port, total, sentAt);
  let isSending = true;
  const all = sending.finally(() => (isSending = false));
  // Awaited below; must not count as unhandled before.
  all.catch(() => undefined);
  const deadline = performance.now() + (total / PER_SECOND) * MS_PER_SECOND + PATIENCE_MS;
  while (isSending || sentAt.size > 0) {
    if (performance.now() > deadline) throw new Error(`${sentAt.size} customers were never brought in step`);
    const now = performance.now();
    for (const [id, at] of sentAt) {
      if (!isInStep(id)) continue;
      sentAt.delete(id);
      if (id - FIRST_ORDER >= WARM_UP_SECONDS * PER_SECOND) delays.push(now - at);
    }
    await sleep(LOOK_MS);
  }
  await all;
  return delays;
}

/** Sends on schedule whatever the previous results; a refused webhook fails the bench. */
async function sendEvenly(port: number, total: number, sentAt: Map<number, number>): Promise<void> {
  const start = performance.now();
  const sends: Promise<void>[] = [];
  for (let index = 0; index < total; index += 1) {
    const wait = start + (index * MS_PER_SECOND) / PER_SECOND - performance.now();
    if (wait > 0) await sleep(wait);
    const order = FIRST_ORDER + index;
    sentAt.set(order, performance.now());
    sends.push(sendOrderPaid(port, String(order), SANDBOX_SHOP));
  }
  await Promise.all(sends);
}
