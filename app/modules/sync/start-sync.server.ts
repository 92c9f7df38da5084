import { withTransaction, type Queryable, type Transaction } from '#app/db.server.ts';
import { OVER_STATES, SYNC_KINDS, type SyncKind } from './rules/sync.ts';
import { wakeSyncs } from './wake.server.ts';

/** A kind that is over begins anew: another run, so that nothing of the run before counts. */
const BEGIN = `
  INSERT INTO sync_runs AS r (shop_id, kind, state) SELECT $1, kind, 'waiting' FROM unnest($2::text[]) AS k (kind)
  ON CONFLICT (shop_id, kind) DO UPDATE SET run = r.run + 1, state = 'waiting', bulk_operation_id = NULL, found = 0, done = 0,
    cursor = NULL, failure = NULL, started_at = clock_timestamp(), finished_at = NULL, dismissed_at = NULL, asking_until = NULL,
    updated_at = clock_timestamp()
  WHERE r.state = ANY($3)`;

/**
 * Begins to read everything that a shop has, when the app comes into it. A shop that was read since its last install is
 * left alone, and so is one that is being read. In the transaction of the install.
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

/** Reads these kinds again, as the merchant wishes. One that is being read goes on as it is; answers how many began. */
export async function readAgain(shopId: bigint, kinds: readonly SyncKind[]): Promise<number> {
  return withTransaction((tx) => begin(tx, shopId, kinds));
}

async function begin(tx: Transaction, shopId: bigint, kinds: readonly SyncKind[]): Promise<number> {
  if (kinds.length === 0) return 0;
  const { rowCount } = await tx.query(BEGIN, [shopId, kinds, OVER_STATES]);
  if (kinds.includes('orders')) await dropIdleLines(tx, shopId);
  await wakeSyncs(tx);
  return rowCount ?? 0;
}

/** What an earlier run left behind holds personal data, and would be put together with what is read anew. */
async function dropIdleLines(db: Queryable, shopId: bigint): Promise<void> {
  await db.query(
    `DELETE FROM sync_lines l USING sync_runs r WHERE l.shop_id = $1 AND r.shop_id = l.shop_id AND r.kind = 'orders'
       AND r.state = 'waiting'`,
    [shopId],
  );
}
