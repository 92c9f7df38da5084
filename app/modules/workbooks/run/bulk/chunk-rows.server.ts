/** Chunks as they are stored, and the rows in them. */
import type { Queryable, Transaction } from '#app/db.server.ts';
import { BULK_STEPS, type BulkStep } from '#app/integrations/shopify/bulk-customers.server.ts';
import type { ImportKey } from '../../import/import-rows.server.ts';
import type { RowValues } from '../../rules/import-fields.ts';
import { readPlan, storedPlan, type SentPlan } from '../row-plan.ts';
import { readValues } from '../stored-values.server.ts';

export interface Chunk {
  chunk: number;
  step: BulkStep;
  state: 'starting' | 'running';
  operationId: string | null;
  tries: number;
  unread: number;
  /** By our clock; the time of consents in it. */
  createdAt: Date;
}

/** Reads the chunk of an import that has not ended; null for none. */
export async function readOpenChunk(db: Queryable, { shopId, importId }: ImportKey): Promise<Chunk | null> {
  const { rows } = await db.query<Omit<Chunk, 'step'> & { step: string }>(
    `SELECT chunk, step, state, operation_id AS "operationId", tries, unread, created_at AS "createdAt" FROM import_chunks
     WHERE shop_id = $1 AND import_id = $2 AND state <> 'ended' ORDER BY chunk LIMIT 1`,
    [shopId, importId],
  );
  const [row] = rows;
  return row ? { ...row, step: BULK_STEPS.find((step) => step === row.step) ?? 'set' } : null;
}

/** Stores a new chunk; returns its number. */
export async function addChunk(
  tx: Transaction,
  { shopId, importId }: ImportKey,
  { step, rows, at }: { step: BulkStep; rows: number; at: Date },
): Promise<number> {
  const { rows: added } = await tx.query<{ chunk: number }>(
    `INSERT INTO import_chunks (shop_id, import_id, chunk, step, rows, created_at)
     SELECT $1, $2, coalesce(max(chunk), 0) + 1, $3, $4, $5 FROM import_chunks WHERE shop_id = $1 AND import_id = $2
     RETURNING chunk`,
    [shopId, importId, step, rows, at],
  );
  return added[0]?.chunk ?? 0;
}

/** How many rows wait for a step, by step. */
export async function countSteps(
  db: Queryable,
  { shopId, importId }: ImportKey,
): Promise<Map<string, number>> {
  const { rows } = await db.query<{ step: string; rows: number }>(
    `SELECT step, count(*)::int AS rows FROM import_rows
     WHERE shop_id = $1 AND import_id = $2 AND step IS NOT NULL AND chunk IS NULL GROUP BY 1`,
    [shopId, importId],
  );
  return new Map(rows.map(({ step, rows: count }) => [step, count]));
}

/** Puts rows that wait for a step into a chunk. */
export async function fillChunk(
  tx: Transaction,
  { shopId, importId }: ImportKey,
  { chunk, step, rows }: { chunk: number; step: BulkStep; rows: number },
): Promise<void> {
  await tx.query(
    `UPDATE import_rows r SET chunk = $3, line = n.line FROM (
       SELECT row_number, (row_number() OVER (ORDER BY import_rows.row_number) - 1)::int AS line FROM import_rows
        WHERE shop_id = $1 AND import_id = $2 AND step = $4 AND chunk IS NULL ORDER BY import_rows.row_number LIMIT $5) AS n
     WHERE r.shop_id = $1 AND r.import_id = $2 AND r.row_number = n.row_number`,
    [shopId, importId, chunk, step, rows],
  );
}

/** Rows that wait for a step go one by one, from what they have reached. */
export async function takeOutOfSteps(
  db: Queryable,
  { shopId, importId }: ImportKey,
  step: string,
): Promise<void> {
  await db.query(
    `UPDATE import_rows SET step = NULL WHERE shop_id = $1 AND import_id = $2 AND step = $3 AND chunk IS NULL`,
    [shopId, importId, step],
  );
}

export interface ChunkRow {
  row: number;
  line: number;
  values: RowValues;
  plan: SentPlan;
}

/** Reads rows that are still in a chunk: `lines` of it, or all. */
export async function readChunkRows(
  db: Queryable,
  { shopId, importId }: ImportKey,
  chunk: number,
  lines: readonly number[] | null = null,
): Promise<ChunkRow[]> {
  const { rows } = await db.query<{ row: number; line: number; values: unknown; plan: unknown }>(
    `SELECT row_number AS row, line, values, plan FROM import_rows
     WHERE shop_id = $1 AND import_id = $2 AND chunk = $3 AND ($4::int[] IS NULL OR line = ANY ($4)) AND state = 'sent' ORDER BY line`,
    [shopId, importId, chunk, lines],
  );
  return rows.flatMap(({ values, plan, ...row }) => {
    const read = readPlan(plan);
    return read ? [{ ...row, values: readValues(shopId, values), plan: read }] : [];
  });
}

