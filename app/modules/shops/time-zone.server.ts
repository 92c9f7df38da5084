import pg from 'pg';
import { pool } from '#app/db.server.ts';

const INVALID_PARAMETER_VALUE = '22023';

/**
 * Returns whether both PostgreSQL and this program know a time zone of this name: Shopify may name one that is newer than
 * theirs. Not for inside a transaction, which the question may end.
 */
export async function isKnownTimeZone(name: string): Promise<boolean> {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    await pool.query('SELECT clock_timestamp() AT TIME ZONE $1', [name]);
    return true;
  } catch (error) {
    const isUnknown =
      error instanceof RangeError ||
      (error instanceof pg.DatabaseError && error.code === INVALID_PARAMETER_VALUE);
    if (isUnknown) return false;
    throw error;
  }
}
