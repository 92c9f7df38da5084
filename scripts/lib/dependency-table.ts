/** docs/dependencies.md: what a production installation contains, from package-lock.json. */
import fs from 'node:fs';
import path from 'node:path';

const ROOT = path.resolve(import.meta.dirname, '../..');
export const DEPENDENCIES_FILE = path.join(ROOT, 'docs', 'dependencies.md');
const IMPORTING = ['app', 'prisma', 'scripts/ops', 'scripts/ops.ts', 'server.ts'];
const IMPORT = /(?:from|import\()\s*'([^'#.][^']*)'/g;

/** What one needs to know about a direct dependency to decide on an update. */
const REMARKS: Record<string, string> = {
  '@remix-run/express': 'Remix 2 is in maintenance; its successor is React Router 7 (decision 0002)',
  '@remix-run/file-storage': 'from the workshop of Remix 3, versions below 1: pinned, one adapter',
  aws4fetch: 'signs requests to S3-compatible stores',
  '@remix-run/form-data-parser': 'as file-storage',
  '@shopify/polaris': 'deprecated by Shopify for web components; reached through components/',
  '@shopify/polaris-viz': 'archived by Shopify; two client files',
  '@shopify/shopify-app-session-storage-prisma': 'its peer `prisma` is the reason that the command ships',
  exceljs:
    'no release since 2023; glob and unzipper below it are overridden (package.json), archiver is not: 6 and newer refuse its streams',
  'lru-cache': 'every bounded cache',
};

interface LockedPackage {
  version?: string;
  license?: string;
  dev?: boolean;
  optional?: boolean;
  link?: boolean;
  deprecated?: string;
  dependencies?: Record<string, string>;
  optionalDependencies?: Record<string, string>;
  peerDependencies?: Record<string, string>;
}

type Lock = Record<string, LockedPackage>;

/** The newest version of a direct dependency, and a day by which it was published. */
export interface Release {
  version: string;
  publishedBy: string;
}

/** Names of the packages that production depends on directly. */
export function directDependencies(): string[] {
  return Object.keys(readLock()['']?.dependencies ?? {}).sort();
}

/** What docs/dependencies.md says about releases: only scripts/renew-dependencies.ts asks the registry. */
export function readReleases(): Map<string, Release> {
  if (!fs.existsSync(DEPENDENCIES_FILE)) return new Map();
  const rows = fs.readFileSync(DEPENDENCIES_FILE, 'utf8').matchAll(/^\| (\S+) \| .* \| (\S+) by (\S+) \| /gm);
  return new Map(
    Array.from(rows, ([, name = '', version = '', publishedBy = '']) => [name, { version, publishedBy }]),
  );
}

/** The text of docs/dependencies.md. */
export function renderDependencies(releases: ReadonlyMap<string, Release>): string {
  const lock = readLock();
  const direct = directDependencies();
  const users = findUsers();
  const directRows = direct.map((name) => {
    const { version = '', license = '' } = lock[`node_modules/${name}`] ?? {};
    const release = releases.get(name);
    const newest = release ? `${release.version} by ${release.publishedBy}` : '';
    const usedIn = [...(users.get(name) ?? [])].sort().join(', ');
    return [name, version, license, newest, usedIn, REMARKS[name] ?? ''];
  });
  return `# What ships

Written by \`npm run codegen\` from package-lock.json: the packages that \`npm prune --omit=dev\` leaves. Development, the demo and
the tests use more; the checkout extension is bundled by Shopify's CLI and has a package.json of its own.

## Asked for by Setia

"Newest" is what the registry offered when \`node scripts/renew-dependencies.ts\` last ran, and a day by which it was
published; a mirror of the registry may show a later day than the true one.

${table(['package', 'version', 'licence', 'newest', 'used in', 'remark'], directRows)}

## Brought along

${table(['package', 'version', 'licence', 'for', 'note'], indirectRows(lock, direct))}
`;
}

/** A line for each package and version, however many copies of it are installed. */
function indirectRows(lock: Lock, direct: readonly string[]): string[][] {
  const roots = findRoots(lock, direct);
  const shipped = Object.keys(lock).filter(
    (at) => at.startsWith('node_modules/') && !lock[at]?.dev && !lock[at]?.link,
  );
  const copies = Map.groupBy(
    shipped.filter((at) => !direct.includes(at.slice('node_modules/'.length))),
    (at) => `${nameOf(at)} ${lock[at]?.version}`,
  );
  return [...copies.entries()]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, places]) => {
      const [at = ''] = places;
      const { version = '', license = '', optional, deprecated } = lock[at] ?? {};
      const notes = [...(optional ? ['optional'] : []), ...(deprecated ? [`deprecated: ${deprecated}`] : [])];
      const neededBy = new Set(places.flatMap((place) => [...(roots.get(place) ?? [])]));
      return [nameOf(at), version, license, [...neededBy].sort().join(', '), notes.join('; ')];
    });
}

function readLock(): Lock {
  return JSON.parse(fs.readFileSync(path.join(ROOT, 'package-lock.json'), 'utf8')).packages;
}

/** `node_modules/a/node_modules/@b/c` is `@b/c`. */
function nameOf(at: string): string {
  return at.slice(at.lastIndexOf('node_modules/') + 'node_modules/'.length);
}

/** Returns the direct dependencies that lead to each package. */
function findRoots(lock: Lock, direct: readonly string[]): Map<string, Set<string>> {
  const roots = new Map<string, Set<string>>();
  for (const root of direct) {
    const waiting = [`node_modules/${root}`];
    for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
      const known = roots.get(at) ?? new Set();
      if (known.has(root)) continue;
      roots.set(at, known.add(root));
      const { dependencies, optionalDependencies, peerDependencies } = lock[at] ?? {};
      for (const name of Object.keys({ ...dependencies, ...optionalDependencies, ...peerDependencies })) {
        const found = resolve(lock, at, name);
        // A direct dependency that is also another's peer brings its own along.
        if (found !== undefined && !direct.includes(found.slice('node_modules/'.length))) waiting.push(found);
      }
    }
  }
  return roots;
}

/** Resolves as Node does: in the package's own node_modules, then in those above. */
function resolve(lock: Lock, from: string, name: string): string | undefined {
  for (
    let folder = from;
    folder !== '';
    folder = folder.slice(0, Math.max(0, folder.lastIndexOf('/node_modules/')))
  ) {
    const at = `${folder}/node_modules/${name}`;
    if (lock[at]) return at;
  }
  return lock[`node_modules/${name}`] ? `node_modules/${name}` : undefined;
}

/** The folders whose files import each package. */
function findUsers(): Map<string, Set<string>> {
  const users = new Map<string, Set<string>>();
  for (const file of IMPORTING.flatMap(sourcesBelow)) {
    for (const [, specifier = ''] of fs.readFileSync(path.join(ROOT, file), 'utf8').matchAll(IMPORT)) {
      const name = specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/');
      users.set(name, (users.get(name) ?? new Set()).add(file.split('/', 2).join('/')));
    }
  }
  return users;
}

function sourcesBelow(source: string): string[] {
  if (/\.tsx?$/.test(source)) return [source];
  return fs
    .readdirSync(path.join(ROOT, source), { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.tsx?$/.test(file))
    .map((file) => path.posix.join(source, file));
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
