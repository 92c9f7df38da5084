import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';

const LOOK_MS = 2;

/**
 * Waits until some session of this database is in a transaction that works the inbox, between its first and its last
 * statement; answers false when that did not happen in time.
 */
export async function waitUntilMidWrite(databaseUrl: string, timeoutMs: number): Promise<boolean> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    for (const deadline = Date.now() + timeoutMs; Date.now() < deadline; await sleep(LOOK_MS)) {
      const { rowCount } = await client.query(
        `SELECT FROM pg_stat_activity a JOIN pg_locks l ON l.pid = a.pid
          WHERE a.datname = current_database() AND l.relation = 'ledger_accounts'::regclass`,
      );
      if (rowCount !== 0) return true;
    }
    return false;
  } finally {
    await client.end();
  }
}
