import { pool } from '#app/db.server.ts';
import { logger } from '#app/lib/logger.server.ts';
import { safeErrorText } from '#app/lib/safe-error.ts';
import { wakeTask } from '#app/lib/wake-task.server.ts';

/** The worker's task that drains the inbox. One queued job is enough for any number of events. */
export const PROCESS_INBOX_TASK = 'process-inbox';

/** At most ten wakes per second and process, however many webhooks arrive. */
const WAKE_INTERVAL_MS = 100;

/** Runs before every other task. */
const PRIORITY = -10;

let timer: NodeJS.Timeout | undefined;
let lastWake = 0;

/**
 * Wakes the worker now, or at the end of the current interval. Never fails: if a wake is lost, the crontab and the
 * worker's own poll find the events.
 */
export function wakeInboxSoon(): void {
  if (timer !== undefined) return;
  const wait = lastWake + WAKE_INTERVAL_MS - performance.now();
  timer = setTimeout(wake, Math.max(0, wait));
  timer.unref();
}

function wake(): void {
  timer = undefined;
  lastWake = performance.now();
  wakeTask(pool, PROCESS_INBOX_TASK, { priority: PRIORITY }).catch((error: unknown) => {
    logger.warn({ reason: safeErrorText(error) }, 'the worker could not be woken');
  });
}

/** Cancels a pending wake (shutdown). */
export function cancelWake(): void {
  clearTimeout(timer);
  timer = undefined;
}
