import fs from 'node:fs';
import path from 'node:path';

/** The options for node itself with which `npm run worker` starts the worker; demo, scenarios and benches start it alike. */
export function workerFlags(): string[] {
  const file = path.resolve(import.meta.dirname, '../../package.json');
  const { scripts }: { scripts: { worker: string } } = JSON.parse(fs.readFileSync(file, 'utf8'));
  return scripts.worker.split(' ').filter((word) => word.startsWith('--') && !word.startsWith('--env-file'));
}
