/** How every task of the worker goes over shops: each shop fails alone. */
import pMap from 'p-map';
import { pool } from '#app/db.server.ts';
import { logger } from '#app/lib/logger.server.ts';
import { isDatabaseConflict, isDatabaseOutage } from '#app/lib/pg-errors.ts';
import { safeErrorText } from '#app/lib/safe-error.ts';
import { wakeTask } from '#app/lib/wake-task.server.ts';
import {
  deleteFailure,
  listFailedTurns,
  recordFailure,
  type FailedTurn,
  type Task,
  type Turn,
} from './task-failures.server.ts';

export interface ForEachShop {
  signal?: AbortSignal | undefined;
  /** How many shops at a time; one by default. */
  concurrency?: number;
}

/** Two turns that met in the database: that is no shop's fault either, and the next try may succeed. */
const CONFLICT_TRIES_MAX = 5;
/** Every task runs at least daily: what wasn't tried again for so long has nothing left to fail. */
const FORGOTTEN_SECONDS = 2 * 86_400;

/**
 * Runs `work` for each of `due`, which the task has found without looking at what may be wrong in a shop: decoding,
 * dates in its time zone and whatever else may throw belong to `work`. An item whose work throws is recorded with its
 * shop, rests for a while, longer each time, and is tried again; the others go on. Returns the sum of what `work`
 * returned. `signal` ends it early.
 * @throws when the database is away, which is no shop's fault
 */
export async function forEachShop<T extends Item>(
  task: Task,
  due: readonly T[],
  work: (item: T) => Promise<number>,
  { signal, concurrency = 1 }: ForEachShop = {},
): Promise<number> {
  const failed = await findFailed(task, due);
  const resting = [...failed.values()].filter(({ secondsLeft }) => secondsLeft > 0);
  let retrySeconds = Math.min(...resting.map(({ secondsLeft }) => secondsLeft));
  let total = 0;
  const takeTurn = async (item: T): Promise<void> => {
    if (signal?.aborted) return;
    try {
      total += await withoutConflicts(() => work(item));
      if (failed.has(keyOf(item))) await deleteFailure(task, turnOf(item));
    } catch (error) {
      if (isDatabaseOutage(error)) throw error;
      if (!signal?.aborted) retrySeconds = Math.min(retrySeconds, await fail(task, turnOf(item), error));
    }
  };
  const ready = due.filter((item) => (failed.get(keyOf(item))?.secondsLeft ?? 0) <= 0);
  await pMap(ready, takeTurn, { concurrency });
  if (Number.isFinite(retrySeconds)) await wakeTask(pool, task, { afterSeconds: Math.ceil(retrySeconds) });
  return total;
}

/**
 * Runs `work` for a page of rows of several shops at once, as one statement or transaction does; when it throws, for each
 * shop alone, as `forEachShop` does. Rows of shops that must rest are left out.
 */
export async function forShopsAtOnce<T extends { shopId: bigint }>(
  task: Task,
  page: readonly T[],
  work: (rows: readonly T[]) => Promise<number>,
  options: ForEachShop = {},
): Promise<number> {
  const failed = await listFailedTurns(task);
  for (const turn of failed.filter(({ secondsLeft }) => secondsLeft < -FORGOTTEN_SECONDS))
    await deleteFailure(task, turn);
  const resting = failed.filter(({ secondsLeft }) => secondsLeft > 0).map(({ shopId }) => shopId);
  const rows = page.filter(({ shopId }) => !resting.includes(shopId));
  const shops = Map.groupBy(rows, ({ shopId }) => shopId);
  try {
    const done = rows.length === 0 ? 0 : await withoutConflicts(() => work(rows));
    for (const turn of failed) if (shops.has(turn.shopId)) await deleteFailure(task, turn);
    return done;
  } catch (error) {
    if (isDatabaseOutage(error)) throw error;
    const alone = Array.from(shops, ([shopId, own]) => ({ shopId, own }));
    return forEachShop(task, alone, ({ own }) => work(own), options);
  }
}

/**
 * Works through rows of all shops, a page at a time, until a page isn't full; `work` removes the rows of a page from
 * what `listPage` lists, which leaves out shops that must rest (`isNotResting`). Returns the sum of what `work` returned.
 */
export async function forEachPage<T extends { shopId: bigint }>(
  task: Task,
  pages: { rowsMax: number; listPage: () => Promise<T[]>; work: (rows: readonly T[]) => Promise<number> },
  signal?: AbortSignal,
): Promise<number> {
  for (let total = 0; ;) {
    const rows = await pages.listPage();
    total += await forShopsAtOnce(task, rows, pages.work, { signal });
    if (rows.length < pages.rowsMax || signal?.aborted) return total;
  }
}

/** Does it again at once when it lost a deadlock; every turn may run twice. */
async function withoutConflicts(work: () => Promise<number>): Promise<number> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      if (attempt >= CONFLICT_TRIES_MAX || !isDatabaseConflict(error)) throw error;
    }
  }
}

async function fail(task: Task, turn: Turn, error: unknown): Promise<number> {
  const outcome = await recordFailure(task, turn, error);
  const line = {
    task,
    shopId: turn.shopId.toString(),
    part: turn.part,
    reason: safeErrorText(error),
    ...outcome,
  };
  logger.error(line, 'task failed in a shop');
  return outcome.retrySeconds;
}

interface Item {
  shopId: bigint;
  part?: string;
}

const turnOf = ({ shopId, part = '' }: Item): Turn => ({ shopId, part });
const keyOf = ({ shopId, part = '' }: Item): string => `${shopId}/${part}`;

/** The turns that failed, by key. One whose rest is over and that isn't due has nothing left to fail: it is deleted. */
async function findFailed(task: Task, due: readonly Item[]): Promise<Map<string, FailedTurn>> {
  const known = await listFailedTurns(task);
  const dueKeys = new Set(due.map(keyOf));
  const isOver = (turn: FailedTurn) => turn.secondsLeft <= 0 && !dueKeys.has(keyOf(turn));
  for (const turn of known.filter(isOver)) await deleteFailure(task, turn);
  return new Map(known.filter((turn) => !isOver(turn)).map((turn) => [keyOf(turn), turn]));
}
