import type { ScratchDatabase } from '../scripts/lib/scratch-database.ts';
import type { BenchRun } from './lib/bench-server.ts';
import { drainInbox, inCopy } from './lib/drain-inbox.ts';
import { figure, type Figure } from './lib/figures.ts';
import { alternate, medianOf } from './lib/measure.ts';
import { fillInbox, withClient } from './lib/shop-rows.ts';
import { createShopDatabase } from './lib/with-shop.ts';
import { readLedgerRows, writeByHand, type LedgerRows } from './references/hand-written-award.ts';

const ORDERS = 20_000;
const ROUNDS = 3;

/**
 * Orders per second from the inbox to the posted ledger with one worker process, beside one hand-written statement
 * that only inserts what the worker has posted (order, entry, lot, account).
 */
export async function benchAward(run: BenchRun): Promise<Figure[]> {
  const empty = await createShopDatabase(run);
  const filled = await createShopDatabase(run, (client) => fillInbox(client, ORDERS));
  const rows = await ledgerRowsOf(run, filled);
  const results = await alternate(ROUNDS, {
    ours: () => inCopy(run, filled, (copy) => drainInbox(run, copy)),
    byHand: () => inCopy(run, empty, (copy) => withClient(copy.url, (client) => writeByHand(client, rows))),
  });
  await filled.drop();
  await empty.drop();
  return [
    figure(
      { bench: 'award', figure: 'inbox to ledger, one worker', unit: 'orders/s', target: '>= 3000 orders/s' },
      medianOf(results, 'ours', (rate) => rate),
      { value: medianOf(results, 'byHand', (rate) => rate), name: 'one SQL statement for 500 orders' },
    ),
  ];
}

/** Also the warm-up of the disk. */
async function ledgerRowsOf(run: BenchRun, filled: ScratchDatabase): Promise<LedgerRows[]> {
  const rows = await inCopy(run, filled, async (copy) => {
    await drainInbox(run, copy);
    return withClient(copy.url, readLedgerRows);
  });
  if (rows.length !== ORDERS) throw new Error(`${ORDERS} orders made ${rows.length} entries`);
  return rows;
}
