import { pool } from '#app/db.server.ts';
import { logger } from '#app/lib/logger.server.ts';
import { safeErrorText } from '#app/lib/safe-error.ts';
import { wakeTask } from '#app/lib/wake-task.server.ts';

/** At most two wakes a second and process, however many receipts arrive. */
const WAKE_INTERVAL_MS = 500;
let timer: NodeJS.Timeout | undefined;

/** Wakes the worker soon. Never fails: if a wake is lost, the crontab finds the receipts. */
export function wakeReceiptsSoon(): void {
  if (timer !== undefined) return;
  timer = setTimeout(() => {
    timer = undefined;
    wakeTask(pool, 'process-receipts').catch((error: unknown) => {
      logger.warn({ reason: safeErrorText(error) }, 'the worker could not be woken for receipts');
    });
  }, WAKE_INTERVAL_MS);
  timer.unref();
}
