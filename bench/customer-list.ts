import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { appEnvironment } from './lib/app-process.ts';
import type { BenchRun } from './lib/bench-server.ts';
import { customersWithOrders } from './lib/customer-rows.ts';
import { figure, type Figure } from './lib/figures.ts';

/** One line of read-customers.ts. */
interface Reading {
  name: string;
  unit: string;
  value: number;
  target?: string;
  /** What plain SQL does in the same unit. */
  plain?: number;
}

/**
 * The list of a million customers with three million orders, as its loader reads it, by eight readers at once: each
 * tab, order, search and filter beside the best plain SQL for the same page, pages deep in the list, and the counts
 * beside it. Also the page of a customer with 5,000 orders, tab by tab.
 */
export async function benchCustomerList(run: BenchRun): Promise<Figure[]> {
  const { url } = await customersWithOrders(run);
  run.tell('  reading ...');
  const file = path.resolve(import.meta.dirname, 'read-customers.ts');
  const env = { ...process.env, ...appEnvironment(url, 0) };
  const { stdout } = await promisify(execFile)(process.execPath, [file], { env, maxBuffer: 10_000_000 });
  return stdout
    .trim()
    .split('\n')
    .map((line): Reading => JSON.parse(line))
    .map(({ name, unit, value, target, plain }) =>
      figure(
        { bench: 'customer-list', figure: name, unit, ...(target ? { target } : {}) },
        value,
        plain === undefined ? undefined : { value: plain, name: 'plain SQL' },
      ),
    );
}
