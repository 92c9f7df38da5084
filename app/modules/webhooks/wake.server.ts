import { pool } from '#app/db.server.ts';
import { logger } from '#app/lib/logger.server.ts';
import { safeErrorText } from '#app/lib/safe-error.ts';

/** The worker's task that drains the inbox; also its job key: one waiting job is enough for any number of events. */
export const WORK_INBOX_TASK = 'work-inbox';

/** At most ten wakes a second a process, however many webhooks come. */
const WAKE_INTERVAL_MS = 100;

const ADD_JOB = `SELECT graphile_worker.add_job($1, '{}'::json, job_key := $1, max_attempts := 1, priority := -10)`;

let timer: NodeJS.Timeout | undefined;
let lastWake = 0;

/**
 * Wakes the worker now, or at the end of the current interval. Never fails: the crontab and the worker's own poll
 * find what a lost wake leaves behind.
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
  pool.query({ name: 'wake-inbox', text: ADD_JOB, values: [WORK_INBOX_TASK] }).catch((error: unknown) => {
    logger.warn({ reason: safeErrorText(error) }, 'the worker could not be woken');
  });
}

/** Forgets a wake that still waits (shutdown). */
export function cancelWake(): void {
  clearTimeout(timer);
  timer = undefined;
}
