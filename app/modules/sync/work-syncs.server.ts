/** The worker's task for syncs: a turn of each kind that is due, until nothing is. */
import { pool } from '#app/db.server.ts';
import { UpstreamError } from '#app/lib/errors.ts';
import { logger } from '#app/lib/logger.server.ts';
import { safeErrorText } from '#app/lib/safe-error.ts';
import { dropLines, storeNextOrders } from './keep-orders.server.ts';
import { awaitOperation, readFile, startOperation } from './read-file.server.ts';
import type { SyncFailure, SyncState } from './rules/sync.ts';
import {
  changeSync,
  inBatch,
  listDueSyncs,
  readSync,
  SyncFailed,
  type StepOutcome,
  type SyncRun,
} from './sync-rows.server.ts';
import { wakeSyncs } from './wake.server.ts';

/** Shopify is asked again how far its operation is after so long. */
const LOOK_AGAIN_SECONDS = 2;
const AFTER_TROUBLE_SECONDS = 20;

type Step = (seen: SyncRun, signal?: AbortSignal) => Promise<StepOutcome>;

const STEPS: Partial<Record<SyncState, Step>> = {
  waiting: startOperation,
  running: awaitOperation,
  reading: readFile,
  storing: storeNextOrders,
};

/**
 * Works every sync that is due as far as it goes now; answers how many steps it took. Each batch is a transaction of its
 * own, so the process may be killed at any moment and any number of them may run. Wakes itself again while Shopify is
 * still collecting.
 */
export async function workSyncs(signal?: AbortSignal): Promise<number> {
  let steps = 0;
  let lookAgainIn: number | null = null;
  let due = await listDueSyncs();
  while (due.length > 0 && !signal?.aborted) {
    const next: SyncRun[] = [];
    for (const seen of due) {
      const outcome = await tryStep(seen, signal);
      steps += 1;
      if (outcome === 'waiting' || outcome === 'trouble') {
        const wait = outcome === 'waiting' ? LOOK_AGAIN_SECONDS : AFTER_TROUBLE_SECONDS;
        lookAgainIn = Math.min(lookAgainIn ?? wait, wait);
      }
      const now = outcome === 'moved' ? await readSync(pool, seen) : null;
      if (now && STEPS[now.state]) next.push(now);
    }
    due = next;
  }
  if (lookAgainIn !== null) await wakeSyncs(pool, lookAgainIn);
  return steps;
}

/** `trouble`: Shopify could not be asked; nothing is lost. */
async function tryStep(seen: SyncRun, signal?: AbortSignal): Promise<StepOutcome | 'trouble'> {
  try {
    return (await STEPS[seen.state]?.(seen, signal)) ?? 'stopped';
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

/** What the merchant is told; null for what is nobody's fault, such as a database that is away. */
function failureOf(error: unknown): SyncFailure | null {
  if (error instanceof SyncFailed) return error.failure;
  return error instanceof UpstreamError ? 'refused' : null;
}

/** Batches that were done since count; what was laid down and not stored is forgotten. */
async function giveUp(seen: SyncRun, failure: SyncFailure): Promise<void> {
  const now = await readSync(pool, seen);
  if (!now || now.state !== seen.state || now.run !== seen.run) return;
  await inBatch(now, async (tx) => {
    if (now.kind === 'orders') await dropLines(tx, now.shopId);
    await changeSync(tx, now, { state: 'failed', failure });
  });
}
