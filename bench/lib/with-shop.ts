/** What a bench begins with: a database with a shop in it, and processes that read it. */
import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import type pg from 'pg';
import type { Sandbox } from '#sandbox/sandbox.ts';
import type { Throttle } from '../../sandbox/shopify/admin-graphql/cost.ts';
import type { ScratchDatabase } from '../../scripts/lib/scratch-database.ts';
import { openClub } from '../../scripts/lib/shop-visit.ts';
import { startServices, type Services } from '../../scripts/services.ts';
import { appEnvironment, profilingFlags } from './app-process.ts';
import type { BenchRun } from './bench-server.ts';
import { figure, type Figure } from './figures.ts';
import { accessToken, insertSandboxShop, SANDBOX_SHOP, startQuietSandbox } from './sandbox-shop.ts';
import { insertShop, withClient } from './shop-rows.ts';

type Fill = (client: pg.Client) => Promise<void>;

/** A database with our tables, the benches' shop, and what `fill` adds; vacuumed, so that no run waits for that. */
export async function createShopDatabase(run: BenchRun, fill?: Fill): Promise<ScratchDatabase> {
  const database = await run.createMigratedDatabase();
  await withClient(database.url, async (client) => {
    await insertShop(client);
    await fill?.(client);
    await client.query('VACUUM (ANALYZE, FREEZE)');
  });
  return database;
}

/** Runs `work` on a shop of its own, which is dropped afterwards. */
export async function withShop<T>(
  run: BenchRun,
  work: (database: ScratchDatabase) => Promise<T>,
  fill?: Fill,
): Promise<T> {
  const database = await createShopDatabase(run, fill);
  try {
    return await work(database);
  } finally {
    await database.drop();
  }
}

/** Makes a database once a run, by the first bench that needs it: making it takes longer than the benches. */
export function oncePerRun(
  make: (run: BenchRun) => Promise<ScratchDatabase>,
): (run: BenchRun) => Promise<ScratchDatabase> {
  const made = new WeakMap<BenchRun, Promise<ScratchDatabase>>();
  return (run) => {
    const database = made.get(run) ?? make(run);
    made.set(run, database);
    return database;
  };
}

/** More than a bench ever needs: it measures our time, not Shopify's rate limit. */
const SANDBOX_RESTORE_RATE = '1000000';

/** Runs `work` beside the web process and the sandbox, and the worker if wanted, with the app installed in the sandbox's shop. */
export async function withInstalledShop<T>(
  run: BenchRun,
  work: (services: Services) => Promise<T>,
  { worker = false }: { worker?: boolean } = {},
): Promise<T> {
  const database = await run.createMigratedDatabase();
  process.env.SANDBOX_RESTORE_RATE = SANDBOX_RESTORE_RATE;
  const services = await startServices({
    dataDir: path.join(run.dataDir, 'services'),
    databaseUrl: database.url,
    worker,
  });
  try {
    await openClub(services, SANDBOX_SHOP);
    return await work(services);
  } finally {
    await services.stop();
    await database.drop();
  }
}

interface ScriptOptions {
  args?: readonly string[];
  nodeFlags?: readonly string[];
  env?: Readonly<Record<string, string>>;
}

/** Runs a file of `bench/` in a process of its own with the app's environment, and returns what it prints. */
export async function runScript(
  file: string,
  databaseUrl: string,
  { args = [], nodeFlags = [], env = {} }: ScriptOptions = {},
): Promise<string> {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [...nodeFlags, ...profilingFlags(), path.resolve(import.meta.dirname, '..', file), ...args],
    { env: { ...process.env, ...appEnvironment(databaseUrl, 0), ...env }, maxBuffer: 10_000_000 },
  );
  return stdout;
}

/** One line of a script that reads as screens do. */
export interface Reading {
  name: string;
  unit: string;
  value: number;
  target?: string;
  /** Plain SQL's value in the same unit. */
  plain?: number;
  /** Another way's value in the same unit. */
  reference?: { value: number; name: string };
}

/** Runs a script that prints a `Reading` a line, and returns them as figures. */
export async function readFigures(
  bench: string,
  file: string,
  databaseUrl: string,
  nodeFlags: readonly string[] = [],
): Promise<Figure[]> {
  const lines = (await runScript(file, databaseUrl, { nodeFlags })).trim().split('\n');
  return lines
    .map((line): Reading => JSON.parse(line))
    .map(({ name, unit, value, target, plain, reference }) =>
      figure(
        { bench, figure: name, unit, ...(target === undefined ? {} : { target }) },
        value,
        plain === undefined ? reference : { value: plain, name: 'plain SQL' },
      ),
    );
}

/**
 * Runs a script as the worker of a shop of the sandbox, which `fillShop` fills, and returns the JSON that it prints. The
 * script gets the shop's domain and an access token. `throttle`: Shopify's limit, that of Plus by default.
 */
export async function runInSandboxShop(
  run: BenchRun,
  file: string,
  fillShop: (sandbox: Sandbox) => void,
  nodeFlags: readonly string[] = [],
  throttle?: Throttle,
): Promise<unknown> {
  const database = await run.createMigratedDatabase();
  await insertSandboxShop(database.url);
  const sandbox = await startQuietSandbox(throttle);
  try {
    fillShop(sandbox);
    const args = [SANDBOX_SHOP, await accessToken(sandbox)];
    const env = { SHOPIFY_SANDBOX_ORIGIN: sandbox.origin, LOG_LEVEL: 'error' };
    return JSON.parse(await runScript(file, database.url, { args, env, nodeFlags }));
  } finally {
    await sandbox.close();
    await database.drop();
  }
}
