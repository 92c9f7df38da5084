/**
 * Starts the whole product on this machine: PostgreSQL, sandbox, web and worker, each a process of its own as in
 * production. The demo, the scenario and browser tests and the benchmarks all stand on it.
 */
import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { migrate } from '../prisma/migrate.ts';
import { SMTP_LOGIN } from '../sandbox/mail/login.ts';
import { PLATFORM_ACCOUNT } from '../sandbox/twilio/seed.ts';
import { startEmbeddedPostgres, type EmbeddedPostgres, type StopMode } from './embedded-postgres.ts';
import { freePort, isPortFree } from './lib/ports.ts';
import { startService, type ServiceProcess } from './lib/service-process.ts';
import { workerFlags } from './lib/worker-flags.ts';

const READY_TIMEOUT_MS = 180_000;
const POLL_MS = 50;
/** Written below `dataDir`, so that an ops command finds the demo it belongs to. */
export const ENVIRONMENT_FILE = 'environment.json';

/** The demo's app as Shopify would know it. No real secrets: the sandbox is the only place that accepts them. */
export const DEMO_APP = { apiKey: 'setia-demo-key', apiSecret: 'setia-demo-secret' };

export interface StartOptions {
  /** Folder for the cluster, the sandbox's memory, the token key and the logs. */
  dataDir: string;
  /** Port of the web app; without it any free one. */
  port?: number;
  /** Port of the sandbox; without it any free one. */
  sandboxPort?: number;
  /** A database that is there already; without it PostgreSQL is started below `dataDir`. */
  databaseUrl?: string;
  /** True (default) when data must survive a power cut; tests need not. */
  durable?: boolean;
  /** False when the caller starts the worker himself later (`startWorker`). */
  worker?: boolean;
  /** True when the sandbox shall remember its shops over a restart. */
  rememberSandbox?: boolean;
  /** True when web compiles the sources itself and shows a change at once (Vite) instead of serving the build. */
  development?: boolean;
  /** Environment for web and worker beyond what is set here. */
  env?: Record<string, string>;
  /** Called when a service ends by itself. */
  onUnexpectedEnd?: (message: string) => void;
}

/** The running product. Everything is stopped by `stop`, and also when this process ends. */
export interface Services {
  appUrl: string;
  sandboxUrl: string;
  databaseUrl: string;
  logDir: string;
  /** What web and worker were given; for an ops command on the same database. */
  env: Record<string, string>;
  startWorker(): void;
  stopWorker(): Promise<void>;
  /** Ends the worker by a signal, SIGKILL unless told otherwise. */
  killWorker(signal?: NodeJS.Signals): Promise<void>;
  restartWorker(): Promise<void>;
  restartWeb(): Promise<void>;
  /** Ends web by SIGKILL and starts it again; resolves when it answers. */
  killWeb(): Promise<void>;
  /** Stops the embedded PostgreSQL under the running services: in order, or as a crash. */
  stopPostgres(mode?: StopMode): Promise<void>;
  startPostgres(): Promise<void>;
  stop(): Promise<void>;
}

/** A port is in use; names the variable that chooses another. */
export class PortBusyError extends Error {
  constructor(port: number, variable: string) {
    super(
      `Port ${port} is in use by another program. Stop that one, or choose another port: ` +
        `${variable}=${port + 1} npm run demo`,
    );
    this.name = 'PortBusyError';
  }
}

/**
 * Starts everything and resolves when web and sandbox answer. The build must be there (scripts/prepare.ts).
 * @throws PortBusyError, or an Error that carries the last lines of the service that did not come up; what had
 * been started is stopped again.
 */
