/** The rows of an import as the run takes them: read in order, marked before they are sent, stored with what became of them. */
import type { Queryable, Transaction } from '#app/db.server.ts';
import type { ImportKey, Turn } from '../import/import-rows.server.ts';
import type { ImportState } from '../rules/import-states.ts';
import { LEASE_SECONDS, TurnLost } from '../import/import-rows.server.ts';
import type { RowValues } from '../rules/import-fields.ts';
import { readValues } from './stored-values.server.ts';
import type { StoredChanges } from '../rules/plan-undo.ts';
import { readPlan, storedPlan, type RowRefusal, type SentPlan } from './row-plan.ts';

export const ROW_OUTCOMES = ['created', 'updated', 'unchanged', 'skipped', 'refused'] as const;
export type RowOutcome = (typeof ROW_OUTCOMES)[number];

export interface OpenRow {
  row: number;
  values: RowValues;
  verdict: string;
  /** When it was first sent to Shopify, by our clock; null for a row that was not. */
  sentAt: Date | null;
  attempts: number;
  /** What it was sent as. */
  isSentAsNew: boolean;
  /** What it was to do when it was sent; null for a row that was not. */
  plan: SentPlan | null;
}

/** Reads the next rows that are waiting, or that were sent and not stored, in order; not those that go in chunks. */
export async function readOpenRows(
  db: Queryable,
  { shopId, importId }: ImportKey,
  states: readonly ('waiting' | 'sent')[],
  limit: number,
  after = 0,
): Promise<OpenRow[]> {
  const { rows } = await db.query<{
    row: number;
    values: unknown;
    verdict: string;
    sentAt: Date | null;
    attempts: number;
    outcome: string | null;
    plan: unknown;
  }>(
    `SELECT row_number AS row, values, verdict, sent_at AS "sentAt", attempts, outcome, plan FROM import_rows
     WHERE shop_id = $1 AND import_id = $2 AND state = ANY ($3::text[]) AND state IN ('waiting', 'sent')
       AND chunk IS NULL AND step IS NULL AND row_number > $5 ORDER BY row_number LIMIT $4`,
    [shopId, importId, states, limit, after],
  );
  return rows.map(({ outcome, values, plan, ...row }) => ({
    ...row,
    values: readValues(shopId, values),
    isSentAsNew: outcome === 'created',
    plan: readPlan(plan),
  }));
}

/** Marks rows as being sent, so that a worker that takes over knows that Shopify may have heard of them. */
export async function markSent(
  tx: Transaction,
  { shopId, importId }: ImportKey,
  rows: readonly MarkedRow[],
): Promise<void> {
  await tx.query(
    `UPDATE import_rows r SET state = 'sent', sent_at = coalesce(r.sent_at, clock_timestamp()), attempts = r.attempts + 1,
       outcome = CASE WHEN n.is_new THEN 'created' ELSE 'updated' END, plan = n.plan, chunk = n.chunk, line = n.line, step = n.step
     FROM json_to_recordset($3) AS n (row int, is_new bool, plan json, chunk int, line int, step text)
     WHERE r.shop_id = $1 AND r.import_id = $2 AND r.row_number = n.row AND r.state IN ('waiting', 'sent')`,
    [
      shopId,
      importId,
      JSON.stringify(
        rows.map(({ plan, place, ...row }) => ({
          ...row,
          ...place,
          is_new: plan.before === null,
          plan: storedPlan(plan),
        })),
      ),
    ],
  );
}

export interface MarkedRow {
  row: number;
  plan: SentPlan;
  /** Where it goes in a chunk; absent for a row that is sent alone. */
  place?: { chunk: number; line: number; step: string };
}

export interface RowEnd {
  row: number;
  /** `waiting`: Shopify did nothing, it is sent again; `sent`: Shopify may have done it. */
  state: 'waiting' | 'sent' | 'done' | 'refused' | 'skipped';
  outcome: RowOutcome | null;
  customerId: bigint | null;
  refusals: readonly RowRefusal[];
  before: StoredChanges | null;
  after: StoredChanges | null;
}

/** Stores what became of rows; a row that has ended is not touched again. */
export async function storeRowEnds(
  tx: Transaction,
  { shopId, importId }: ImportKey,
  ends: readonly RowEnd[],
): Promise<void> {
  if (ends.length === 0) return;
  await tx.query(
    `UPDATE import_rows r SET state = n.state, outcome = n.outcome, customer_id = coalesce(n.customer, r.customer_id),
       refusal = n.refusal, before = n.before, after = n.after, chunk = NULL, line = NULL, step = NULL,
       plan = CASE WHEN n.state = 'sent' THEN r.plan END, sent_at = CASE WHEN n.state = 'waiting' THEN NULL ELSE r.sent_at END
     FROM json_to_recordset($3) AS n (row int, state text, outcome text, customer bigint, refusal json, before json, after json)
     WHERE r.shop_id = $1 AND r.import_id = $2 AND r.row_number = n.row AND r.state IN ('waiting', 'sent')`,
    [
      shopId,
      importId,
      JSON.stringify(
        ends.map(({ customerId, refusals, ...end }) => ({
          ...end,
          customer: customerId?.toString() ?? null,
          refusal: refusals.length === 0 ? null : refusals,
        })),
      ),
    ],
  );
}

/** Leaves out what is still waiting. */
export async function skipWaiting(tx: Transaction, { shopId, importId }: ImportKey): Promise<void> {
  await tx.query(
    `UPDATE import_rows SET state = 'skipped', outcome = 'skipped'
     WHERE shop_id = $1 AND import_id = $2 AND state = 'waiting'`,
    [shopId, importId],
  );
}

/**
 * Extends the lease and returns the import's state now, which the merchant may have changed: what was sent is stored even
 * then.
 * @throws TurnLost when the import is another worker's
 */
export async function holdLease(db: Queryable, { seen, leaseId }: Turn): Promise<ImportState | null> {
  const { rows } = await db.query<{ state: ImportState }>(
    `UPDATE imports SET leased_until = clock_timestamp() + interval '${LEASE_SECONDS} seconds', updated_at = clock_timestamp()
     WHERE shop_id = $1 AND import_id = $2 AND lease_id = $3 RETURNING state`,
    [seen.shopId, seen.importId, leaseId],
  );
  const [row] = rows;
  if (!row) throw new TurnLost();
  return row.state;
}
