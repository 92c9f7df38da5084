/** Rows of syncs, one a kind and shop: read, held for a batch, and moved on. */
import { pool, withTransaction, type Queryable, type Transaction } from '#app/db.server.ts';
import { AppError, invariant } from '#app/lib/errors.ts';
import { IS_INSTALLED_SQL } from '#app/modules/shops/find-shop.server.ts';
import {
  isSyncKind,
  isSyncState,
  OVER_STATES,
  SYNC_KINDS,
  type SyncFailure,
  type SyncKind,
  type SyncState,
} from './rules/sync.ts';

export interface SyncRun {
  shopId: bigint;
  kind: SyncKind;
  domain: string;
  /** Counts how often this kind was begun. */
  run: number;
  startedAt: Date;
  state: SyncState;
  operationId: string | null;
  /** How far the state's work is: a byte of the file, or the last order. */
  cursor: bigint;
}

/** Why a kind cannot be read; `failure` is kept with it and told to the merchant. */
export class SyncFailed extends AppError {
  readonly failure: SyncFailure;
  constructor(failure: SyncFailure, message: string) {
    super(failure, message);
    this.name = 'SyncFailed';
    this.failure = failure;
  }
}

/** `moved`: look again at once. `waiting`: Shopify is not done. `stopped`: somebody else is at it, or nobody may. */
export type StepOutcome = 'moved' | 'waiting' | 'stopped';

interface Row {
  shop_id: bigint;
  kind: string;
  domain: string;
  run: number;
  started_at: Date;
  state: string;
  bulk_operation_id: string | null;
  cursor: string | null;
}

const SELECT = `SELECT r.shop_id, r.kind, s.domain, r.run, r.started_at, r.state, r.bulk_operation_id, r.cursor
  FROM sync_runs r JOIN shops s USING (shop_id)`;

function runOf(row: Row): SyncRun {
  const { kind, state } = row;
  invariant(isSyncKind(kind) && isSyncState(state), `a sync of ${kind} is ${state}`);
  return {
    shopId: row.shop_id,
    kind,
    domain: row.domain,
    run: row.run,
    startedAt: row.started_at,
    state,
    operationId: row.bulk_operation_id,
    cursor: BigInt(row.cursor ?? 0),
  };
}

/** Every kind for which the worker has something to do, in shops that have the app; customers come first. */
export async function listDueSyncs(): Promise<SyncRun[]> {
  const { rows } = await pool.query<Row>(
    `${SELECT} WHERE NOT r.state = ANY($1) AND ${IS_INSTALLED_SQL} ORDER BY r.shop_id, array_position($2, r.kind)`,
    [OVER_STATES, SYNC_KINDS],
  );
  return rows.map(runOf);
}

/** The sync as it is now; null when the shop is gone. */
export async function readSync(db: Queryable, { shopId, kind }: SyncRun): Promise<SyncRun | null> {
  const { rows } = await db.query<Row>(`${SELECT} WHERE r.shop_id = $1 AND r.kind = $2`, [shopId, kind]);
  return rows[0] ? runOf(rows[0]) : null;
}

/**
 * Runs `work` in one transaction that holds the sync. `stopped`, and nothing is done, when somebody else did this batch,
 * or it was begun anew.
 */
export async function inBatch(
  seen: SyncRun,
  work: (tx: Transaction) => Promise<void>,
): Promise<'moved' | 'stopped'> {
  return withTransaction(async (tx) => {
    const { rows } = await tx.query<Row>(`${SELECT} WHERE r.shop_id = $1 AND r.kind = $2 FOR UPDATE OF r`, [
      seen.shopId,
      seen.kind,
    ]);
    const now = rows[0] && runOf(rows[0]);
    const isSame =
      now?.run === seen.run &&
      now.state === seen.state &&
      now.cursor === seen.cursor &&
      now.operationId === seen.operationId;
    if (!isSame) return 'stopped';
    await work(tx);
    return 'moved';
  });
}

/** A worker that was killed while it asked keeps others from it so long. */
const ASKING_MAX = '60 seconds';

/** Whether this worker may ask Shopify to start: no other is just doing so. */
export async function claimAsking({ shopId, kind, run }: SyncRun): Promise<boolean> {
  const { rowCount } = await pool.query(
    `UPDATE sync_runs SET asking_until = clock_timestamp() + interval '${ASKING_MAX}'
     WHERE shop_id = $1 AND kind = $2 AND run = $3 AND state = 'waiting'
       AND (asking_until IS NULL OR asking_until < clock_timestamp())`,
    [shopId, kind, run],
  );
  return rowCount === 1;
}

/** Nobody asks any more. */
export async function endAsking({ shopId, kind, run }: SyncRun): Promise<void> {
  await pool.query('UPDATE sync_runs SET asking_until = NULL WHERE shop_id = $1 AND kind = $2 AND run = $3', [
    shopId,
    kind,
    run,
  ]);
}

/** What a batch or a move changes; what is left out stays. */
export interface SyncChange {
  state?: SyncState;
  /** Null: the work of the next state begins anew, and so does its count. */
  cursor?: bigint | null;
  operationId?: string;
  found?: number;
  addDone?: number;
  failure?: SyncFailure;
}

/** Writes what a batch or a move changed; inside the transaction that holds the sync. */
export async function changeSync(
  tx: Transaction,
  { shopId, kind }: SyncRun,
  change: SyncChange,
): Promise<void> {
  const { state, cursor, operationId, found, addDone, failure } = change;
  await tx.query(
    `UPDATE sync_runs SET state = coalesce($3, state), cursor = CASE WHEN $4 THEN $5 ELSE cursor END,
       bulk_operation_id = coalesce($6, bulk_operation_id), found = coalesce($7, found),
       done = CASE WHEN $4 AND $5 IS NULL THEN 0 ELSE done END + $8, failure = coalesce($9, failure),
       finished_at = CASE WHEN $10 THEN clock_timestamp() ELSE finished_at END, updated_at = clock_timestamp()
     WHERE shop_id = $1 AND kind = $2`,
    [
      shopId,
      kind,
      state ?? null,
      cursor !== undefined,
      cursor?.toString() ?? null,
      operationId ?? null,
      found ?? null,
      addDone ?? 0,
      failure ?? null,
      state !== undefined && OVER_STATES.includes(state),
    ],
  );
}
