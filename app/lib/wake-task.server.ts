import type pg from 'pg';

export interface WakeOptions {
  /** Not before this many seconds have passed. */
  afterSeconds?: number;
  /** Lower runs earlier; 0 is usual. */
  priority?: number;
}

const ADD_JOB = `
  SELECT graphile_worker.add_job($1, '{}'::json, run_at := now() + make_interval(secs => $2), priority := $3,
    job_key := $1, max_attempts := 1)`;

/**
 * Queues a task for the worker, which finds what is due by itself; one queued job per task is enough, so a new one
 * replaces it. With a transaction's connection the worker sees the job when the transaction commits. A failed job
 * isn't retried: the crontab runs every task again.
 */
export async function wakeTask(
  db: Pick<pg.PoolClient, 'query'>,
  task: keyof GraphileWorker.Tasks,
  { afterSeconds = 0, priority = 0 }: WakeOptions = {},
): Promise<void> {
  await db.query({ name: 'wake-task', text: ADD_JOB, values: [task, afterSeconds, priority] });
}
