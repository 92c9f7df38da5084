/** Shops whose turn of a worker's task failed: each rests for a while, longer each time, and is tried again. */
import { pool, withTransaction, type Queryable } from '#app/db.server.ts';
import { UpstreamError } from '#app/lib/errors.ts';
import { safeErrorText } from '#app/lib/safe-error.ts';
import { wakeTask } from '#app/lib/wake-task.server.ts';

export type Task = keyof GraphileWorker.Tasks;

/** Whose turn it is; `part` names one of several things that a task does for a shop. */
export interface Turn {
  shopId: bigint;
  part: string;
}

export interface FailedTurn extends Turn {
  /** Until it is tried again; none or less when it may be. */
  secondsLeft: number;
}

const RETRY_SECONDS = { first: 10, factor: 3, max: 7_200 };

/** Lists the turns of a task that failed when last tried. */
export async function listFailedTurns(task: Task): Promise<FailedTurn[]> {
  const { rows } = await pool.query<FailedTurn>(
    `SELECT shop_id AS "shopId", part, extract(epoch FROM retry_at - clock_timestamp())::float8 AS "secondsLeft"
       FROM shop_task_failures WHERE task = $1`,
    [task],
  );
  return rows;
}

/** Records that a turn failed; returns how often it has in a row, and when it is tried again. */
export async function recordFailure(
  task: Task,
  { shopId, part }: Turn,
  error: unknown,
): Promise<{ failures: number; retrySeconds: number }> {
  const cause = error instanceof UpstreamError ? 'shopify' : 'ours';
  const { rows } = await pool.query<{ failures: number; retrySeconds: number }>(
    `INSERT INTO shop_task_failures AS f (shop_id, task, part, cause, reason, retry_at)
     VALUES ($1, $2, $3, $4, $5, clock_timestamp() + make_interval(secs => ${RETRY_SECONDS.first}))
     ON CONFLICT (shop_id, task, part) DO UPDATE SET failures = f.failures + 1, cause = excluded.cause, reason = excluded.reason,
       failed_at = clock_timestamp(), retry_at = clock_timestamp() + make_interval(secs =>
         least(${RETRY_SECONDS.first} * power(${RETRY_SECONDS.factor}, least(f.failures, 10)), ${RETRY_SECONDS.max}))
     RETURNING failures, extract(epoch FROM retry_at - failed_at)::float8 AS "retrySeconds"`,
    [shopId, task, part, cause, safeErrorText(error)],
  );
  return rows[0] ?? { failures: 1, retrySeconds: RETRY_SECONDS.first };
}

/** Deletes the failure of a turn that succeeded, or that has nothing left to do. */
export async function deleteFailure(task: Task, { shopId, part }: Turn): Promise<void> {
  await pool.query('DELETE FROM shop_task_failures WHERE shop_id = $1 AND task = $2 AND part = $3', [
    shopId,
    task,
    part,
  ]);
}

/** Deletes the failures of these parts of a task in a shop, because the work begins again from the start. */
export async function forgetFailures(
  db: Queryable,
  task: Task,
  shopId: bigint,
  parts: readonly string[],
): Promise<void> {
  await db.query('DELETE FROM shop_task_failures WHERE shop_id = $1 AND task = $2 AND part = ANY($3)', [
    shopId,
    task,
    parts,
  ]);
}

/** SQL condition on a table with this alias: no turn of the task in its shop must rest now. */
export function isNotResting(task: Task, alias: string): string {
  return `NOT EXISTS (SELECT FROM shop_task_failures f WHERE f.shop_id = ${alias}.shop_id AND f.task = '${task}'
    AND f.retry_at > clock_timestamp())`;
}

/** A task that keeps failing in a shop, for the merchant. */
export interface FailingTask {
  task: string;
  part: string;
  cause: 'shopify' | 'ours';
  since: Date;
  retryAt: Date;
}

/** Once is no news: the next try may succeed. Nor is it that Shopify doesn't respond for some minutes. */
const IS_NEWS = `failures >= 2 AND (cause = 'ours' OR first_failed_at < clock_timestamp() - interval '30 minutes')`;

/** Lists what keeps failing in a shop, longest first. */
export async function listFailingTasks(shopId: bigint): Promise<FailingTask[]> {
  const { rows } = await pool.query<FailingTask>(
    `SELECT task, part, cause, first_failed_at AS since, retry_at AS "retryAt" FROM shop_task_failures
      WHERE shop_id = $1 AND ${IS_NEWS} ORDER BY first_failed_at, task, part`,
    [shopId],
  );
  return rows;
}

/** Tries everything that failed in a shop again at once; returns how many tasks were woken. */
export async function retryFailedTasks(shopId: bigint): Promise<number> {
  return withTransaction(async (tx) => {
    const { rows } = await tx.query<{ task: Task }>(
      `WITH ready AS (UPDATE shop_task_failures SET retry_at = clock_timestamp() WHERE shop_id = $1 RETURNING task)
       SELECT DISTINCT task FROM ready ORDER BY task`,
      [shopId],
    );
    for (const { task } of rows) await wakeTask(tx, task);
    return rows.length;
  });
}

/** Counts the shops in which each task fails, for operators. */
export async function countFailingShops(): Promise<Map<string, number>> {
  const { rows } = await pool.query<{ task: string; shops: number }>(
    'SELECT task, count(DISTINCT shop_id)::int AS shops FROM shop_task_failures GROUP BY task',
  );
  return new Map(rows.map(({ task, shops }) => [task, shops]));
}
