import { setTimeout as sleep } from 'node:timers/promises';
import { Logger, parseCronItems, run, type Runner } from 'graphile-worker';
import { pool, prisma } from '#app/db.server.ts';
import { env } from '#app/env.server.ts';
import { logger } from '#app/lib/logger.server.ts';
import { safeErrorText, scrubText } from '#app/lib/safe-error.ts';
import { cancelWake } from '#app/modules/inbox/wake-inbox.server.ts';
import { processInbox } from '#app/modules/inbox/process-inbox.server.ts';
import { CRONTAB } from './crontab.ts';
import { makeTaskList } from './tasks.ts';

const CONCURRENT_JOBS = 4;
/** How often jobs are polled for without notifications (a lost LISTEN connection, a pooler in between). */
const JOB_POLL_MS = 1_000;
/** The inbox is its own queue: it is polled even while graphile-worker is down or restarting. */
const INBOX_POLL_MS = { usual: 5_000, afterFailure: 1_000 };
const RESTART_MS = { first: 500, max: 5_000 };
/** The crontab runs a task each minute: after this silence the runner is dead although it looks alive (worker#592). */
const SILENCE_MAX_MS = 4 * 60_000;
const WATCH_MS = 30_000;
/** A runner that lost its connections may never say that it has stopped: it is left behind after this time. */
const STOPPING_MAX_MS = 10_000;

/**
 * Runs jobs and the inbox until `signal` is aborted; survives restarts of the database. Resolves when running jobs
 * are finished and the connections are closed.
 */
export async function runWorker(signal: AbortSignal): Promise<void> {
  logger.info({ tasks: CRONTAB.length }, 'worker started');
  await Promise.all([superviseRunner(signal), pollInbox(signal)]);
  cancelWake();
  await Promise.all([pool.end(), prisma.$disconnect()]);
  logger.info('worker stopped');
}

async function pollInbox(signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const wait = await processInbox(signal).then(
      () => INBOX_POLL_MS.usual,
      (error: unknown) => {
        logger.warn({ reason: safeErrorText(error) }, 'inbox not worked');
        return INBOX_POLL_MS.afterFailure;
      },
    );
    await pause(wait, signal);
  }
}

/** Some database errors end graphile-worker for good; it is restarted with a growing delay. */
async function superviseRunner(signal: AbortSignal): Promise<void> {
  let wait = RESTART_MS.first;
  while (!signal.aborted) {
    const start = performance.now();
    await runOnce(signal).catch((error: unknown) => {
      logger.warn({ reason: safeErrorText(error) }, 'job runner failed');
    });
    if (signal.aborted) return;
    if (performance.now() - start > RESTART_MS.max) wait = RESTART_MS.first;
    logger.warn({ waitMs: wait }, 'job runner ended, it is started again');
    await pause(wait, signal);
    wait = Math.min(wait * 2, RESTART_MS.max);
  }
}

async function runOnce(signal: AbortSignal): Promise<void> {
  let lastRun = performance.now();
  const runner = await run({
    connectionString: env.DATABASE_URL,
    taskList: makeTaskList(signal, () => {
      lastRun = performance.now();
    }),
    parsedCronItems: parseCronItems(CRONTAB),
    noHandleSignals: true,
    logger: new Logger(() => logOfGraphile),
    preset: {
      worker: {
        concurrentJobs: CONCURRENT_JOBS,
        maxPoolSize: CONCURRENT_JOBS + 2,
        pollInterval: JOB_POLL_MS,
        // No local queue: one that can't give its jobs back, after the database crashed, ends the process (localQueue.js, returnJobs).
        completeJobBatchDelay: 0,
        failJobBatchDelay: 0,
      },
    },
  });
  const left = Promise.withResolvers<void>();
  let leaving: NodeJS.Timeout | undefined;
  const giveUp = (reason: string): void => {
    endRunner(runner, reason);
    leaving ??= setTimeout(left.resolve, STOPPING_MAX_MS);
  };
  const watch = setInterval(() => {
    if (performance.now() - lastRun > SILENCE_MAX_MS) giveUp('no task ran for minutes');
  }, WATCH_MS);
  const stop = (): void => endRunner(runner, 'the process ends');
  // The pool ends itself where a failed job could not be written down, and the runner does not say so.
  runner.events.on('worker:fatalError', () => giveUp('a connection was lost'));
  runner.events.on('pool:fatalError', () => giveUp('a connection was lost'));
  signal.addEventListener('abort', stop);
  if (signal.aborted) stop();
  try {
    await Promise.race([runner.promise, left.promise]);
  } finally {
    clearInterval(watch);
    clearTimeout(leaving);
    signal.removeEventListener('abort', stop);
  }
}

/** Stopping a runner that has already stopped rejects; that error says nothing new. */
function endRunner(runner: Runner, reason: string): void {
  runner.stop(reason).catch(() => undefined);
}

/** Its messages hold those of errors; the lines after the first are a stack. */
function logOfGraphile(level: string, message: string): void {
  const text = scrubText(message.split('\n', 1)[0] ?? '');
  if (level === 'error') logger.error({ library: 'graphile-worker' }, text);
  else if (level === 'warning') logger.warn({ library: 'graphile-worker' }, text);
  else logger.debug({ library: 'graphile-worker' }, text);
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await sleep(ms, undefined, { signal }).catch(() => undefined);
}