/** Rows whose step is done wait for their next one. */
export async function advanceRows(
  tx: Transaction,
  { shopId, importId }: ImportKey,
  rows: readonly { row: number; plan: SentPlan }[],
): Promise<void> {
  if (rows.length === 0) return;
  await tx.query(
    `UPDATE import_rows r SET chunk = NULL, line = NULL, step = n.step, plan = n.plan, customer_id = n.customer
     FROM json_to_recordset($3) AS n (row int, step text, customer bigint, plan json)
     WHERE r.shop_id = $1 AND r.import_id = $2 AND r.row_number = n.row AND r.state = 'sent'`,
    [
      shopId,
      importId,
      JSON.stringify(
        rows.map(({ row, plan }) => ({
          row,
          step: plan.steps[0] ?? null,
          customer: plan.customerId?.toString() ?? null,
          plan: storedPlan(plan),
        })),
      ),
    ],
  );
}

/** Rows of a chunk of which nothing is known are looked up and written one by one; `rows`: these, or all that are left. */
export async function takeOutOfChunk(
  db: Queryable,
  { shopId, importId }: ImportKey,
  chunk: number,
  rows: readonly number[] | null = null,
): Promise<void> {
  await db.query(
    `UPDATE import_rows SET chunk = NULL, line = NULL, step = NULL
     WHERE shop_id = $1 AND import_id = $2 AND chunk = $3 AND ($4::int[] IS NULL OR row_number = ANY ($4))`,
    [shopId, importId, chunk, rows],
  );
}

/** Rows of a chunk that never began wait again; those that had a step done before go on one by one. */
export async function unsendChunk(
  db: Queryable,
  { shopId, importId }: ImportKey,
  chunk: number,
): Promise<void> {
  await db.query(
    `UPDATE import_rows SET chunk = NULL, line = NULL, step = NULL,
       state = CASE WHEN plan->>'updatedAt' IS NULL THEN 'waiting' ELSE state END,
       sent_at = CASE WHEN plan->>'updatedAt' IS NULL THEN NULL ELSE sent_at END,
       outcome = CASE WHEN plan->>'updatedAt' IS NULL THEN NULL ELSE outcome END,
       plan = CASE WHEN plan->>'updatedAt' IS NULL THEN NULL ELSE plan END
     WHERE shop_id = $1 AND import_id = $2 AND chunk = $3`,
    [shopId, importId, chunk],
  );
}

interface ChunkChange {
  state?: 'running' | 'ended';
  operationId?: string;
  done?: number;
  tries?: number;
  unread?: number;
}

/** Stores how far a chunk is. */
export async function changeChunk(
  db: Queryable,
  { shopId, importId }: ImportKey,
  chunk: number,
  { state, operationId, done, tries, unread }: ChunkChange,
): Promise<void> {
  await db.query(
    `UPDATE import_chunks SET state = coalesce($4, state), operation_id = coalesce($5, operation_id), done = coalesce($6, done),
       tries = coalesce($7, tries), unread = coalesce($8, unread) WHERE shop_id = $1 AND import_id = $2 AND chunk = $3`,
    [
      shopId,
      importId,
      chunk,
      state ?? null,
      operationId ?? null,
      done ?? null,
      tries ?? null,
      unread ?? null,
    ],
  );
}

/** How many chunks of a shop are at Shopify. */
export async function countRunning(db: Queryable, shopId: bigint): Promise<number> {
  const { rows } = await db.query<{ count: number }>(
    `SELECT count(*)::int AS count FROM import_chunks WHERE shop_id = $1 AND state = 'running'`,
    [shopId],
  );
  return rows[0]?.count ?? 0;
}

export interface RunningBulk {
  rows: number;
  done: number;
}

/** Reads how far Shopify is with the chunk of an import; null while it has none. */
export async function readRunningBulk(
  db: Queryable,
  { shopId, importId }: ImportKey,
): Promise<RunningBulk | null> {
  const { rows } = await db.query<RunningBulk>(
    `SELECT rows, done FROM import_chunks WHERE shop_id = $1 AND import_id = $2 AND state = 'running' ORDER BY chunk LIMIT 1`,
    [shopId, importId],
  );
  return rows[0] ?? null;
}
