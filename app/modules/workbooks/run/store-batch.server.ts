/** What became of rows, in one transaction: what they write, and how they ended. */
import { ledgerNow, pool, withTransaction, type Transaction } from '#app/db.server.ts';
import type { CheckContext } from '../import/check-rows.server.ts';
import type { Turn } from '../import/import-rows.server.ts';
import { refusedRow } from './plan-batch.server.ts';
import { holdLease, storeRowEnds, type RowEnd } from './run-rows.server.ts';
import type { SentPlan } from './row-plan.ts';
import { storeRows, type WrittenRow } from './store-rows.server.ts';

/** What a plan says of the customer as they were, for storing. */
export function knownOf({ before, categoryId }: SentPlan): WrittenRow['known'] {
  return before && { record: before.fields, categoryId };
}

/**
 * Stores rows that were written and the ends of these and others; `also` belongs to the same transaction. Batches of different
 * customers may be stored at the same time.
 * @throws TurnLost when the import is another worker's
 */
export async function storeBatch(
  turn: Turn,
  context: CheckContext,
  { written, ends }: { written: readonly WrittenRow[]; ends: readonly RowEnd[] },
  also: (tx: Transaction) => Promise<void> = () => Promise.resolve(),
): Promise<void> {
  const { seen } = turn;
  const now = await ledgerNow(pool);
  await withTransaction(async (tx) => {
    const gone = await storeRows(
      tx,
      { seen, actor: seen.runBy ?? 'import', now, allowsDiscount: context.allowsDiscount },
      written,
    );
    await storeRowEnds(
      tx,
      seen,
      ends.map((end) =>
        gone.has(end.row)
          ? refusedRow(end.row, end.customerId, [{ field: null, reason: 'unknown_customer' }])
          : end,
      ),
    );
    await also(tx);
    // At the end: another batch of this import may be on its way, and would wait for this row from here on.
    await holdLease(tx, turn);
  });
}
