/**
 * Asks the registry for the newest version of each direct dependency and writes docs/dependencies.md:
 * `node scripts/renew-dependencies.ts`. The rest of the file comes from package-lock.json (`npm run codegen`).
 */
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import {
  DEPENDENCIES_FILE,
  directDependencies,
  renderDependencies,
  type Release,
} from './lib/dependency-table.ts';

const RELEASE = /^\d+\.\d+\.\d+$/;
const DATE_CHARACTERS = 'yyyy-mm-dd'.length;

function newestRelease(name: string): Release {
  const times: Record<string, string> = JSON.parse(
    execFileSync('npm', ['view', name, 'time', '--json'], { encoding: 'utf8' }),
  );
  const [newest] = Object.entries(times)
    .filter(([version]) => RELEASE.test(version))
    .sort(([a], [b]) => b.localeCompare(a, 'en', { numeric: true }));
  if (newest === undefined) throw new Error(`The registry knows no release of ${name}`);
  const [version, at] = newest;
  return { version, publishedBy: at.slice(0, DATE_CHARACTERS) };
}

const releases = new Map(directDependencies().map((name) => [name, newestRelease(name)]));
fs.writeFileSync(DEPENDENCIES_FILE, renderDependencies(releases));
process.stdout.write(`${releases.size} packages asked for\n`);
