/** Reads a kind from Shopify: a bulk operation, then its file, batch by batch. */
import type { Transaction } from '#app/db.server.ts';
import { askApproval } from '#app/integrations/shopify/ask-approval.server.ts';
import {
  BulkFileGone,
  pollBulkOperation,
  startBulkQuery,
  type BulkStart,
} from '#app/integrations/shopify/bulk.server.ts';
import { readBulkBatches, type BulkBatch } from '#app/integrations/shopify/bulk-batches.server.ts';
import { startBulkOrders } from '#app/integrations/shopify/start-bulk-orders.server.ts';
import { BULK_CUSTOMERS, BULK_PRODUCTS } from '#app/integrations/shopify/operations/sync.ts';
import { logger } from '#app/lib/logger.server.ts';
import { storeCustomers } from './store-customers.server.ts';
import { stageLines } from './store-orders.server.ts';
import { storeProducts } from './store-products.server.ts';
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

/** Apart from the current network chunk, the only part of a file held in memory. */
const LINES_A_BATCH: Record<SyncKind, number> = { customers: 500, products: 500, orders: 1_000 };
/** After this number of batches, other kinds and shops get their turn. */
const BATCHES_A_TURN = 100;

/** Earlier than any Shopify order. */
const BEFORE_SHOPIFY = new Date('2005-01-01T00:00:00Z');

const STARTS: Record<SyncKind, (domain: string, name: string) => Promise<BulkStart>> = {
  customers: (domain, name) => startBulkQuery(domain, BULK_CUSTOMERS.replace('BulkCustomers', name)),
  products: (domain, name) => startBulkQuery(domain, BULK_PRODUCTS.replace('BulkProducts', name)),
  orders: (domain, name) => startBulkOrders(domain, name, BEFORE_SHOPIFY),
};

/**
 * Starts a bulk operation for everything of a kind that Shopify shows the app; waits while five operations of the app are running. Named after
 * its start, so that a reinstalled shop never gets an old file. Throws UpstreamError.
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
  if (seen.kind !== 'products') await askApproval(seen.domain);
  const name = `SetiaSync_${seen.kind}_${seen.startedAt.getTime()}`;
  const started = await STARTS[seen.kind](seen.domain, name);
  if (!started.ok && started.reason === 'busy') return 'waiting';
  if (!started.ok) throw new SyncFailed('refused', `Shopify refuses the operation: ${started.message}`);
  const { operationId } = started;
  return inBatch(seen, (tx) => changeSync(tx, seen, { state: 'running', operationId }));
}

/** Checks whether Shopify has collected everything. Throws UpstreamError, SyncFailed. */
export async function awaitOperation(seen: SyncRun): Promise<StepOutcome> {
  const { found, isOver } = await lookAtFile(seen);
  const outcome = await inBatch(seen, (tx) =>
    changeSync(tx, seen, isOver ? { state: 'reading', cursor: null, found } : { found }),
  );
  return outcome === 'moved' && !isOver ? 'waiting' : outcome;
}

async function lookAtFile({ domain, operationId }: SyncRun) {
  const look = await pollBulkOperation(domain, operationId ?? '');
  if (look.state === 'failed') {
    const failure = look.reason === 'failed' ? 'shopify_failed' : look.reason;
    throw new SyncFailed(failure, `the bulk operation ended: ${look.reason}`);
  }
  const isOver = look.state === 'completed';
  return { found: look.found, isOver, url: isOver ? look.url : null };
}

/**
 * Reads the file from the end of the last batch, as far as this turn allows. An expired address is requested again,
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
    outcome = await inBatch(seen, (tx) => storeBatch(tx, seen, batch));
    seen = { ...seen, cursor: BigInt(batch.nextByte) };
    batches += 1;
    return outcome === 'moved' && batches < BATCHES_A_TURN;
  };
  const file = { url, fromByte: Number(from.cursor), linesABatch: LINES_A_BATCH[from.kind] };
  const isRead = await readBulkBatches(file, take, signal);
  return isRead ? endFile(seen) : outcome;
}

/**
 * A batch is committed together with the byte where the next one begins: if killed in between, nothing is lost or
 * done twice.
 */
async function storeBatch(tx: Transaction, seen: SyncRun, { values, nextByte }: BulkBatch): Promise<void> {
  const { kind, shopId, domain } = seen;
  const cursor = BigInt(nextByte);
  if (kind === 'orders') {
    const addDone = await stageLines(tx, shopId, values, nextByte);
    return changeSync(tx, seen, { cursor, addDone });
  }
  const skipped =
    kind === 'customers'
      ? await storeCustomers(tx, shopId, values, 'sync')
      : await storeProducts(tx, shopId, values);
  if (skipped > 0) logger.warn({ shop: domain, kind, lines: skipped }, 'lines of the sync cannot be read');
  await changeSync(tx, seen, { cursor, addDone: values.length });
}

function endFile(seen: SyncRun): Promise<StepOutcome> {
  return inBatch(seen, (tx) =>
    changeSync(tx, seen, seen.kind === 'orders' ? { state: 'storing', cursor: null } : { state: 'done' }),
  );
}
