/** A chunk on its way: started at Shopify, looked at until it has ended, its results stored. */
import { pool, withTransaction } from '#app/db.server.ts';
import { bulkLineOf, bulkMutationOf } from '#app/integrations/shopify/bulk-customers.server.ts';
import {
  findBulkMutation,
  pollBulkMutation,
  startBulkMutation,
  type BulkMutation,
} from '#app/integrations/shopify/bulk-mutation.server.ts';
import { BulkFileGone } from '#app/integrations/shopify/bulk.server.ts';
import { localDay } from '#app/lib/calendar-days.ts';
import { logger } from '#app/lib/logger.server.ts';
import type { CheckContext } from '../../import/check-rows.server.ts';
import { TurnLost, TurnWaits, type Import, type Turn } from '../../import/import-rows.server.ts';
import { changesOfPlan } from '../row-plan.ts';
import { holdLease } from '../run-rows.server.ts';
import { changeOfRow } from '../send-row.server.ts';
import { whileLeased } from '../while-leased.server.ts';
import { applyResults } from './apply-results.server.ts';
import { BUSY_SECONDS, CHUNKS_AT_ONCE, POLL_SECONDS, TRIES_MAX } from './bulk-limits.ts';
import {
  changeChunk,
  countRunning,
  readChunkRows,
  readOpenChunk,
  takeOutOfChunk,
  unsendChunk,
  type Chunk,
} from './chunk-rows.server.ts';

/**
 * Takes the open chunk of an import one step further; false where there is none.
 * @throws TurnWaits while Shopify processes it, or has no room for it
 * @throws UpstreamError
 */
export async function advanceChunk(
  turn: Turn,
  context: CheckContext,
  signal?: AbortSignal,
): Promise<boolean> {
  const chunk = await readOpenChunk(pool, turn.seen);
  if (chunk === null) return false;
  await (chunk.state === 'running' && chunk.operationId !== null
    ? look(turn, context, { ...chunk, operationId: chunk.operationId }, signal)
    : start(turn, chunk));
  return true;
}

function bulkOf({ importId }: Import, { chunk, step }: Chunk): BulkMutation {
  return {
    mutation: bulkMutationOf(step, `SetiaImport${importId}Chunk${chunk}`),
    name: `setia-import-${importId}-${chunk}`,
  };
}

async function start(turn: Turn, chunk: Chunk): Promise<void> {
  const { seen } = turn;
  const bulk = bulkOf(seen, chunk);
  const earlier = chunk.tries > 0 ? await findBulkMutation(seen.domain, bulk) : null;
  if (earlier !== null) return noteRunning(turn, chunk, earlier);
  // Nothing of it was sent, and the merchant wants no more.
  if (seen.state === 'cancelling') return giveUp(turn, chunk, 'unsent');
  if (chunk.tries >= TRIES_MAX) return giveUp(turn, chunk, 'unclear');
  if ((await countRunning(pool, seen.shopId)) >= CHUNKS_AT_ONCE) throw new TurnWaits(BUSY_SECONDS);
  const lines = await readLines(seen, chunk);
  await withTransaction(async (tx) => {
    if ((await holdLease(tx, turn)) !== seen.state) throw new TurnLost();
    await changeChunk(tx, seen, chunk.chunk, { tries: chunk.tries + 1 });
  });
  await whileLeased(turn, async () => {
    const started = await startBulkMutation(seen.domain, bulk, lines);
    if (started.ok) return noteRunning(turn, chunk, started.operationId);
    if (started.reason === 'busy') throw new TurnWaits(BUSY_SECONDS);
    logger.warn({ shop: seen.domain, importId: String(seen.importId), step: chunk.step }, 'chunk refused');
    await giveUp(turn, chunk, 'unsent');
  });
}

async function readLines(seen: Import, { chunk, step, createdAt: now }: Chunk): Promise<string[]> {
  const consents = { now, today: localDay(now, seen.timeZone), source: seen.choices.consentSource };
  return (await readChunkRows(pool, seen, chunk)).map(({ values, plan }) => {
    const changes = changesOfPlan(plan, values);
    const change = changeOfRow(changes, consents);
    return JSON.stringify(
      bulkLineOf(step, { customerId: plan.customerId, change, tags: changes.tags ?? [] }),
    );
  });
}

async function noteRunning(turn: Turn, { chunk }: Chunk, operationId: string): Promise<void> {
  await withTransaction(async (tx) => {
    await holdLease(tx, turn);
    await changeChunk(tx, turn.seen, chunk, { state: 'running', operationId });
  });
}

/** `unsent`: Shopify did nothing of it; `unclear`: it may have. */
async function giveUp(turn: Turn, { chunk }: Chunk, what: 'unsent' | 'unclear'): Promise<void> {
  await withTransaction(async (tx) => {
    await holdLease(tx, turn);
    await (what === 'unsent' ? unsendChunk(tx, turn.seen, chunk) : takeOutOfChunk(tx, turn.seen, chunk));
    await changeChunk(tx, turn.seen, chunk, { state: 'ended' });
  });
}

async function look(
  turn: Turn,
  context: CheckContext,
  chunk: Chunk & { operationId: string },
  signal?: AbortSignal,
): Promise<void> {
  const { seen } = turn;
  const found = await pollBulkMutation(seen.domain, chunk.operationId);
  if (found.state === 'running') {
    await changeChunk(pool, seen, chunk.chunk, { done: found.done });
    throw new TurnWaits(POLL_SECONDS);
  }
  if (!found.isWhole)
    logger.warn({ shop: seen.domain, importId: String(seen.importId), step: chunk.step }, 'chunk broke off');
  if (found.url !== null && chunk.unread < TRIES_MAX) {
    try {
      await applyResults(turn, context, chunk, found.url, signal);
    } catch (error) {
      if (!(error instanceof BulkFileGone)) throw error;
      // Its address has expired: the next look has another one, or none.
      await changeChunk(pool, seen, chunk.chunk, { unread: chunk.unread + 1 });
      throw new TurnWaits(POLL_SECONDS);
    }
  }
  // Of lines without a result nothing is known.
  await giveUp(turn, chunk, 'unclear');
}
