import { withTransaction, type Transaction } from '#app/db.server.ts';
import { logger } from '#app/lib/logger.server.ts';
import { OneRun } from '#app/lib/one-run.ts';
import { isDatabaseConflict, isDatabaseOutage } from '#app/lib/pg-errors.ts';
import { safeErrorText } from '#app/lib/safe-error.ts';
import { loadProducts } from '#app/modules/products/read-products.server.ts';
import { ProductsNotLoaded, type ProductToLoad } from '#app/modules/products/products-to-load.server.ts';
import { findProductsToRead } from './find-products-to-read.server.ts';
import {
  claimDueRows,
  claimRows,
  markDone,
  recordFailure,
  type InboxKey,
  type InboxRow,
} from './inbox-rows.server.ts';
import { dispatchEvents } from './dispatch-events.server.ts';

const BATCH_ROWS_MAX = 500;
/** While the database works on one batch, the process reads and decodes another. */
const LANES = 2;

/** What one drain of the inbox did, in rows. */
export interface InboxRun {
  done: number;
  failed: number;
}

/**
 * Rows claimed by this process's lanes. While a lane asks Shopify its rows aren't locked in the database, so the
 * other lane leaves these alone: a lock of its own would make the first lane skip them, and they would stay due.
 */
const inLanes = new Set<bigint>();
/** Ends when the last claim has: lanes claim one after the other, so that each knows the rows of the other. */
let lastClaim: Promise<unknown> = Promise.resolve();

const inbox = new OneRun<InboxRun>(drain, (runs) => ({
  done: runs.reduce((sum, { done }) => sum + done, 0),
  failed: runs.reduce((sum, { failed }) => sum + failed, 0),
}));

/**
 * Processes the inbox until nothing is due: batches of up to 500 rows, two at a time, each with all that it changes in
 * one transaction, so that a crash frees its rows by itself. Several processes may do so at once; within a process a
 * second call joins the drain that runs, which then looks again.
 * @throws when the database is away or keeps refusing: rows stay due and no attempt is counted.
 */
export function processInbox(signal?: AbortSignal): Promise<InboxRun> {
  return inbox.join(signal);
}

/** As `processInbox`, but where a drain runs already it is only asked to look again, and this call returns at once. */
export function workInbox(signal?: AbortSignal): Promise<InboxRun> {
  return inbox.ask(signal);
}

async function drain(signal?: AbortSignal): Promise<InboxRun> {
  const total: InboxRun = { done: 0, failed: 0 };
  const lanes = await Promise.allSettled(Array.from({ length: LANES }, () => drainLane(total, signal)));
  for (const lane of lanes) if (lane.status === 'rejected') throw lane.reason;
  return total;
}

/** Processes batch after batch until nothing is due that isn't locked by another process; adds to `total`. */
async function drainLane(total: InboxRun, signal: AbortSignal | undefined): Promise<void> {
  for (let claimed = Infinity; claimed > 0 && !signal?.aborted;) {
    const run = await processBatch(signal);
    claimed = run.done + run.failed;
    total.done += run.done;
    total.failed += run.failed;
  }
}

async function processBatch(signal: AbortSignal | undefined): Promise<InboxRun> {
  const start = performance.now();
  let rows: InboxRow[] = [];
  let toLoad: ProductToLoad[] = [];
  const claimAndProcess = async (tx: Transaction): Promise<void> => {
    leaveLane(rows);
    toLoad = [];
    rows = await claimForLane(tx);
    if (rows.length === 0) return;
    toLoad = await findProductsToRead(tx, rows, { staleToo: true });
    // Nothing was changed: this transaction only looked, and the rows are claimed again once Shopify has been asked.
    if (toLoad.length > 0) return;
    await dispatchEvents(tx, rows);
    await markDone(tx, rows);
  };
  try {
    const failure = await withTransaction(claimAndProcess).then(
      () => null,
      (error: unknown) => ({ error }),
    );
    if (failure) return await processApart(rows, failure.error, signal);
    if (toLoad.length > 0) return await processAfterReading(rows, toLoad, signal);
  } finally {
    leaveLane(rows);
  }
  if (rows.length > 0)
    logger.info({ rows: rows.length, durationMs: elapsedMs(start) }, 'inbox batch processed');
  return { done: rows.length, failed: 0 };
}

async function processApart(
  rows: readonly InboxRow[],
  error: unknown,
  signal: AbortSignal | undefined,
): Promise<InboxRun> {
  const start = performance.now();
  if (rows.length === 0 || isNoFaultOfRows(error)) throw error;
  const run = await bisectBatch(rows, error, signal);
  const line = { ...run, durationMs: elapsedMs(start), reason: safeErrorText(error) };
  logger.warn(line, 'inbox batch processed row by row');
  return run;
}

function claimForLane(tx: Transaction): Promise<InboxRow[]> {
  const claim = lastClaim.then(async () => {
    const rows = await claimDueRows(tx, BATCH_ROWS_MAX, inLanes);
    for (const { inboxId } of rows) inLanes.add(inboxId);
    return rows;
  });
  lastClaim = claim.catch(() => undefined);
  return claim;
}

function leaveLane(rows: readonly InboxRow[]): void {
  for (const { inboxId } of rows) inLanes.delete(inboxId);
}

/**
 * Shopify is asked between two transactions, so that none waits for a network. Rows whose products are still unknown
 * then fail and are retried later; rows whose products are only stale are processed with what is stored.
 */
async function processAfterReading(
  rows: readonly InboxRow[],
  toLoad: readonly ProductToLoad[],
  signal: AbortSignal | undefined,
): Promise<InboxRun> {
  const start = performance.now();
  await loadProducts(toLoad);
  const run = await processRows(rows, signal);
  logger.info({ ...run, durationMs: elapsedMs(start), products: toLoad.length }, 'inbox batch processed');
  return run;
}

/**
 * Finds the rows that make a batch fail by halving it: the good halves are processed, a row that fails alone is counted.
 * 500 rows with one bad among them take 18 transactions.
 */
async function bisectBatch(
  rows: readonly InboxRow[],
  error: unknown,
  signal: AbortSignal | undefined,
): Promise<InboxRun> {
  const [only] = rows;
  if (only === undefined || signal?.aborted) return { done: 0, failed: 0 };
  if (rows.length === 1) return countFailure(only, error);
  const middle = Math.ceil(rows.length / 2);
  const first = await processRows(rows.slice(0, middle), signal);
  const second = await processRows(rows.slice(middle), signal);
  return { done: first.done + second.done, failed: first.failed + second.failed };
}

async function processRows(rows: readonly InboxRow[], signal: AbortSignal | undefined): Promise<InboxRun> {
  try {
    const done = await withTransaction(async (tx) => {
      const held = await claimRows(tx, rows);
      const missing = await findProductsToRead(tx, held, { staleToo: false });
      if (missing.length > 0) throw new ProductsNotLoaded(missing);
      await dispatchEvents(tx, held);
      await markDone(tx, held);
      return held.length;
    });
    return { done, failed: 0 };
  } catch (error) {
    if (isNoFaultOfRows(error)) throw error;
    return bisectBatch(rows, error, signal);
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

/** Not the rows' fault: an outage, a deadlock that five tries did not solve. They stay due. */
function isNoFaultOfRows(error: unknown): boolean {
  return isDatabaseOutage(error) || isDatabaseConflict(error);
}

function elapsedMs(start: number): number {
  return Math.round(performance.now() - start);
}
