import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';

const FOLDER = import.meta.dirname;
const CLI = path.resolve(FOLDER, '../../../node_modules/@remix-run/dev/dist/cli.js');
const BUILD = path.join(FOLDER, 'build', 'server', 'index.js');

/** Builds the stock app unless its build is newer than its sources. Throws with what the build said. */
export function buildStockRemix(): void {
  if (fs.existsSync(BUILD) && fs.statSync(BUILD).mtimeMs > newestSource()) return;
  const { status, stdout, stderr } = spawnSync(process.execPath, [CLI, 'vite:build', '.'], {
    cwd: FOLDER,
    encoding: 'utf8',
    env: { ...process.env, NODE_ENV: 'production' },
  });
  if (status !== 0) throw new Error(`The stock Remix app could not be built:\n${stdout}\n${stderr}`);
}

function newestSource(): number {
  const files = fs
    .readdirSync(path.join(FOLDER, 'app'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name));
  return Math.max(
    ...[...files, path.join(FOLDER, 'vite.config.ts')].map((file) => fs.statSync(file).mtimeMs),
  );
}
