/** The worker's task for imports: each one that has something to do, one after the other. */
import { pool, withTransaction } from '#app/db.server.ts';
import { UpstreamError } from '#app/lib/errors.ts';
import { logger } from '#app/lib/logger.server.ts';
import { safeErrorText } from '#app/lib/safe-error.ts';
import { UnreadableFile } from '#app/lib/table-cells.ts';
import { wakeTask } from '#app/lib/wake-task.server.ts';
import { forEachShop } from '#app/modules/shops/for-each-shop.server.ts';
import { checkImport } from './check-import.server.ts';
import {
  endTurn,
  failImport,
  listShopsWithImports,
  takeImport,
  TurnLost,
  TurnWaits,
  type Turn,
} from './import-rows.server.ts';
import type { ImportState } from '../rules/import-states.ts';
import { readImportFile } from './read-import.server.ts';
import { runImport } from '../run/run-import.server.ts';
import { undoImport } from '../undo/undo-import.server.ts';

const AFTER_TROUBLE_SECONDS = 20;
/** A file that is read holds memory. */
const SHOPS_AT_ONCE = 2;

type Step = (turn: Turn, signal?: AbortSignal) => Promise<void>;

const STEPS: Partial<Record<ImportState, Step>> = {
  reading: readImportFile,
  checking: checkImport,
  running: runImport,
  cancelling: runImport,
  undoing: undoImport,
};

/**
 * Processes every import that is due; returns how many turns there were. May run twice, late or on two machines: an import
 * is leased to one, and each batch is a transaction that holds only with the lease.
 */
export async function processImports(signal?: AbortSignal): Promise<number> {
  let turns = 0;
  for (;;) {
    const shops = await listShopsWithImports();
    const taken = await forEachShop('process-imports', shops, ({ shopId }) => processOne(shopId, signal), {
      signal,
      concurrency: SHOPS_AT_ONCE,
    });
    turns += taken;
    if (taken === 0 || signal?.aborted) return turns;
  }
}

/** One turn of the import that has waited the longest; the next one is another shop's. */
async function processOne(shopId: bigint, signal?: AbortSignal): Promise<number> {
  const turn = await takeImport(shopId);
  if (turn === null) return 0;
  await takeTurn(turn, signal);
  return 1;
}

async function takeTurn(turn: Turn, signal?: AbortSignal): Promise<void> {
  const { seen } = turn;
  const line = { shop: seen.domain, importId: String(seen.importId), state: seen.state };
  try {
    await STEPS[seen.state]?.(turn, signal);
    await endTurn(turn);
  } catch (error) {
    if (error instanceof UnreadableFile) {
      logger.info({ ...line, problem: error.problem }, 'file refused');
      await withTransaction((tx) => failImport(tx, turn, error.problem, error.row));
      await endTurn(turn);
    } else if (error instanceof TurnLost) await endTurn(turn);
    else if (error instanceof TurnWaits) await endTurnFor(turn, error.afterSeconds);
    else if (error instanceof UpstreamError) {
      logger.warn({ ...line, reason: safeErrorText(error) }, 'import waits');
      await endTurnFor(turn, AFTER_TROUBLE_SECONDS);
    } else {
      await endTurn(turn, AFTER_TROUBLE_SECONDS);
      throw error;
    }
  }
}

async function endTurnFor(turn: Turn, afterSeconds: number): Promise<void> {
  await endTurn(turn, afterSeconds);
  await wakeTask(pool, 'process-imports', { afterSeconds });
}
