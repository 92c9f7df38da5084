import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { appEnvironment } from './lib/app-process.ts';
import type { BenchRun } from './lib/bench-server.ts';
import { figure, type Figure } from './lib/figures.ts';
import { millionsOfEntries } from './lib/ledger-rows.ts';

/** One line of read-ledger.ts. */
interface Reading {
  name: string;
  ms: number;
  target?: string;
}

/**
 * The ledger page over ten million entries, as its loader reads it, by eight readers at once: the first page, each
 * filter, and a page 10,000 pages deep. Also closing five years of months, Home's totals and the liability report.
 */
export async function benchLedgerPage(run: BenchRun): Promise<Figure[]> {
  const { url } = await millionsOfEntries(run);
  run.tell('  reading ...');
  const file = path.resolve(import.meta.dirname, 'read-ledger.ts');
  const env = { ...process.env, ...appEnvironment(url, 0) };
  const { stdout } = await promisify(execFile)(process.execPath, [file], { env, maxBuffer: 10_000_000 });
  return stdout
    .trim()
    .split('\n')
    .map((line): Reading => JSON.parse(line))
    .map(({ name, ms, target }) =>
      figure({ bench: 'ledger-page', figure: name, unit: 'ms', ...(target ? { target } : {}) }, ms),
    );
}
