/**
 * Makes what is generated from sources, only when the sources have changed: the Prisma client and the
 * production build of the web app.
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

const CLIENT_SOURCES = ['prisma/schema.prisma', 'package-lock.json'];
const BUILD_SOURCES = [
  'app',
  'extensions/shared',
  'public',
  'vite.config.ts',
  'package.json',
  'package-lock.json',
];
const CLIENT = path.join(ROOT, 'node_modules', '.prisma', 'client');
const BUILD = path.join(ROOT, 'build');

export interface PrepareOptions {
  /** True when the web app is going to be started. */
  build: boolean;
}

/**
 * Generates the Prisma client and, if asked, builds the web app. Two processes in one clone wait for each other.
 * @throws when a step fails; its output has been printed.
 */
export async function prepare({ build }: PrepareOptions): Promise<void> {
  await holdLock();
  try {
    step('Prisma client', CLIENT, CLIENT_SOURCES, ['node_modules/prisma/build/index.js', 'generate']);
    if (build)
      step('web app', BUILD, BUILD_SOURCES, ['node_modules/@remix-run/dev/dist/cli.js', 'vite:build']);
  } finally {
    fs.rmSync(LOCK, { force: true });
  }
}

function step(title: string, output: string, sources: string[], command: string[]): void {
  const stamp = path.join(output, '.setia-sources');
  const hash = hashOf(sources);
  if (readIfThere(stamp) === hash) return;
  process.stdout.write(`Preparing the ${title} ...\n`);
  const { status, stdout, stderr } = spawnSync(process.execPath, command, {
    cwd: ROOT,
    encoding: 'utf8',
    // What is built here is served by others: the NODE_ENV of a test run must not choose React's slow build.
    env: { ...process.env, NODE_ENV: 'production', PRISMA_HIDE_UPDATE_MESSAGE: '1' },
  });
  if (status !== 0)
    throw new Error(`Preparing the ${title} failed:\n${firstLines(stdout)}\n${firstLines(stderr)}`);
  fs.writeFileSync(stamp, hash);
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
    await prepare({ build: process.argv.includes('--build') });
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(1);
  }
}
