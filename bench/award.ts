import type { ScratchDatabase } from '../scripts/lib/scratch-database.ts';
import type { BenchRun } from './lib/bench-server.ts';
import { drainInbox, inCopy } from './lib/drain-inbox.ts';
import { figure, type Figure } from './lib/figures.ts';
import { alternate, medianOf } from './lib/measure.ts';
import { fillInbox, SHOP_ID, withClient } from './lib/shop-rows.ts';
import { createShopDatabase } from './lib/with-shop.ts';
import { readLedgerRows, writeByHand, type LedgerRows } from './references/hand-written-award.ts';

const ORDERS = 20_000;
const ROUNDS = 3;

/** Segments of the shop whose changed customers are noted; without one, no customer is. */
const SEGMENTS = `
  INSERT INTO segments (shop_id, name, rule, created_by, updated_by, members_at, members_full_at)
  SELECT $1, 'Segment ' || n, '{"kind": "condition", "code": "order_count", "values": {"op": "atLeast", "value": "1"}}', 'bench', 'bench',
    ledger_now(), ledger_now() FROM generate_series(1, 5) n`;

/** The triggers that note them, dropped to see what they cost. */
const WITHOUT_NOTES = 'DROP FUNCTION note_changed_customers() CASCADE';

/**
 * Orders per second from the inbox to the posted ledger with one worker process, in a shop with segments, with and without
 * changed customers being noted for them; beside one hand-written statement that only inserts what the worker has posted
 * (order, entry, lot, account).
 */
export async function benchAward(run: BenchRun): Promise<Figure[]> {
  const empty = await createShopDatabase(run);
  const filled = await createShopDatabase(run, async (client) => {
    await fillInbox(client, ORDERS);
    await client.query(SEGMENTS, [SHOP_ID]);
  });
  const rows = await ledgerRowsOf(run, filled);
  const results = await alternate(ROUNDS, {
    ours: () => inCopy(run, filled, (copy) => drainInbox(run, copy)),
    unnoted: () =>
      inCopy(run, filled, async (copy) => {
        await withClient(copy.url, (client) => client.query(WITHOUT_NOTES));
        return drainInbox(run, copy);
      }),
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
    figure(
      {
        bench: 'award',
        figure: 'the same, beside no notes for segments',
        unit: 'orders/s',
        target: '>= 0.95',
      },
      medianOf(results, 'ours', (rate) => rate),
      { value: medianOf(results, 'unnoted', (rate) => rate), name: 'without the triggers' },
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
