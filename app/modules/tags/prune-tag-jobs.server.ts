import { pool } from '#app/db.server.ts';
import { bigintArray } from '#app/lib/pg-arrays.ts';
import { forEachPage } from '#app/modules/shops/for-each-shop.server.ts';
import { isNotResting } from '#app/modules/shops/task-failures.server.ts';

const FINISHED_JOB_DAYS = 7;
const JOBS_A_TURN = 1_000;

interface JobKey {
  shopId: bigint;
  jobId: bigint;
}

const OLD = `
  SELECT j.shop_id AS "shopId", j.job_id AS "jobId" FROM tag_jobs j
   WHERE j.finished_at < clock_timestamp() - make_interval(days => ${FINISHED_JOB_DAYS}) AND ${isNotResting('prune-tag-jobs', 'j')}
   LIMIT ${JOBS_A_TURN}`;

const PRUNE = `
  WITH old AS (
    DELETE FROM tag_jobs j USING unnest($1::bigint[], $2::bigint[]) AS k (shop_id, job_id)
     WHERE j.shop_id = k.shop_id AND j.job_id = k.job_id AND j.finished_at IS NOT NULL
    RETURNING j.shop_id, j.job_id),
  writes AS (DELETE FROM tag_writes w USING old WHERE w.shop_id = old.shop_id AND w.job_id = old.job_id)
  SELECT count(*)::int AS jobs FROM old`;

/** Deletes jobs that ended a week ago: their tags may be about a person, and screens show them for a day. */
export function pruneTagJobs(signal?: AbortSignal): Promise<number> {
  const listPage = async () => (await pool.query<JobKey>(OLD)).rows;
  return forEachPage('prune-tag-jobs', { rowsMax: JOBS_A_TURN, listPage, work: prune }, signal);
}

async function prune(keys: readonly JobKey[]): Promise<number> {
  const { rows } = await pool.query<{ jobs: number }>(PRUNE, [
    bigintArray(keys.map(({ shopId }) => shopId)),
    bigintArray(keys.map(({ jobId }) => jobId)),
  ]);
  return rows[0]?.jobs ?? 0;
}
