import { setTimeout as sleep } from 'node:timers/promises';
import type { ScratchDatabase } from '../scripts/lib/scratch-database.ts';
import { startWorker } from './lib/app-process.ts';
import type { BenchRun } from './lib/bench-server.ts';
import { figure, type Figure } from './lib/figures.ts';
import { alternate, medianOf } from './lib/measure.ts';
import { fillInbox, insertShop, withClient } from './lib/shop-rows.ts';
import { readLedgerRows, writeByHand, type LedgerRows } from './references/hand-written-award.ts';

const ORDERS = 20_000;
const ROUNDS = 3;
const POLL_MS = 100;
const DRAIN_MAX_MS = 120_000;

/** Orders a second from the end of the first batch (a transaction, hence xmin) to the end of the last. */
const RATE = `
  WITH batches AS (SELECT max(processed_at) AS at, count(*) AS size FROM webhook_events WHERE state = 'done' GROUP BY xmin::text)
  SELECT (sum(size) FILTER (WHERE batches.at > first.at) / extract(epoch FROM max(batches.at) - first.at))::float8 AS rate
    FROM batches, (SELECT min(at) AS at FROM batches) AS first GROUP BY first.at`;

/**
 * Orders a second from the inbox to the posted ledger with one worker process, beside one hand-written statement that
 * only inserts what the worker has posted (order, entry, lot, account).
 */
export async function benchAward(run: BenchRun): Promise<Figure[]> {
  const empty = await run.createMigratedDatabase();
  await withClient(empty.url, insertShop);
  const filled = await run.createDatabase(empty);
  await withClient(filled.url, (client) => fillInbox(client, ORDERS));
  // The copies must not wait for a vacuum of what was just loaded.
  await withClient(filled.url, (client) => client.query('VACUUM (ANALYZE, FREEZE)'));
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

async function inCopy<T>(
  run: BenchRun,
  template: ScratchDatabase,
  work: (copy: ScratchDatabase) => Promise<T>,
): Promise<T> {
  const copy = await run.createDatabase(template);
  try {
    return await work(copy);
  } finally {
    await copy.drop();
  }
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

/** Answers orders a second between the first and the last commit of a worker: its start is not measured. */
async function drainInbox(run: BenchRun, database: ScratchDatabase): Promise<number> {
  const worker = startWorker(run, database.url);
  try {
    const rate = await withClient(database.url, async (client) => {
      const deadline = Date.now() + DRAIN_MAX_MS;
      const pending = `SELECT EXISTS (SELECT FROM webhook_events WHERE state = 'pending') AS "isPending"`;
      for (;;) {
        const { rows } = await client.query<{ isPending: boolean }>(pending);
        if (rows[0]?.isPending === false) break;
        if (!worker.isRunning() || Date.now() > deadline)
          throw new Error(`The worker did not finish:\n${worker.lastLines()}`);
        await sleep(POLL_MS);
      }
      const { rows } = await client.query<{ rate: number }>(RATE);
      return rows[0]?.rate ?? 0;
    });
    run.tell(`  ours: ${Math.round(rate)} orders/s`);
    return rate;
  } finally {
    await worker.stop();
  }
}
