/** The worker's task for exports: each one that is to be written, and files whose days have passed. */
import { pool, withTransaction } from '#app/db.server.ts';
import { UpstreamError } from '#app/lib/errors.ts';
import { logger } from '#app/lib/logger.server.ts';
import { safeErrorText } from '#app/lib/safe-error.ts';
import { wakeTask } from '#app/lib/wake-task.server.ts';
import { forEachShop } from '#app/modules/shops/for-each-shop.server.ts';
import {
  failExport,
  listShopsWithExports,
  releaseExport,
  takeExport,
  type ExportTurn,
} from './export-rows.server.ts';
import { endExports } from './remove-files.server.ts';
import { removeLeftFolders } from '../left-folders.server.ts';
import { ExportTurnLost, writeExport } from './write-export.server.ts';

const AFTER_TROUBLE_SECONDS = 30;
/** Turns without a file, after which staff are told that it failed. */
export const ATTEMPTS_MAX = 8;
/** One shop's long file must not hold up another's. */
const SHOPS_AT_ONCE = 2;

/**
 * Writes every export that is due; returns how many turns there were. May run twice, late or on two machines: an export is
 * leased to one, and its file counts only with the lease. One that was broken off is written again from its first row.
 */
export async function processExports(signal?: AbortSignal): Promise<number> {
  await removeLeftFolders();
  const shops = await listShopsWithExports();
  const options = { signal, concurrency: SHOPS_AT_ONCE };
  return forEachShop('process-exports', shops, ({ shopId }) => processShop(shopId, signal), options);
}

async function processShop(shopId: bigint, signal?: AbortSignal): Promise<number> {
  let turns = await withTransaction((tx) => endExports(tx, shopId));
  while (!signal?.aborted) {
    const turn = await takeExport(shopId);
    if (turn === null) break;
    turns += 1;
    await takeTurn(turn, signal);
  }
  return turns;
}

async function takeTurn(turn: ExportTurn, signal?: AbortSignal): Promise<void> {
  const { seen } = turn;
  const line = { shop: seen.domain, exportId: String(seen.exportId) };
  if (seen.attempts > ATTEMPTS_MAX) return failExport(turn, 'gave_up');
  try {
    await writeExport(turn, signal);
  } catch (error) {
    if (error instanceof ExportTurnLost) {
      await releaseExport(turn, 0);
      return;
    }
    await releaseExport(turn, AFTER_TROUBLE_SECONDS);
    if (!(error instanceof UpstreamError)) throw error;
    logger.warn({ ...line, reason: safeErrorText(error) }, 'export waits for the storage');
    await wakeTask(pool, 'process-exports', { afterSeconds: AFTER_TROUBLE_SECONDS });
  }
}
