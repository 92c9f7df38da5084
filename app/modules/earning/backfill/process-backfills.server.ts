/** The worker's task for backfills: one batch of each that is due, in turn, until nothing is. */
import { ledgerNow, pool, withTransaction } from '#app/db.server.ts';
import { UpstreamError } from '#app/lib/errors.ts';
import { logger } from '#app/lib/logger.server.ts';
import { safeErrorText } from '#app/lib/safe-error.ts';
import { wakeTask } from '#app/lib/wake-task.server.ts';
import { expireLotsOfShop } from '#app/modules/ledger/expiry/expire-lots.server.ts';
import { forEachShop } from '#app/modules/shops/for-each-shop.server.ts';
import type { BackfillState } from '../rules/backfill.ts';
import { assembleOrders } from './assemble-orders.server.ts';
import { awardBackfill } from './award-backfill.server.ts';
import {
  changeBackfill,
  dropCollected,
  holdForBatch,
  listDueBackfills,
  readBackfill,
  type Backfill,
  type BackfillKey,
} from './backfill-rows.server.ts';
import { ensureBatchProducts } from './backfill-products.server.ts';
import { BackfillFailure, collectOrders, type StepOutcome } from './collect-orders.server.ts';
import { countOrders } from './count-orders.server.ts';
import { undoBackfill } from './undo-backfill.server.ts';

/** Shopify is asked again how far its operation is after so long. */
const POLL_SECONDS = 3;
const AFTER_TROUBLE_SECONDS = 20;

type Step = (seen: Backfill, signal?: AbortSignal) => Promise<StepOutcome>;

/** A step that looks at what its orders' products are like. */
const withProducts =
  (step: Step): Step =>
  async (seen, signal) => {
    await ensureBatchProducts(seen);
    return step(seen, signal);
  };

const STEPS: Partial<Record<BackfillState, Step>> = {
  collecting: collectOrders,
  assembling: assembleOrders,
  counting: withProducts(countOrders),
  running: withProducts(awardBackfill),
  undoing: undoBackfill,
};

/**
 * Works every backfill that is due as far as it goes now. Each batch is a transaction of its own, so the process may
 * be killed at any moment and any number of them may run. Wakes itself again while Shopify is still collecting.
 */
export async function processBackfills(signal?: AbortSignal): Promise<number> {
  let batches = 0;
  let pollAfterSeconds: number | null = null;
  let due = await listDueBackfills();
  while (due.length > 0 && !signal?.aborted) {
    const next: BackfillKey[] = [];
    const takeStep = async (key: BackfillKey): Promise<number> => {
      const seen = await readBackfill(pool, key);
      const step = seen && STEPS[seen.state];
      if (!step) return 0;
      const outcome = await tryStep(seen, step, signal);
      if (outcome === 'moved') next.push(key);
      if (outcome === 'waiting' || outcome === 'trouble') {
        const wait = outcome === 'waiting' ? POLL_SECONDS : AFTER_TROUBLE_SECONDS;
        pollAfterSeconds = Math.min(pollAfterSeconds ?? wait, wait);
      }
      if (outcome === 'moved' && seen.state === 'running') await expireIfDone(key, signal);
      return 1;
    };
    batches += await forEachShop('process-backfills', due, takeStep, { signal });
    due = next;
  }
  if (pollAfterSeconds !== null)
    await wakeTask(pool, 'process-backfills', { afterSeconds: pollAfterSeconds });
  return batches;
}

/** Some of what an old order earned has expired since. */
async function expireIfDone(key: BackfillKey, signal: AbortSignal | undefined): Promise<void> {
  if ((await readBackfill(pool, key))?.state !== 'done') return;
  await expireLotsOfShop(key.shopId, await ledgerNow(pool), signal);
}

/** `trouble`: Shopify could not be asked; nothing is lost. */
async function tryStep(
  seen: Backfill,
  step: Step,
  signal: AbortSignal | undefined,
): Promise<StepOutcome | 'trouble'> {
  try {
    return await step(seen, signal);
  } catch (error) {
    const line = { shop: seen.domain, state: seen.state, reason: safeErrorText(error) };
    if (error instanceof UpstreamError && error.retryable) {
      logger.warn(line, 'backfill waits for Shopify');
      return 'trouble';
    }
    const code = codeOf(error);
    if (code === null) throw error;
    logger.error(line, 'backfill failed');
    await giveUp(seen, code);
    return 'stopped';
  }
}

/** What the merchant is told; null for outages, such as a database that is away. */
function codeOf(error: unknown): string | null {
  if (error instanceof BackfillFailure) return error.code;
  return error instanceof UpstreamError ? 'refused' : null;
}

async function giveUp(seen: Backfill, failure: string): Promise<void> {
  await withTransaction(async (tx) => {
    const now = await readBackfill(tx, seen);
    if (!now || now.state !== seen.state || !(await holdForBatch(tx, now))) return;
    await dropCollected(tx, seen);
    await changeBackfill(tx, seen, { state: 'failed', failure });
  });
}
