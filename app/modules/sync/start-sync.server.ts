import { withTransaction, type Queryable, type Transaction } from '#app/db.server.ts';
import { wakeTask } from '#app/lib/wake-task.server.ts';
import { forgetFailures } from '#app/modules/shops/task-failures.server.ts';
import { FINISHED_STATES, SYNC_KINDS, type SyncKind } from './rules/sync.ts';

/** Restarts a finished kind as a new run, so that nothing of the previous run counts. */
const BEGIN = `
  INSERT INTO sync_runs AS r (shop_id, kind, state) SELECT $1, kind, 'waiting' FROM unnest($2::text[]) AS k (kind)
  ON CONFLICT (shop_id, kind) DO UPDATE SET run = r.run + 1, state = 'waiting', bulk_operation_id = NULL, found = 0, done = 0,
    cursor = NULL, failure = NULL, started_at = clock_timestamp(), finished_at = NULL, dismissed_at = NULL, asking_until = NULL,
    updated_at = clock_timestamp()
  WHERE r.state = ANY($3) OR r.kind = ANY($4)`;

/**
 * Starts the first sync when the app is installed, in the transaction of the install. A shop that was synced since
 * its last install, or is syncing, is left unchanged.
 */
export async function startFirstSync(tx: Transaction, shopId: bigint): Promise<void> {
  const { rows } = await tx.query<{ kind: SyncKind }>(
    `SELECT k.kind FROM unnest($2::text[]) AS k (kind) JOIN shops s ON s.shop_id = $1
       LEFT JOIN sync_runs r ON r.shop_id = s.shop_id AND r.kind = k.kind
      WHERE r.kind IS NULL OR r.started_at < s.installed_at`,
    [shopId, SYNC_KINDS],
  );
  await begin(
    tx,
    shopId,
    rows.map(({ kind }) => kind),
  );
}

/**
 * Reads these kinds again on the merchant's request. One that is running continues, unless it is `stuck`; returns how
 * many were started.
 */
export async function readAgain(
  shopId: bigint,
  kinds: readonly SyncKind[],
  stuck: readonly SyncKind[] = [],
): Promise<number> {
  return withTransaction((tx) => begin(tx, shopId, kinds, stuck));
}

/**
 * Starts these kinds from the beginning, in the caller's transaction. One that is running continues, unless it is `stuck`;
 * returns how many were started.
 */
export async function begin(
  tx: Transaction,
  shopId: bigint,
  kinds: readonly SyncKind[],
  stuck: readonly SyncKind[] = [],
): Promise<number> {
  if (kinds.length === 0) return 0;
  const { rowCount } = await tx.query(BEGIN, [shopId, kinds, FINISHED_STATES, stuck]);
  await forgetFailures(tx, 'process-syncs', shopId, kinds);
  if (kinds.includes('orders')) await dropIdleLines(tx, shopId);
  await wakeTask(tx, 'process-syncs');
  return rowCount ?? 0;
}

/** Lines staged by an earlier run hold personal data, and would be mixed with the new ones. */
async function dropIdleLines(db: Queryable, shopId: bigint): Promise<void> {
  await db.query(
    `DELETE FROM sync_lines l USING sync_runs r WHERE l.shop_id = $1 AND r.shop_id = l.shop_id AND r.kind = 'orders'
       AND r.state = 'waiting'`,
    [shopId],
  );
}
