import { withTransaction, type Transaction } from '#app/db.server.ts';
import { cancelBulk } from '#app/integrations/shopify/bulk.server.ts';
import { UpstreamError } from '#app/lib/errors.ts';
import { logger } from '#app/lib/logger.server.ts';
import { safeErrorText } from '#app/lib/safe-error.ts';
import { wakeTask } from '#app/lib/wake-task.server.ts';
import { OVER_STATES, targetOf, WORKING_STATES, type BackfillMove } from '../rules/backfill.ts';
import {
  changeBackfill,
  dropCollected,
  lockBackfill,
  type Backfill,
  type BackfillKey,
} from './backfill-rows.server.ts';
import { readTotals, rulesHashOf } from './totals.server.ts';

/**
 * `unknown`: the shop has no such backfill. `elsewhere`: it is in another state by now. `rules_changed`: the dry run
 * was made with other rules than those in force.
 */
export type MoveOutcome = { ok: true } | { ok: false; reason: 'unknown' | 'elsewhere' | 'rules_changed' };

/** Runs, pauses, resumes, cancels or undoes a backfill. What is under way ends with its present batch of orders. */
export async function moveBackfill(key: BackfillKey, move: BackfillMove): Promise<MoveOutcome> {
  let cancelled: Backfill | null = null;
  const outcome = await withTransaction(async (tx): Promise<MoveOutcome> => {
    const backfill = await lockBackfill(tx, key);
    if (!backfill) return { ok: false, reason: 'unknown' };
    const to = targetOf(move, backfill.state);
    if (to === null || (await isAnotherActive(tx, backfill))) return { ok: false, reason: 'elsewhere' };
    if (move === 'run') {
      const totals = await readTotals(tx, key);
      if (totals?.rulesHash !== (await rulesHashOf(tx, key.shopId)))
        return { ok: false, reason: 'rules_changed' };
    }
    const goesOn = move === 'pause' || move === 'resume';
    await changeBackfill(tx, key, goesOn ? { state: to } : { state: to, cursor: null, addDone: null });
    if (move === 'cancel') {
      await dropCollected(tx, key);
      cancelled = backfill;
    }
    if (WORKING_STATES.includes(to)) await wakeTask(tx, 'process-backfills');
    return { ok: true };
  });
  if (cancelled) await endOperation(cancelled);
  return outcome;
}

/** One at a time in a shop, also when an old one is undone. */
async function isAnotherActive(tx: Transaction, { shopId, backfillId }: BackfillKey): Promise<boolean> {
  const { rowCount } = await tx.query(
    'SELECT FROM backfills WHERE shop_id = $1 AND backfill_id <> $2 AND NOT state = ANY($3)',
    [shopId, backfillId, OVER_STATES],
  );
  return rowCount !== 0;
}

/** Shopify need not go on collecting; if it does, the file is not fetched. */
async function endOperation({ state, domain, operationId }: Backfill): Promise<void> {
  if (state !== 'collecting' || operationId === null) return;
  try {
    await cancelBulk(domain, operationId);
  } catch (error) {
    if (!(error instanceof UpstreamError)) throw error;
    logger.warn({ shop: domain, reason: safeErrorText(error) }, 'bulk operation not cancelled');
  }
}
