/** Rows of syncs, one per kind and shop: read, locked for a batch, and updated. */
import { pool, withTransaction, type Queryable, type Transaction } from '#app/db.server.ts';
import { AppError, invariant } from '#app/lib/errors.ts';
import { IS_INSTALLED_SQL } from '#app/modules/shops/find-shop.server.ts';
import {
  isSyncKind,
  isSyncState,
  FINISHED_STATES,
  SYNC_KINDS,
  type SyncFailure,
  type SyncKind,
  type SyncState,
} from './rules/sync.ts';

export interface SyncRun {
  shopId: bigint;
  kind: SyncKind;
  domain: string;
  /** Counts how often this kind was started. */
  run: number;
  startedAt: Date;
  state: SyncState;
  operationId: string | null;
  /** Position of the current state: a byte of the file, or the last order. */
  cursor: bigint;
}

/** Why a kind can't be read; `failure` is stored with it and shown to the merchant. */
export class SyncFailed extends AppError {
  readonly failure: SyncFailure;
  constructor(failure: SyncFailure, message: string) {
    super(failure, message);
    this.name = 'SyncFailed';
    this.failure = failure;
  }
}

/** `moved`: continue at once. `waiting`: Shopify isn't done. `stopped`: another worker has it, or it may not run. */
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

/** A kind that is due in a shop, as its turn of the task is named; its row isn't decoded yet. */
export interface DueSync {
  shopId: bigint;
  /** The kind: one that fails doesn't stop the others. */
  part: string;
}

/** Lists every kind that is due, in shops that have the app; customers come first. */
export async function listDueSyncs(): Promise<DueSync[]> {
  const { rows } = await pool.query<DueSync>(
    `SELECT r.shop_id AS "shopId", r.kind AS part FROM sync_runs r JOIN shops s USING (shop_id)
     WHERE NOT r.state = ANY($1) AND ${IS_INSTALLED_SQL} ORDER BY r.shop_id, array_position($2, r.kind)`,
    [FINISHED_STATES, SYNC_KINDS],
  );
  return rows;
}

/** Finds the current sync of a kind; null when the shop is deleted. */
export async function readSync(
  db: Queryable,
  { shopId, kind }: { shopId: bigint; kind: string },
): Promise<SyncRun | null> {
  const { rows } = await db.query<Row>(`${SELECT} WHERE r.shop_id = $1 AND r.kind = $2`, [shopId, kind]);
  return rows[0] ? runOf(rows[0]) : null;
}

/**
 * Runs `work` in one transaction that locks the sync. Returns `stopped`, doing nothing, when another worker did this
 * batch or the sync was restarted.
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

/** How long a worker that was killed during its request blocks the others. */
const ASKING_MAX = '60 seconds';

/** Whether this worker may ask Shopify to start: no other is doing so right now. */
export async function claimAsking({ shopId, kind, run }: SyncRun): Promise<boolean> {
  const { rowCount } = await pool.query(
    `UPDATE sync_runs SET asking_until = clock_timestamp() + interval '${ASKING_MAX}'
     WHERE shop_id = $1 AND kind = $2 AND run = $3 AND state = 'waiting'
       AND (asking_until IS NULL OR asking_until < clock_timestamp())`,
    [shopId, kind, run],
  );
  return rowCount === 1;
}

/** Ends the claim: no request is in flight. */
export async function endAsking({ shopId, kind, run }: SyncRun): Promise<void> {
  await pool.query('UPDATE sync_runs SET asking_until = NULL WHERE shop_id = $1 AND kind = $2 AND run = $3', [
    shopId,
    kind,
    run,
  ]);
}

/** The changes of a batch or a transition; absent fields are left unchanged. */
export interface SyncChange {
  state?: SyncState;
  /** Null: the next state starts from the beginning, and so does its count. */
  cursor?: bigint | null;
  operationId?: string;
  found?: number;
  addDone?: number;
  failure?: SyncFailure;
}

/** Stores the changes of a batch or a transition, inside the transaction that locks the sync. */
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
      state !== undefined && FINISHED_STATES.includes(state),
    ],
  );
}
