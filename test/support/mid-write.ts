import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';

const LOOK_MS = 2;

/**
 * Waits until some session of this database is in a transaction that processes the inbox, between its first and its
 * last statement; returns false when that didn't happen in time.
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

/**
 * Makes every transaction that writes to the ledger wait at its first entry until `release`, however fast the machine
 * is: anything done in between happens mid-transaction.
 */
export async function holdWrites(
  databaseUrl: string,
): Promise<{ untilHeld(timeoutMs: number): Promise<void>; release(): Promise<void> }> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  await client.query('BEGIN; LOCK TABLE ledger_entries IN SHARE MODE');
  return {
    async untilHeld(timeoutMs) {
      const waiting = `SELECT FROM pg_locks WHERE relation = 'ledger_entries'::regclass AND NOT granted`;
      for (const deadline = Date.now() + timeoutMs; Date.now() < deadline; await sleep(LOOK_MS)) {
        if ((await client.query(waiting)).rowCount !== 0) return;
      }
      throw new Error(`no one wrote to the ledger within ${timeoutMs / 1_000} s`);
    },
    release: () => client.end(),
  };
}
