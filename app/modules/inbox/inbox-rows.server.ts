import type { Transaction } from '#app/db.server.ts';
import { bigintArray } from '#app/lib/pg-arrays.ts';

/** The key of one row of the inbox. */
export interface InboxKey {
  shopId: bigint;
  inboxId: bigint;
}

/** A row that this transaction has locked. */
export interface InboxRow extends InboxKey {
  topic: string;
  /** When it happened according to Shopify, otherwise when we received it. */
  triggeredAt: Date;
  /** Read by the reconciliation, not sent by Shopify. */
  isReading: boolean;
  /** JSON as received. */
  body: string;
}

/** After this many failures a row waits for a person (docs/operations.md). */
export const ATTEMPTS_MAX = 8;

/** Stored bytes (compressed) of one batch: 500 bodies of 2 MiB would not fit into memory. */
const BATCH_BYTES_MAX = 8 * 1024 * 1024;

/** 10 s, 30 s, 90 s ... at most 2 h, each varied by up to a fifth so that failures don't all come back at once. */
const RETRY = { firstSeconds: 10, factor: 3, maxSeconds: 7_200 };

/** A process that hangs inside a batch (paused, swapped out) loses its rows to others after this time. */
const STALL_TIMEOUT = `SET LOCAL idle_in_transaction_session_timeout = '60s'`;

const FETCH = `
  fitting AS (SELECT shop_id, inbox_id, sum(size) OVER (ORDER BY inbox_id ROWS UNBOUNDED PRECEDING) - size AS before
                FROM held)
  SELECT shop_id AS "shopId", inbox_id AS "inboxId", topic, coalesce(triggered_at, received_at) AS "triggeredAt",
         coalesce(headers->>'source' = 'reconciliation', false) AS "isReading", body
    FROM fitting JOIN webhook_events USING (shop_id, inbox_id) WHERE before < ${BATCH_BYTES_MAX} ORDER BY inbox_id`;

const CLAIM_DUE = `
  WITH held AS (
    SELECT shop_id, inbox_id, pg_column_size(body) AS size FROM webhook_events
     WHERE state = 'pending' AND next_attempt_at <= statement_timestamp() AND inbox_id <> ALL ($2::bigint[])
     ORDER BY next_attempt_at, inbox_id LIMIT $1 FOR UPDATE SKIP LOCKED), ${FETCH}`;

const CLAIM_THESE = `
  WITH held AS (
    SELECT shop_id, inbox_id, pg_column_size(body) AS size FROM webhook_events
     WHERE (shop_id, inbox_id) IN (SELECT * FROM unnest($1::bigint[], $2::bigint[])) AND state = 'pending'
       AND next_attempt_at <= statement_timestamp()
     FOR UPDATE SKIP LOCKED), ${FETCH}`;

const MARK_DONE = `
  UPDATE webhook_events SET state = 'done', processed_at = clock_timestamp(), last_error = NULL
   WHERE (shop_id, inbox_id) IN (SELECT * FROM unnest($1::bigint[], $2::bigint[]))`;

const RECORD_FAILURE = `
  UPDATE webhook_events
     SET attempts = attempts + 1, last_error = $3,
         state = CASE WHEN attempts + 1 >= ${ATTEMPTS_MAX} THEN 'dead' ELSE 'pending' END,
         next_attempt_at = clock_timestamp() + make_interval(secs =>
           least(${RETRY.firstSeconds} * power(${RETRY.factor}, attempts), ${RETRY.maxSeconds}) * (0.8 + 0.4 * random()))
   WHERE shop_id = $1 AND inbox_id = $2 AND state = 'pending' AND next_attempt_at <= statement_timestamp()
  RETURNING attempts, state`;

/**
 * Locks up to `limit` due rows other than `except`, oldest first, until the transaction ends; other transactions skip
 * them.
 */
export async function claimDueRows(
  tx: Transaction,
  limit: number,
  except: ReadonlySet<bigint>,
): Promise<InboxRow[]> {
  await tx.query(STALL_TIMEOUT);
  return (await tx.query<InboxRow>(CLAIM_DUE, [limit, bigintArray([...except])])).rows;
}

/** Locks those of these rows that are still pending and not locked by another transaction. */
export async function claimRows(tx: Transaction, keys: readonly InboxKey[]): Promise<InboxRow[]> {
  await tx.query(STALL_TIMEOUT);
  return (await tx.query<InboxRow>(CLAIM_THESE, columns(keys))).rows;
}

/** Marks rows as processed, in the transaction that processed them. */
export async function markDone(tx: Transaction, keys: readonly InboxKey[]): Promise<void> {
  await tx.query(MARK_DONE, columns(keys));
}

/**
 * Counts a failure of one row and sets its next attempt, or marks it as dead. `reason` holds no personal data.
 * Returns null when the row is no longer due: between two transactions another lane may have processed or counted it.
 */
export async function recordFailure(
  tx: Transaction,
  key: InboxKey,
  reason: string,
): Promise<{ attempts: number; state: 'pending' | 'dead' } | null> {
  const values = [key.shopId, key.inboxId, reason];
  const { rows } = await tx.query<{ attempts: number; state: 'pending' | 'dead' }>(RECORD_FAILURE, values);
  return rows[0] ?? null;
}

function columns(keys: readonly InboxKey[]): [string, string] {
  return [bigintArray(keys.map(({ shopId }) => shopId)), bigintArray(keys.map(({ inboxId }) => inboxId))];
}
