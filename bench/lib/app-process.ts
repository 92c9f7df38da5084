import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '../../scripts/lib/ports.ts';
import { startService, type ServiceProcess } from '../../scripts/lib/service-process.ts';
import { workerFlags } from '../../scripts/lib/worker-flags.ts';
import { DEMO_APP } from '../../scripts/services.ts';
import type { BenchRun } from './bench-server.ts';

const READY_TIMEOUT_MS = 30_000;
const POLL_MS = 50;
/** How much of a server's log goes into the message when it doesn't start. */
const LAST_CHARACTERS = 2_000;

/** A process of the bench that serves HTTP. */
export interface ListeningProcess {
  port: number;
  stop(): Promise<void>;
}

/** The environment of web and worker in production, against `databaseUrl`; Shopify is not asked. */
export function appEnvironment(databaseUrl: string, port: number): Record<string, string> {
  return {
    NODE_ENV: 'production',
    HOST: '127.0.0.1',
    PORT: String(port),
    DATABASE_URL: databaseUrl,
    SHOPIFY_API_KEY: DEMO_APP.apiKey,
    SHOPIFY_API_SECRET: DEMO_APP.apiSecret,
    SHOPIFY_APP_URL: `http://127.0.0.1:${port}`,
    // Port 9 (discard) refuses, so requests to Shopify fail at once.
    SHOPIFY_SANDBOX_ORIGIN: 'http://127.0.0.1:9',
    TOKEN_ENCRYPTION_KEYS: `bench:${Buffer.alloc(32, 7).toString('base64')}`,
  };
}

/** Flags for node itself in the processes that are measured, such as `--cpu-prof`. */
export function profilingFlags(): string[] {
  return (process.env.BENCH_NODE_FLAGS ?? '').split(' ').filter((flag) => flag !== '');
}

/** Starts our worker on this database, with flags for node itself for profiling. */
export function startWorker(
  run: BenchRun,
  databaseUrl: string,
  env: Readonly<Record<string, string>> = {},
): ServiceProcess {
  return startService({
    name: 'worker',
    file: 'app/jobs/worker.ts',
    nodeFlags: [...workerFlags(), ...profilingFlags()],
    env: { ...appEnvironment(databaseUrl, 0), ...env },
    logDir: path.join(run.dataDir, 'logs'),
  });
}

/**
 * Starts a server on a free port with our environment and waits until `GET readyPath` responds. Throws with the
 * server's last lines when it doesn't start.
 */
export async function startServer(
  run: BenchRun,
  server: {
    name: string;
    file: string;
    databaseUrl: string;
    readyPath: string;
    env?: Readonly<Record<string, string>>;
  },
): Promise<ListeningProcess> {
  const port = await freePort();
  const { name, file } = server;
  const nodeFlags = profilingFlags();
  const env = { ...appEnvironment(server.databaseUrl, port), ...server.env };
  const service = startService({ name, file, nodeFlags, env, logDir: path.join(run.dataDir, 'logs') });
  const deadline = Date.now() + READY_TIMEOUT_MS;
  while (!(await answers(`http://127.0.0.1:${port}${server.readyPath}`))) {
    if (service.isRunning() && Date.now() < deadline) await sleep(POLL_MS);
    else throw new Error(`${name} did not come up:\n${service.lastLines().slice(-LAST_CHARACTERS)}`);
  }
  return { port, stop: () => service.stop() };
}

async function answers(url: string): Promise<boolean> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(2_000) });
    await response.arrayBuffer();
    return true;
  } catch {
    return false;
  }
}
