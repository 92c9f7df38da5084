import fs from 'node:fs';
import path from 'node:path';
import { prepare } from '../prepare.ts';
import type { Services } from '../services.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');
const WATCHED = ['app', 'extensions/shared'];
const QUIET_MS = 300;

/**
 * For development: builds again and restarts web and worker a moment after a source has changed. It is the
 * production build, so that what is tried is what will run; a change takes some seconds. Watching ends with the process.
 */
export function watchSources(services: Services): void {
  let timer: NodeJS.Timeout | undefined;
  let work = Promise.resolve();
  const changed = (): void => {
    clearTimeout(timer);
    timer = setTimeout(() => (work = work.then(() => reload(services))), QUIET_MS);
  };
  for (const folder of WATCHED) fs.watch(path.join(ROOT, folder), { recursive: true }, changed);
}

async function reload(services: Services): Promise<void> {
  try {
    await prepare({ build: true });
    await Promise.all([services.restartWeb(), services.restartWorker()]);
    process.stdout.write(`Reloaded at ${new Date().toLocaleTimeString('en-GB')}.\n`);
  } catch (error) {
    // The next change may mend it; what runs still runs.
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  }
}
