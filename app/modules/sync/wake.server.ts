import type { Queryable } from '#app/db.server.ts';

/** The worker's task, also its job key: one waiting job does all that is due. */
export const WORK_SYNCS_TASK = 'work-syncs';

const ADD_JOB = `SELECT graphile_worker.add_job($1, '{}'::json, run_at := now() + make_interval(secs => $2),
  job_key := $1, max_attempts := 1)`;

/** Has the worker look at syncs, now or after some seconds; with a transaction's connection once that is committed. */
export async function wakeSyncs(db: Queryable, afterSeconds = 0): Promise<void> {
  await db.query(ADD_JOB, [WORK_SYNCS_TASK, afterSeconds]);
}
