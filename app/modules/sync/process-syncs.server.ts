/** The worker's task for syncs: advances each kind that is due in turn, until none is. */
import { pool } from '#app/db.server.ts';
import { CustomerDataRefused } from '#app/integrations/shopify/unapproved-data.server.ts';
import { UpstreamError } from '#app/lib/errors.ts';
import { logger } from '#app/lib/logger.server.ts';
import { safeErrorText } from '#app/lib/safe-error.ts';
import { wakeTask } from '#app/lib/wake-task.server.ts';
import { forEachShop } from '#app/modules/shops/for-each-shop.server.ts';
import { clearStagedLines, storeNextOrders } from './store-orders.server.ts';
import { awaitOperation, readFile, startOperation } from './read-file.server.ts';
import type { SyncFailure, SyncState } from './rules/sync.ts';
import {
  changeSync,
  inBatch,
  listDueSyncs,
  readSync,
  SyncFailed,
  type DueSync,
  type StepOutcome,
  type SyncRun,
} from './sync-rows.server.ts';

/** How often Shopify is polled for its operation's progress. */
const POLL_SECONDS = 2;
const AFTER_TROUBLE_SECONDS = 20;

type Step = (seen: SyncRun, signal?: AbortSignal) => Promise<StepOutcome>;

const STEPS: Partial<Record<SyncState, Step>> = {
  waiting: startOperation,
  running: awaitOperation,
  reading: readFile,
  storing: storeNextOrders,
};

/**
 * Processes every sync that is due as far as possible; returns the number of steps. Each batch is a transaction of
 * its own, so the process may be killed at any time and any number of processes may run. Schedules itself again while
 * Shopify is still collecting.
 */
export async function processSyncs(signal?: AbortSignal): Promise<number> {
  let steps = 0;
  let pollAfterSeconds: number | null = null;
  let due = await listDueSyncs();
  while (due.length > 0 && !signal?.aborted) {
    const next: DueSync[] = [];
    const takeStep = async (key: DueSync): Promise<number> => {
      const seen = await readSync(pool, { shopId: key.shopId, kind: key.part });
      const step = seen && STEPS[seen.state];
      if (!step) return 0;
      const outcome = await tryStep(seen, step, signal);
      if (outcome === 'moved') next.push(key);
      if (outcome === 'waiting' || outcome === 'trouble') {
        const wait = outcome === 'waiting' ? POLL_SECONDS : AFTER_TROUBLE_SECONDS;
        pollAfterSeconds = Math.min(pollAfterSeconds ?? wait, wait);
      }
      return 1;
    };
    steps += await forEachShop('process-syncs', due, takeStep, { signal });
    due = next;
  }
  if (pollAfterSeconds !== null) await wakeTask(pool, 'process-syncs', { afterSeconds: pollAfterSeconds });
  return steps;
}

/** `trouble`: Shopify couldn't be asked; nothing is lost. */
async function tryStep(
  seen: SyncRun,
  step: Step,
  signal: AbortSignal | undefined,
): Promise<StepOutcome | 'trouble'> {
  try {
    return await step(seen, signal);
  } catch (error) {
    const line = { shop: seen.domain, kind: seen.kind, state: seen.state, reason: safeErrorText(error) };
    if (error instanceof UpstreamError && error.retryable) {
      logger.warn(line, 'sync waits for Shopify');
      return 'trouble';
    }
    const failure = failureOf(error);
    if (failure === null) throw error;
    logger.error(line, 'sync failed');
    await giveUp(seen, failure);
    return 'stopped';
  }
}

/** Returns what ends the sync of a kind; null for an error that isn't Shopify's, after which it is tried again. */
function failureOf(error: unknown): SyncFailure | null {
  if (error instanceof SyncFailed) return error.failure;
  if (error instanceof CustomerDataRefused) return 'access_denied';
  return error instanceof UpstreamError ? 'refused' : null;
}

/** Finished batches keep their progress; staged lines that weren't stored are cleared. */
async function giveUp(seen: SyncRun, failure: SyncFailure): Promise<void> {
  const now = await readSync(pool, seen);
  if (!now || now.state !== seen.state || now.run !== seen.run) return;
  await inBatch(now, async (tx) => {
    if (now.kind === 'orders') await clearStagedLines(tx, now.shopId);
    await changeSync(tx, now, { state: 'failed', failure });
  });
}
