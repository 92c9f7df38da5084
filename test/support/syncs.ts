/** First syncs of a club whose shop lives in the sandbox. Load it after SHOPIFY_SANDBOX_ORIGIN is set. */
import { pool, withTransaction } from '#app/db.server.ts';
import { startFirstSync } from '#app/modules/sync/start-sync.server.ts';
import type { SyncKind } from '#app/modules/sync/rules/sync.ts';
import { processSyncs } from '#app/modules/sync/process-syncs.server.ts';
import type { TestClub } from './clubs.ts';

const TRIES_MAX = 200;
const WAIT_MS = 20;

export interface SyncRow {
  state: string;
  found: number;
  done: number;
  cursor: string | null;
  failure: string | null;
  run: number;
}

export async function syncRows({ shopId }: TestClub): Promise<Record<SyncKind, SyncRow>> {
  const { rows } = await pool.query<SyncRow & { kind: SyncKind }>(
    'SELECT kind, state, found, done, cursor, failure, run FROM sync_runs WHERE shop_id = $1',
    [shopId],
  );
  return Object.fromEntries(rows.map(({ kind, ...row }) => [kind, row])) as Record<SyncKind, SyncRow>;
}

/** Starts a first sync as the install does. */
export async function startSync({ shopId }: TestClub): Promise<void> {
  await withTransaction((tx) => startFirstSync(tx, shopId));
}

/** Runs the worker until every kind is done. */
export async function syncUntilOver(club: TestClub): Promise<Record<SyncKind, SyncRow>> {
  for (let tries = 0; tries < TRIES_MAX; tries++) {
    await processSyncs();
    const rows = await syncRows(club);
    if (Object.values(rows).every(({ state }) => state === 'done' || state === 'failed')) return rows;
    await new Promise((resolve) => setTimeout(resolve, WAIT_MS));
  }
  throw new Error(`the sync stands: ${JSON.stringify(await syncRows(club))}`);
}
