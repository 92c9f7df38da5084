import type { BenchRun } from './lib/bench-server.ts';
import type { Figure } from './lib/figures.ts';
import { millionsOfEntries } from './lib/ledger-rows.ts';
import { readFigures } from './lib/with-shop.ts';

/**
 * The ledger page over ten million entries, as its loader reads it, by eight readers at once: the first page, each
 * filter, and a page 10,000 pages deep. Also closing five years of months, Home's totals and the liability report.
 */
export async function benchLedgerPage(run: BenchRun): Promise<Figure[]> {
  const { url } = await millionsOfEntries(run);
  run.tell('  reading ...');
  return readFigures('ledger-page', 'read-ledger.ts', url);
}
