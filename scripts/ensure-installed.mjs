/**
 * Runs before every npm script: installs the packages when they are missing or older than package-lock.json and
 * generates the Prisma client; `--build` builds the web app too. Each only when its sources have changed. Plain JavaScript without a dependency, because it runs on the machine's own Node (20.20 or
 * newer) before anything is there; what follows runs on the Node 24 that the installation brings along.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const lockFile = path.join(root, 'package-lock.json');
const stampFile = path.join(root, 'node_modules', '.setia-lock-hash');
/** npm writes it last: without it the installation was interrupted. */
const installedFile = path.join(root, 'node_modules', '.package-lock.json');

const hash = createHash('sha256').update(fs.readFileSync(lockFile)).digest('hex');

if (!isInstalled()) {
  install();
  fs.writeFileSync(stampFile, hash);
}
prepare();

/** Also true right after somebody ran npm by hand. An image built for production is what it is. */
function isInstalled() {
  if (!fs.existsSync(installedFile)) return false;
  if (process.env.NODE_ENV === 'production') return true;
  if (fs.existsSync(stampFile) && fs.readFileSync(stampFile, 'utf8') === hash) return true;
  return fs.statSync(installedFile).mtimeMs >= fs.statSync(lockFile).mtimeMs;
}

/**
 * `npm install` and not `npm ci`: both install what package-lock.json says, but `ci` refuses a lock in which the
 * optional packages of other platforms are missing, as they are where a registry does not carry them.
 */
function install() {
  process.stdout.write('Installing the packages of package-lock.json, a minute or two the first time ...\n');
  // npm names itself when it runs a script; without it (node scripts/ensure-installed.mjs) the PATH is asked.
  const npm = process.env.npm_execpath;
  const [command, ...first] = npm?.endsWith('.js') ? [process.execPath, npm] : ['npm'];
  // In development and tests the development packages are needed whatever NODE_ENV says. Warnings are left out:
  // dozens of packages ask for the newer Node that is just being installed.
  const args = [...first, 'install', '--no-save', '--include=dev', '--loglevel=error'];
  const { status, error } = spawnSync(command, args, { cwd: root, stdio: 'inherit' });
  if (status === 0) return;
  const reason = error ? `: ${error.message}` : '';
  process.stderr.write(`\nThe packages could not be installed${reason}. Is the npm registry reachable?\n`);
  process.exit(1);
}

/** Under the Node that was installed: `node` of this process may be too old for TypeScript. */
function prepare() {
  const node = path.join(root, 'node_modules', '.bin', 'node');
  const args = [path.join(root, 'scripts', 'prepare.ts'), ...process.argv.slice(2)];
  const { status } = spawnSync(node, args, { cwd: root, stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}
