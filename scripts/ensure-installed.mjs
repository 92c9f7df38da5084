/**
 * Runs before every npm script: installs the packages when they are missing or older than package-lock.json and
 * generates the Prisma client; `--build` builds the web app too. Each only when its sources have changed.
 *
 * `--run` marks the scripts that run the product. With NODE_ENV=production they change nothing: they check that what
 * they need is there and name the command that makes it.
 *
 * Plain JavaScript without a dependency, because it runs on the machine's own Node (20.20 or newer) before anything is
 * there. What follows runs on the Node 24 of the development packages or, in an installation without them, on the
 * machine's.
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

const ownNode = path.join(root, 'node_modules', '.bin', 'node');
/** `import.meta.main`; TypeScript without a flag is older. */
const NODE_MIN = [24, 2];

const isProduction = process.env.NODE_ENV === 'production';
const mayChange = !(isProduction && process.argv.includes('--run'));

const hash = createHash('sha256').update(fs.readFileSync(lockFile)).digest('hex');

if (!isInstalled()) {
  if (!mayChange) {
    fail(
      'The packages are not installed, and production does not install them by itself. Run npm ci --omit=dev after a build: docs/operations.md',
    );
  }
  install();
  fs.writeFileSync(stampFile, hash);
}
prepare();

/** Also true right after npm was run by hand. In production what is installed is taken as it is. */
function isInstalled() {
  if (!fs.existsSync(installedFile)) return false;
  if (isProduction) return true;
  if (fs.existsSync(stampFile) && fs.readFileSync(stampFile, 'utf8') === hash) return true;
  return fs.statSync(installedFile).mtimeMs >= fs.statSync(lockFile).mtimeMs;
}

/**
 * `npm install` instead of `npm ci`: both install what package-lock.json says, but `ci` refuses a lock in which the
 * optional packages of other platforms are missing, as they are where a registry doesn't carry them.
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
  fail(`\nThe packages could not be installed${reason}. Is the npm registry reachable?`);
}

/** Under the Node that was installed: `node` of this process may be too old for TypeScript. */
function prepare() {
  const args = [path.join(root, 'scripts', 'prepare.ts')];
  if (process.argv.includes('--build')) args.push('--build');
  if (!mayChange) args.push('--check');
  const { status } = spawnSync(findNode(), args, { cwd: root, stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}

/** npm puts `node_modules/.bin` first in PATH, so the script that follows runs on the same. */
function findNode() {
  if (fs.existsSync(ownNode)) return ownNode;
  const [major, minor] = process.versions.node.split('.').map(Number);
  const [majorMin, minorMin] = NODE_MIN;
  if (major > majorMin || (major === majorMin && minor >= minorMin)) return process.execPath;
  return fail(
    `Setia needs Node ${NODE_MIN.join('.')} or newer and this is ${process.versions.node}. Install it, or let npm bring Node 24 along with the development packages: npm ci --include=dev`,
  );
}

function fail(message) {
  process.stderr.write(`${message}\n`);
  process.exit(1);
}
