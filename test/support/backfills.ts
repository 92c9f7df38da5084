/** Backfills of a club whose shop lives in the sandbox. Load it after SHOPIFY_SANDBOX_ORIGIN is set. */
import { pool } from '#app/db.server.ts';
import { moveBackfill } from '#app/modules/earning/backfill/move-backfill.server.ts';
import { startBackfill } from '#app/modules/earning/backfill/start-backfill.server.ts';
import { processBackfills } from '#app/modules/earning/backfill/process-backfills.server.ts';
import type { BackfillMove } from '#app/modules/earning/rules/backfill.ts';
import type { TestClub } from './clubs.ts';

const TRIES_MAX = 200;
const WAIT_MS = 20;

export interface BackfillRow {
  backfill_id: bigint;
  state: string;
  orders_found: number;
  orders_done: number;
  failure: string | null;
  totals: {
    earning: number;
    customers: number;
    points: string;
    credit: string;
    expiredPoints: string;
    nothing: Record<string, number>;
  } | null;
}

export async function backfillRow({ shopId }: TestClub): Promise<BackfillRow> {
  const { rows } = await pool.query<BackfillRow>(
    'SELECT * FROM backfills WHERE shop_id = $1 ORDER BY backfill_id DESC LIMIT 1',
    [shopId],
  );
  return rows[0]!;
}

/** Runs the worker until the newest backfill is in one of these states. */
export async function workUntil(club: TestClub, ...states: string[]): Promise<BackfillRow> {
  for (let tries = 0; tries < TRIES_MAX; tries++) {
    await processBackfills();
    const row = await backfillRow(club);
    if (states.includes(row.state)) return row;
    if (row.state === 'failed') throw new Error(`failed: ${row.failure}`);
    await new Promise((resolve) => setTimeout(resolve, WAIT_MS));
  }
  throw new Error(`the backfill is ${(await backfillRow(club)).state}, not ${states.join(' or ')}`);
}

export async function start({ shopId }: TestClub, startsOn = '2026-01-01'): Promise<bigint> {
  const outcome = await startBackfill({ shopId, startsOn, actor: 'test' });
  if (!outcome.ok) throw new Error(outcome.reason);
  return outcome.backfillId;
}

export async function dryRun(club: TestClub, startsOn?: string): Promise<BackfillRow> {
  await start(club, startsOn);
  return workUntil(club, 'ready');
}

export async function move(club: TestClub, what: BackfillMove): Promise<void> {
  const { backfill_id: backfillId } = await backfillRow(club);
  const outcome = await moveBackfill({ shopId: club.shopId, backfillId }, what);
  if (!outcome.ok) throw new Error(outcome.reason);
}

export async function backfilled(club: TestClub, startsOn?: string): Promise<BackfillRow> {
  await start(club, startsOn);
  // With nothing to give it is done.
  const dry = await workUntil(club, 'ready', 'done');
  if (dry.state === 'done') return dry;
  await move(club, 'run');
  return workUntil(club, 'done');
}
