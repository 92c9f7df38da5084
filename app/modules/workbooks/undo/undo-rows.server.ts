/** The rows that an undo takes back, the last ones first. */
import type { Transaction, Queryable } from '#app/db.server.ts';
import { bigintArray } from '#app/lib/pg-arrays.ts';
import type { ImportKey } from '../import/import-rows.server.ts';
import type { StoredChanges } from '../rules/plan-undo.ts';
import { readChanges } from '../run/stored-changes.ts';
import { readValues } from '../run/stored-values.server.ts';

export interface WrittenBefore {
  row: number;
  customerId: bigint;
  isCreated: boolean;
  before: StoredChanges;
  after: StoredChanges;
  nationalId: string | null;
}

/** All of it, some of it, or nothing could be taken back. */
export type UndoOutcome = 'undone' | 'partly' | 'kept';

/** Reads the next rows to undo: in the opposite order, since a later row may have changed what an earlier one wrote. */
export async function readUndoRows(
  db: Queryable,
  { shopId, importId }: ImportKey,
  limit: number,
): Promise<WrittenBefore[]> {
  const { rows } = await db.query<{
    row: number;
    customerId: bigint | null;
    before: unknown;
    after: unknown;
    values: unknown;
  }>(
    `SELECT row_number AS row, customer_id AS "customerId", before, after, values FROM import_rows
     WHERE shop_id = $1 AND import_id = $2 AND after IS NOT NULL AND undo_outcome IS NULL AND customer_id IS NOT NULL
     ORDER BY row_number DESC LIMIT $3`,
    [shopId, importId, limit],
  );
  return rows.map(({ row, customerId, before, after, values }) => {
    const { nationalId } = readValues(shopId, values);
    return {
      row,
      customerId: customerId ?? 0n,
      isCreated: before === null,
      before: before === null ? { fields: {} } : readChanges(before),
      after: readChanges(after),
      nationalId: typeof nationalId === 'string' ? nationalId : null,
    };
  });
}

/** Stores what became of undone rows. */
export async function storeUndone(
  tx: Transaction,
  { shopId, importId }: ImportKey,
  ends: readonly { row: number; outcome: UndoOutcome }[],
): Promise<void> {
  await tx.query(
    `UPDATE import_rows r SET undo_outcome = n.outcome, state = CASE WHEN n.outcome = 'kept' THEN r.state ELSE 'undone' END
     FROM unnest($3::int[], $4::text[]) AS n (row, outcome)
     WHERE r.shop_id = $1 AND r.import_id = $2 AND r.row_number = n.row`,
    [shopId, importId, ends.map(({ row }) => row), ends.map(({ outcome }) => outcome)],
  );
}

/** Which of these customers have orders, or points and credit that are not this import's: they are not deleted. */
export async function findUsed(
  db: Queryable,
  { shopId, importId }: ImportKey,
  customerIds: readonly bigint[],
): Promise<Set<bigint>> {
  const { rows } = await db.query<{ customerId: bigint }>(
    `SELECT c.customer_id AS "customerId" FROM unnest($2::bigint[]) AS c (customer_id)
     WHERE EXISTS (SELECT FROM orders o WHERE o.shop_id = $1 AND o.customer_id = c.customer_id)
        OR EXISTS (SELECT FROM orders o WHERE o.shop_id = $1 AND o.claimed_by = c.customer_id)
        OR EXISTS (SELECT FROM ledger_entries e WHERE e.shop_id = $1 AND e.customer_id = c.customer_id
             AND NOT starts_with(e.idempotency_key, $3))
        OR EXISTS (SELECT FROM customer_notes n WHERE n.shop_id = $1 AND n.customer_id = c.customer_id)
        OR EXISTS (SELECT FROM customer_photos p WHERE p.shop_id = $1 AND p.customer_id = c.customer_id)`,
    [shopId, bigintArray(customerIds), `import:${importId}:`],
  );
  return new Set(rows.map(({ customerId }) => customerId));
}