export async function startServices(options: StartOptions): Promise<Services> {
  const port = await choosePort(options.port, 'PORT');
  const sandboxPort = await choosePort(options.sandboxPort, 'SANDBOX_PORT');
  fs.mkdirSync(options.dataDir, { recursive: true });
  const postgres = options.databaseUrl === undefined ? await startPostgres(options) : undefined;
  const databaseUrl = options.databaseUrl ?? postgres?.url ?? '';
  const smtpPort = await freePort();
  const running = new ServiceGroup(options, { port, sandboxPort, smtpPort, databaseUrl });
  try {
    await migrate(databaseUrl);
    writeEnvironment(options.dataDir, running.env);
    running.start('sandbox');
    running.start('web');
    if (options.worker !== false) running.start('worker');
    await running.waitUntilReady('sandbox', `${running.sandboxUrl}/_control/clock`);
    await running.waitUntilReady('web', `${running.appUrl}/healthz`);
    if (options.worker !== false) await running.ensureRunning('worker');
  } catch (error) {
    await running.stopAll();
    await postgres?.stop();
    throw error;
  }
  return {
    appUrl: running.appUrl,
    sandboxUrl: running.sandboxUrl,
    databaseUrl,
    logDir: running.logDir,
    env: running.env,
    startWorker: () => running.start('worker'),
    stopWorker: () => running.stop('worker'),
    killWorker: (signal = 'SIGKILL') => running.kill('worker', signal),
    async restartWorker() {
      await running.stop('worker');
      running.start('worker');
    },
    async restartWeb() {
      await running.stop('web');
      running.start('web');
      await running.waitUntilReady('web', `${running.appUrl}/healthz`);
    },
    async killWeb() {
      await running.kill('web', 'SIGKILL');
      running.start('web');
      await running.waitUntilReady('web', `${running.appUrl}/healthz`);
    },
    stopPostgres: (mode) => owned(postgres).stop(mode),
    startPostgres: () => owned(postgres).start(),
    async stop() {
      await running.stopAll();
      await postgres?.stop();
    },
  };
}

async function choosePort(wanted: number | undefined, variable: string): Promise<number> {
  if (wanted === undefined) return freePort();
  if (!(await isPortFree(wanted))) throw new PortBusyError(wanted, variable);
  return wanted;
}

function startPostgres({ dataDir, durable = true }: StartOptions): Promise<EmbeddedPostgres> {
  return startEmbeddedPostgres({ dataDir, durable });
}

function owned(postgres: EmbeddedPostgres | undefined): EmbeddedPostgres {
  if (postgres && !postgres.isGuest) return postgres;
  throw new Error('The database was not started here, so it is not ours to stop.');
}

type ServiceName = 'sandbox' | 'web' | 'worker';
const FILES: Record<ServiceName, string> = {
  sandbox: 'sandbox/main.ts',
  web: 'server.ts',
  worker: 'app/jobs/worker.ts',
};
/** Web and worker first: they finish what they have begun while the sandbox still answers. */
const STOP_ORDER: ServiceName[][] = [['web', 'worker'], ['sandbox']];

class ServiceGroup {
  readonly appUrl: string;
  readonly sandboxUrl: string;
  readonly logDir: string;
  readonly env: Record<string, string>;
  readonly #options: StartOptions;
  readonly #sandboxEnv: Record<string, string>;
  readonly #processes = new Map<ServiceName, ServiceProcess>();
  /** Those that we are ending ourselves. */
  readonly #ending = new Set<ServiceProcess>();

