/** Reads a kind from Shopify: a bulk operation, then its file, batch by batch. */
import type { Transaction } from '#app/db.server.ts';
import { bulkOrdersQuery } from '#app/integrations/shopify/bulk-orders.ts';
import { BulkFileGone, lookAtBulk, startBulkQuery } from '#app/integrations/shopify/bulk.server.ts';
import { readBulkBatches, type BulkBatch } from '#app/integrations/shopify/bulk-batches.server.ts';
import { BULK_CUSTOMERS, BULK_PRODUCTS } from '#app/integrations/shopify/operations/sync.ts';
import { logger } from '#app/lib/logger.server.ts';
import { keepCustomers } from './keep-customers.server.ts';
import { layDownLines } from './keep-orders.server.ts';
import { keepProducts } from './keep-products.server.ts';
import type { SyncKind } from './rules/sync.ts';
import {
  changeSync,
  claimAsking,
  endAsking,
  inBatch,
  SyncFailed,
  type StepOutcome,
  type SyncRun,
} from './sync-rows.server.ts';

/** With the pieces of a network read, all that is held of a file. */
const LINES_A_BATCH: Record<SyncKind, number> = { customers: 500, products: 500, orders: 1_000 };
/** After so many batches the other kinds and shops have their turn. */
const BATCHES_A_TURN = 100;

/** Shopify's time begins before any order. */
const ALL_TIMES = new Date('2005-01-01T00:00:00Z');

const QUERIES: Record<SyncKind, (name: string) => string> = {
  customers: (name) => BULK_CUSTOMERS.replace('BulkCustomers', name),
  products: (name) => BULK_PRODUCTS.replace('BulkProducts', name),
  orders: (name) => bulkOrdersQuery(name, ALL_TIMES),
};

/**
 * Has Shopify collect everything of a kind; waits while five operations of the app run. Named after its moment: a shop
 * that comes back gets no file of before. Throws UpstreamError.
 */
export async function startOperation(seen: SyncRun): Promise<StepOutcome> {
  if (!(await claimAsking(seen))) return 'waiting';
  try {
    return await start(seen);
  } finally {
    await endAsking(seen);
  }
}

async function start(seen: SyncRun): Promise<StepOutcome> {
  const name = `SetiaSync_${seen.kind}_${seen.startedAt.getTime()}`;
  const started = await startBulkQuery(seen.domain, QUERIES[seen.kind](name));
  if (!started.ok && started.reason === 'busy') return 'waiting';
  if (!started.ok) throw new SyncFailed('refused', `Shopify refuses the operation: ${started.message}`);
  const { operationId } = started;
  return inBatch(seen, (tx) => changeSync(tx, seen, { state: 'running', operationId }));
}

/** Looks whether Shopify has collected everything. Throws UpstreamError, SyncFailed. */
export async function awaitOperation(seen: SyncRun): Promise<StepOutcome> {
  const { found, isOver } = await lookAtFile(seen);
  const outcome = await inBatch(seen, (tx) =>
    changeSync(tx, seen, isOver ? { state: 'reading', cursor: null, found } : { found }),
  );
  return outcome === 'moved' && !isOver ? 'waiting' : outcome;
}

async function lookAtFile({ domain, operationId }: SyncRun) {
  const look = await lookAtBulk(domain, operationId ?? '');
  if (look.state === 'failed') {
    const failure = look.reason === 'failed' ? 'shopify_failed' : look.reason;
    throw new SyncFailed(failure, `the bulk operation is over: ${look.reason}`);
  }
  const isOver = look.state === 'completed';
  return { found: look.found, isOver, url: isOver ? look.url : null };
}

/**
 * Reads the file from where the last batch ended, as far as this turn goes. An address that ran out is asked for anew,
 * once. Throws UpstreamError, SyncFailed.
 */
export async function readFile(seen: SyncRun, signal?: AbortSignal): Promise<StepOutcome> {
  try {
    return await readTurn(seen, signal);
  } catch (error) {
    if (!(error instanceof BulkFileGone)) throw error;
  }
  try {
    return await readTurn(seen, signal);
  } catch (error) {
    if (error instanceof BulkFileGone) throw new SyncFailed('expired', error.message);
    throw error;
  }
}

async function readTurn(from: SyncRun, signal: AbortSignal | undefined): Promise<StepOutcome> {
  const { url, isOver } = await lookAtFile(from);
  if (!isOver) return 'waiting';
  if (url === null) return endFile(from);
  let seen = from;
  let batches = 0;
  let outcome: StepOutcome = 'moved';
  const take = async (batch: BulkBatch): Promise<boolean> => {
    outcome = await inBatch(seen, (tx) => keepBatch(tx, seen, batch));
    seen = { ...seen, cursor: BigInt(batch.nextByte) };
    batches += 1;
    return outcome === 'moved' && batches < BATCHES_A_TURN;
  };
  const file = { url, fromByte: Number(from.cursor), linesABatch: LINES_A_BATCH[from.kind] };
  const isRead = await readBulkBatches(file, take, signal);
  return isRead ? endFile(seen) : outcome;
}

/** A batch and the byte where the next one begins belong together: killed in between, nothing is lost or done twice. */
async function keepBatch(tx: Transaction, seen: SyncRun, { values, nextByte }: BulkBatch): Promise<void> {
  const { kind, shopId, domain } = seen;
  const cursor = BigInt(nextByte);
  if (kind === 'orders') {
    const addDone = await layDownLines(tx, shopId, values, nextByte);
    return changeSync(tx, seen, { cursor, addDone });
  }
  const skipped =
    kind === 'customers'
      ? await keepCustomers(tx, shopId, values, 'sync')
      : await keepProducts(tx, shopId, values);
  if (skipped > 0) logger.warn({ shop: domain, kind, lines: skipped }, 'lines of the sync cannot be read');
  await changeSync(tx, seen, { cursor, addDone: values.length });
}

function endFile(seen: SyncRun): Promise<StepOutcome> {
  return inBatch(seen, (tx) =>
    changeSync(tx, seen, seen.kind === 'orders' ? { state: 'storing', cursor: null } : { state: 'done' }),
  );
}
