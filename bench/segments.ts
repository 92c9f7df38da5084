import type { BenchRun } from './lib/bench-server.ts';
import { fillCustomers } from './lib/customer-rows.ts';
import type { Figure } from './lib/figures.ts';
import { fillSegments } from './lib/segment-rows.ts';
import { createShopDatabase, readFigures } from './lib/with-shop.ts';

/** Small, so that what stays in memory shows. */
const FLAGS = ['--expose-gc', '--max-old-space-size=256'];

/**
 * Counts of every condition and of twenty rules, some beside hand-written SQL and joins over orders, and pages of rules, for
 * BENCH_CUSTOMERS customers (a million) with three orders and ten lines each. Names the counts that read orders or their lines whole.
 * Then the members of fifty segments: all looked at, and after a thousand customers changed; and what both leave in memory.
 */
export async function benchSegments(run: BenchRun): Promise<Figure[]> {
  const { url } = await createShopDatabase(run, async (client) => {
    const tell = (message: string) => run.tell(message);
    await fillCustomers(client, tell);
    await fillSegments(client, tell);
  });
  run.tell('  counting ...');
  const counts = await readFigures('segments', 'read-segments.ts', url, FLAGS);
  run.tell('  members of fifty segments ...');
  return [...counts, ...(await readFigures('segments', 'read-members.ts', url, FLAGS))];
}
