/** Orders that are counted or awarded in one transaction. */
export const ORDERS_A_BATCH = 500;

/** Rows of backfills: read, locked, and moved on. */
import { pool, type Queryable, type Transaction } from '#app/db.server.ts';
import { invariant } from '#app/lib/errors.ts';
import { IS_INSTALLED_SQL } from '#app/modules/shops/find-shop.server.ts';
import { isBackfillState, OVER_STATES, WORKING_STATES, type BackfillState } from '../rules/backfill.ts';

export interface BackfillKey {
  shopId: bigint;
  backfillId: bigint;
}

export interface Backfill extends BackfillKey {
  domain: string;
  timeZone: string;
  state: BackfillState;
  /** `YYYY-MM-DD` in the shop's time zone. */
  startsOn: string;
  operationId: string | null;
  /** How far the present state's work is: a byte of the file, or the last order. */
  cursor: bigint;
}

interface Row {
  shop_id: bigint;
  backfill_id: bigint;
  domain: string;
  time_zone: string;
  state: string;
  starts_on: string;
  bulk_operation_id: string | null;
  cursor: string | null;
}

const SELECT = `SELECT b.shop_id, b.backfill_id, s.domain, s.time_zone, b.state, b.starts_on::text AS starts_on,
  b.bulk_operation_id, b.cursor FROM backfills b JOIN shops s USING (shop_id)`;

function backfillOf(row: Row): Backfill {
  invariant(isBackfillState(row.state), `a backfill is ${row.state}`);
  return {
    shopId: row.shop_id,
    backfillId: row.backfill_id,
    domain: row.domain,
    timeZone: row.time_zone,
    state: row.state,
    startsOn: row.starts_on,
    operationId: row.bulk_operation_id,
    cursor: BigInt(row.cursor ?? 0),
  };
}

/** Lists every backfill for which the worker has something to do, in shops that have the app. */
export async function listDueBackfills(): Promise<BackfillKey[]> {
  const { rows } = await pool.query<BackfillKey>(
    `SELECT b.shop_id AS "shopId", b.backfill_id AS "backfillId" FROM backfills b JOIN shops s USING (shop_id)
     WHERE b.state = ANY($1) AND ${IS_INSTALLED_SQL} ORDER BY b.shop_id, b.backfill_id`,
    [WORKING_STATES],
  );
  return rows;
}

/** The backfill as it is now; null when the shop has none with this id. */
export async function readBackfill(db: Queryable, key: BackfillKey): Promise<Backfill | null> {
  const { rows } = await db.query<Row>(`${SELECT} WHERE b.shop_id = $1 AND b.backfill_id = $2`, keyOf(key));
  return rows[0] ? backfillOf(rows[0]) : null;
}

/** Locks the backfill until the transaction ends; null when it has none with this id. */
export async function lockBackfill(tx: Transaction, key: BackfillKey): Promise<Backfill | null> {
  const { rows } = await tx.query<Row>(
    `${SELECT} WHERE b.shop_id = $1 AND b.backfill_id = $2 FOR UPDATE OF b`,
    keyOf(key),
  );
  return rows[0] ? backfillOf(rows[0]) : null;
}

/** Locks it for the next batch of work; false when another worker did that batch, or the merchant stopped it. */
export async function holdForBatch(tx: Transaction, seen: Backfill): Promise<boolean> {
  const now = await lockBackfill(tx, seen);
  return now?.state === seen.state && now.cursor === seen.cursor;
}

/** What a batch or a move changes; what is left out stays. */
export interface BackfillChange {
  state?: BackfillState;
  /** Null: the work of the next state starts from the beginning. */
  cursor?: bigint | null;
  operationId?: string;
  ordersFound?: number;
  /** Null: counted from none again. */
  addDone?: number | null;
  totals?: object;
  failure?: string;
}

/** Writes what a batch or a move changed; inside the transaction that holds the backfill. */
export async function changeBackfill(db: Queryable, key: BackfillKey, change: BackfillChange): Promise<void> {
  const { state, cursor, operationId, ordersFound, addDone, totals, failure } = change;
  const isOver = state !== undefined && OVER_STATES.includes(state);
  await db.query(
    `UPDATE backfills SET state = coalesce($3, state),
       cursor = CASE WHEN $4 THEN $5 ELSE cursor END,
       bulk_operation_id = coalesce($6, bulk_operation_id), orders_found = coalesce($7, orders_found),
       orders_done = CASE WHEN $8 THEN 0 ELSE orders_done END + $9,
       totals = coalesce($10, totals), failure = coalesce($11, failure),
       finished_at = CASE WHEN $12 THEN ledger_now() WHEN $3 IS NULL THEN finished_at END, updated_at = clock_timestamp()
     WHERE shop_id = $1 AND backfill_id = $2`,
    [
      ...keyOf(key),
      state ?? null,
      cursor !== undefined,
      cursor?.toString() ?? null,
      operationId ?? null,
      ordersFound ?? null,
      addDone === null,
      addDone ?? 0,
      totals === undefined ? null : JSON.stringify(totals),
      failure ?? null,
      isOver,
    ],
  );
}

/** Forgets the orders that were collected: they hold personal data. */
export async function dropCollected(tx: Transaction, key: BackfillKey): Promise<void> {
  await tx.query('DELETE FROM backfill_orders WHERE shop_id = $1 AND backfill_id = $2', keyOf(key));
}

function keyOf({ shopId, backfillId }: BackfillKey): [bigint, bigint] {
  return [shopId, backfillId];
}
