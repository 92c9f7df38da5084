import type { BenchRun } from './lib/bench-server.ts';
import { customersWithOrders } from './lib/customer-rows.ts';
import type { Figure } from './lib/figures.ts';
import { readFigures } from './lib/with-shop.ts';

/**
 * The list of a million customers with three million orders, as its loader reads it, by eight readers at once: each
 * tab, order, search and filter beside the best plain SQL for the same page, pages deep in the list, and the counts
 * beside it. Also the page of a customer with 5,000 orders, tab by tab.
 */
export async function benchCustomerList(run: BenchRun): Promise<Figure[]> {
  const { url } = await customersWithOrders(run);
  run.tell('  reading ...');
  return readFigures('customer-list', 'read-customers.ts', url);
}