  constructor(
    options: StartOptions,
    at: { port: number; sandboxPort: number; smtpPort: number; databaseUrl: string },
  ) {
    this.#options = options;
    this.appUrl = `http://127.0.0.1:${at.port}`;
    this.sandboxUrl = `http://127.0.0.1:${at.sandboxPort}`;
    this.logDir = path.join(options.dataDir, 'logs');
    const app = { SHOPIFY_API_KEY: DEMO_APP.apiKey, SHOPIFY_API_SECRET: DEMO_APP.apiSecret };
    this.env = {
      ...app,
      NODE_ENV: 'production',
      HOST: '127.0.0.1',
      PORT: String(at.port),
      DATABASE_URL: at.databaseUrl,
      SHOPIFY_APP_URL: this.appUrl,
      SHOPIFY_SANDBOX_ORIGIN: this.sandboxUrl,
      TWILIO_ACCOUNT_SID: PLATFORM_ACCOUNT.sid,
      TWILIO_AUTH_TOKEN: PLATFORM_ACCOUNT.authToken,
      TWILIO_BASE_URL: this.sandboxUrl,
      SMTP_HOST: '127.0.0.1',
      SMTP_PORT: String(at.smtpPort),
      SMTP_SECURITY: 'none',
      SMTP_USER: SMTP_LOGIN.user,
      SMTP_PASSWORD: SMTP_LOGIN.password,
      MAIL_FROM: 'club@setia.example',
      APP_BRIDGE_URL: `${this.sandboxUrl}/app-bridge.js`,
      TOKEN_ENCRYPTION_KEYS: `demo:${tokenKey(options.dataDir)}`,
      FILES_DIR: path.join(path.resolve(options.dataDir), 'files'),
      ...options.env,
    };
    this.#sandboxEnv = {
      ...app,
      SANDBOX_PORT: String(at.sandboxPort),
      SANDBOX_SMTP_PORT: String(at.smtpPort),
      APP_URL: this.appUrl,
      ...(options.rememberSandbox ? { SANDBOX_SNAPSHOT: path.join(options.dataDir, 'sandbox.json') } : {}),
    };
  }

  start(name: ServiceName): void {
    if (this.#processes.get(name)?.isRunning()) throw new Error(`${name} runs already`);
    const service = startService({
      name,
      file: FILES[name],
      nodeFlags: name === 'worker' ? workerFlags() : [],
      env: this.#envOf(name),
      logDir: this.logDir,
    });
    this.#processes.set(name, service);
    void service.ended.then((how) => {
      if (!this.#ending.has(service)) this.#options.onUnexpectedEnd?.(explainEnd(service, how));
    });
  }

  #envOf(name: ServiceName): Record<string, string> {
    if (name === 'sandbox') return this.#sandboxEnv;
    return name === 'web' && this.#options.development ? { ...this.env, NODE_ENV: 'development' } : this.env;
  }

  async stop(name: ServiceName): Promise<void> {
    const service = this.#processes.get(name);
    if (!service) return;
    this.#ending.add(service);
    await service.stop();
  }

  async kill(name: ServiceName, signal: NodeJS.Signals): Promise<void> {
    const service = this.#processes.get(name);
    if (!service) return;
    this.#ending.add(service);
    await service.kill(signal);
  }

  async stopAll(): Promise<void> {
    for (const names of STOP_ORDER) await Promise.all(names.map((name) => this.stop(name)));
  }

  /** Throws with what it wrote when the service has ended. */
  async ensureRunning(name: ServiceName): Promise<void> {
    const service = this.#processes.get(name);
    if (service && !service.isRunning()) throw new Error(explainEnd(service, await service.ended));
  }

  async waitUntilReady(name: ServiceName, url: string): Promise<void> {
    const service = this.#processes.get(name);
    if (!service) throw new Error(`${name} was not started`);
    const deadline = Date.now() + READY_TIMEOUT_MS;
    while (!(await answers(url))) {
      if (!service.isRunning()) throw new Error(explainEnd(service, await service.ended));
      if (Date.now() > deadline) throw new Error(explainEnd(service, `did not answer at ${url} in 60 s`));
      await sleep(POLL_MS);
    }
  }
}

function explainEnd(service: ServiceProcess, how: string): string {
  return `The ${service.name} ${how}. The end of ${service.logFile}:\n${service.lastLines()}`;
}

async function answers(url: string): Promise<boolean> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(2_000) });
    await response.arrayBuffer();
    return response.ok;
  } catch {
    return false;
  }
}

/** Made once for a data folder: tokens that are stored there must stay readable. */
function tokenKey(dataDir: string): string {
  const file = path.join(dataDir, 'token-key');
  if (!fs.existsSync(file)) fs.writeFileSync(file, randomBytes(32).toString('base64'), { mode: 0o600 });
  return fs.readFileSync(file, 'utf8').trim();
}

/** Readable by the owner alone: it holds the password of the database. */
function writeEnvironment(dataDir: string, env: Record<string, string>): void {
  fs.writeFileSync(path.join(dataDir, ENVIRONMENT_FILE), JSON.stringify(env), { mode: 0o600 });
}
