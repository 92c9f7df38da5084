import { withTransaction, type Queryable } from '#app/db.server.ts';
import { isStatementTimeout } from '#app/lib/pg-errors.ts';

/** Does what only reads; null where one of its statements took longer than `ms`. */
export async function readWithin<T>(ms: number, read: (db: Queryable) => Promise<T>): Promise<T | null> {
  try {
    return await withTransaction(async (tx) => {
      await tx.query("SELECT set_config('statement_timeout', $1, true)", [String(ms)]);
      return read(tx);
    });
  } catch (error) {
    if (isStatementTimeout(error)) return null;
    throw error;
  }
}
