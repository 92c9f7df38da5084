/**
 * Generates files from sources, only when the sources have changed: the Prisma client and the production build of the
 * web app. `--check` generates nothing and fails when something is missing or out of date.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const ROOT = path.resolve(import.meta.dirname, '..');
const LOCK = path.join(ROOT, '.cache', 'prepare.lock');
const LOCK_POLL_MS = 200;
const MESSAGE_LINES_MAX = 30;

export interface PrepareOptions {
  /** True when the web app is going to be started. */
  build: boolean;
}

/** A generated artefact: its name, its folder, its sources and the command (for Node) that generates it. */
interface Product {
  title: string;
  output: string;
  sources: string[];
  command: string[];
}

const PRISMA_CLIENT: Product = {
  title: 'Prisma client',
  output: path.join(ROOT, 'node_modules', '.prisma', 'client'),
  sources: ['prisma/schema.prisma', 'package-lock.json'],
  command: ['node_modules/prisma/build/index.js', 'generate'],
};

const WEB_APP: Product = {
  title: 'web app',
  output: path.join(ROOT, 'build'),
  sources: ['app', 'extensions/shared', 'public', 'vite.config.ts', 'package.json', 'package-lock.json'],
  command: ['node_modules/@remix-run/dev/dist/cli.js', 'vite:build'],
};

/**
 * Generates the Prisma client and, if asked, builds the web app. Two processes in one clone wait for each other.
 * @throws when a step fails; its output has been printed.
 */
export async function prepare({ build }: PrepareOptions): Promise<void> {
  await holdLock();
  try {
    for (const product of productsOf({ build })) make(product);
  } finally {
    fs.rmSync(LOCK, { force: true });
  }
}

/**
 * Generates nothing: for production, where a start must not change the installation.
 * @throws when something is missing or was generated from other sources.
 */
export function checkPrepared(options: PrepareOptions): void {
  const stale = productsOf(options).filter((product) => !isCurrent(product));
  if (stale.length === 0) return;
  const titles = stale.map(({ title }) => title).join(' and the ');
  throw new Error(
    `The ${titles} of these sources is not built, and production does not build by itself. Run npm run build: docs/operations.md`,
  );
}

function productsOf({ build }: PrepareOptions): Product[] {
  return build ? [PRISMA_CLIENT, WEB_APP] : [PRISMA_CLIENT];
}

function stampOf({ output }: Product): string {
  return path.join(output, '.setia-sources');
}

function isCurrent(product: Product): boolean {
  return readIfThere(stampOf(product)) === hashOf(product.sources);
}

function make(product: Product): void {
  const { title, sources, command } = product;
  if (isCurrent(product)) return;
  const hash = hashOf(sources);
  process.stdout.write(`Preparing the ${title} ...\n`);
  const { status, stdout, stderr } = spawnSync(process.execPath, command, {
    cwd: ROOT,
    encoding: 'utf8',
    // The build is also used outside tests: the NODE_ENV of a test run must not choose React's slow build.
    env: { ...process.env, NODE_ENV: 'production', PRISMA_HIDE_UPDATE_MESSAGE: '1' },
  });
  if (status !== 0)
    throw new Error(`Preparing the ${title} failed:\n${firstLines(stdout)}\n${firstLines(stderr)}`);
  fs.writeFileSync(stampOf(product), hash);
}

/** Rollup lists every file that it watches after its message. */
function firstLines(text: string): string {
  return text.split('\n').slice(0, MESSAGE_LINES_MAX).join('\n');
}

function hashOf(sources: string[]): string {
  const hash = createHash('sha256');
  for (const file of sources.flatMap((source) => filesBelow(path.join(ROOT, source))).sort()) {
    hash.update(path.relative(ROOT, file)).update('\0').update(fs.readFileSync(file)).update('\0');
  }
  return hash.digest('hex');
}

function filesBelow(source: string): string[] {
  if (!fs.existsSync(source)) return [];
  if (fs.statSync(source).isFile()) return [source];
  return fs
    .readdirSync(source, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name));
}

async function holdLock(): Promise<void> {
  fs.mkdirSync(path.dirname(LOCK), { recursive: true });
  for (;;) {
    try {
      fs.writeFileSync(LOCK, String(process.pid), { flag: 'wx' });
      return;
    } catch {
      if (!isAlive(Number(readIfThere(LOCK)))) fs.rmSync(LOCK, { force: true });
      else await sleep(LOCK_POLL_MS);
    }
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return pid > 0;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

function readIfThere(file: string): string | undefined {
  try {
    return fs.readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

if (import.meta.main) {
  try {
    const options = { build: process.argv.includes('--build') };
    if (process.argv.includes('--check')) checkPrepared(options);
    else await prepare(options);
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(1);
  }
}
