/** How fast one worker empties an inbox. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { ScratchDatabase } from '../../scripts/lib/scratch-database.ts';
import { startWorker } from './app-process.ts';
import type { BenchRun } from './bench-server.ts';
import { withClient } from './shop-rows.ts';

const POLL_MS = 100;
const DRAIN_MAX_MS = 120_000;

/** Orders per second from the end of the first batch (a transaction, hence xmin) to the end of the last. */
const RATE = `
  WITH batches AS (SELECT max(processed_at) AS at, count(*) AS size FROM webhook_events WHERE state = 'done' GROUP BY xmin::text)
  SELECT (sum(size) FILTER (WHERE batches.at > first.at) / extract(epoch FROM max(batches.at) - first.at))::float8 AS rate
    FROM batches, (SELECT min(at) AS at FROM batches) AS first GROUP BY first.at`;

/** Runs `work` on a copy of the database, which is dropped afterwards. */
export async function inCopy<T>(
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

/** Returns orders per second between the first and the last commit of a worker: its start isn't measured. */
export async function drainInbox(run: BenchRun, database: ScratchDatabase): Promise<number> {
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
