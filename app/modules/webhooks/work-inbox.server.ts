import { withTransaction } from '#app/db.server.ts';
import { logger } from '#app/lib/logger.server.ts';
import { isDatabaseConflict, isDatabaseOutage } from '#app/lib/pg-errors.ts';
import { safeErrorText } from '#app/lib/safe-error.ts';
import { readUnreadProducts } from '#app/modules/products/read-products.server.ts';
import { ProductsUnread } from '#app/modules/products/unread-products.server.ts';
import { demandProducts } from './demand-products.server.ts';
import {
  claimDueRows,
  claimRows,
  markDone,
  recordFailure,
  type InboxKey,
  type InboxRow,
} from './inbox-rows.server.ts';
import { workEvents } from './work-events.server.ts';

const BATCH_ROWS_MAX = 500;
/** While the database works on one batch, the process reads and decodes another. */
const LANES = 2;

/** What one drain of the inbox did, in rows. */
export interface InboxRun {
  done: number;
  failed: number;
}

let running: Promise<InboxRun> | undefined;
let isAskedAgain = false;

/**
 * Works the inbox until nothing is due: batches of up to 500 rows, two at a time, each with all that it changes in one
 * transaction, so that a crash frees its rows by itself. Several processes may do so at once; within a process a second call joins
 * the drain that runs, which then looks once more.
 * @throws when the database is away or keeps refusing: rows stay due and no attempt is counted.
 */
export function workInbox(signal?: AbortSignal): Promise<InboxRun> {
  isAskedAgain = true;
  running ??= drain(signal);
  return running;
}

async function drain(signal: AbortSignal | undefined): Promise<InboxRun> {
  const total: InboxRun = { done: 0, failed: 0 };
  try {
    while (isAskedAgain && !signal?.aborted) {
      isAskedAgain = false;
      const lanes = await Promise.allSettled(Array.from({ length: LANES }, () => drainLane(total, signal)));
      for (const lane of lanes) if (lane.status === 'rejected') throw lane.reason;
    }
    return total;
  } finally {
    // In the same tick as the last look at `isAskedAgain`: a call after that starts a drain of its own.
    running = undefined;
  }
}

/** Works batch after batch until nothing is due that nobody else holds; adds to `total`. */
async function drainLane(total: InboxRun, signal: AbortSignal | undefined): Promise<void> {
  for (let claimed = Infinity; claimed > 0 && !signal?.aborted;) {
    const run = await workBatch(signal);
    claimed = run.done + run.failed;
    total.done += run.done;
    total.failed += run.failed;
  }
}

async function workBatch(signal: AbortSignal | undefined): Promise<InboxRun> {
  const start = performance.now();
  let rows: InboxRow[] = [];
  try {
    await withTransaction(async (tx) => {
      rows = await claimDueRows(tx, BATCH_ROWS_MAX);
      if (rows.length === 0) return;
      await demandProducts(tx, rows, { staleToo: true });
      await workEvents(tx, rows);
      await markDone(tx, rows);
    });
  } catch (error) {
    if (error instanceof ProductsUnread) return workAfterReading(rows, error, signal);
    if (rows.length === 0 || isNoFaultOfRows(error)) throw error;
    const run = await workApart(rows, error, signal);
    logger.warn(
      { ...run, durationMs: elapsedMs(start), reason: safeErrorText(error) },
      'inbox batch worked apart',
    );
    return run;
  }
  if (rows.length > 0) logger.info({ rows: rows.length, durationMs: elapsedMs(start) }, 'inbox batch worked');
  return { done: rows.length, failed: 0 };
}

/**
 * Shopify is asked between two transactions: none waits for a network. Rows whose products are still not known then fail
 * and are tried again later; where only something newer might be known, what is known has to do.
 */
async function workAfterReading(
  rows: readonly InboxRow[],
  { products }: ProductsUnread,
  signal: AbortSignal | undefined,
): Promise<InboxRun> {
  const start = performance.now();
  await readUnreadProducts(products);
  const run = await workThese(rows, signal);
  logger.info({ ...run, durationMs: elapsedMs(start), products: products.length }, 'inbox batch worked');
  return run;
}

/**
 * Finds the rows that make a batch fail by halving it: the good halves are worked, a row that fails alone is counted.
 * 500 rows with one bad among them take 18 transactions.
 */
async function workApart(
  rows: readonly InboxRow[],
  error: unknown,
  signal: AbortSignal | undefined,
): Promise<InboxRun> {
  const [only] = rows;
  if (only === undefined || signal?.aborted) return { done: 0, failed: 0 };
  if (rows.length === 1) return countFailure(only, error);
  const middle = Math.ceil(rows.length / 2);
  const first = await workThese(rows.slice(0, middle), signal);
  const second = await workThese(rows.slice(middle), signal);
  return { done: first.done + second.done, failed: first.failed + second.failed };
}

async function workThese(rows: readonly InboxRow[], signal: AbortSignal | undefined): Promise<InboxRun> {
  try {
    const done = await withTransaction(async (tx) => {
      const held = await claimRows(tx, rows);
      await demandProducts(tx, held, { staleToo: false });
      await workEvents(tx, held);
      await markDone(tx, held);
      return held.length;
    });
    return { done, failed: 0 };
  } catch (error) {
    if (isNoFaultOfRows(error)) throw error;
    return workApart(rows, error, signal);
  }
}

async function countFailure(row: InboxRow, error: unknown): Promise<InboxRun> {
  const reason = safeErrorText(error);
  const key: InboxKey = row;
  const outcome = await withTransaction((tx) => recordFailure(tx, key, reason));
  if (outcome === null) return { done: 0, failed: 0 };
  const { shopId, inboxId, topic } = row;
  const line = { shopId: shopId.toString(), inboxId: inboxId.toString(), topic, reason, ...outcome };
  if (outcome.state === 'dead') logger.error(line, 'webhook given up');
  else logger.warn(line, 'webhook failed');
  return { done: 0, failed: 1 };
}

/** An outage, a deadlock that five tries did not solve: the rows are as good as before. */
function isNoFaultOfRows(error: unknown): boolean {
  return isDatabaseOutage(error) || isDatabaseConflict(error);
}

function elapsedMs(start: number): number {
  return Math.round(performance.now() - start);
}
