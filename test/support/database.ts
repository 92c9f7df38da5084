import pg from 'pg';
import { inject } from 'vitest';
import { createScratchDatabase, type ScratchDatabase } from '../../scripts/lib/scratch-database.ts';

/**
 * A migrated, empty database of its own for a scenario. Files of the projects db, routes and contract need not call
 * this: theirs is made before they load, and process.env.DATABASE_URL names it.
 */
export async function createTestDatabase(): Promise<ScratchDatabase> {
  return createScratchDatabase(inject('adminUrl'), 'setia_test', inject('templateDatabase'));
}

/** Empties every table of the database at `url`, for tests that share a file but must start from nothing. */
export async function emptyDatabase(url: string): Promise<void> {
  const tables = `SELECT string_agg(format('%I.%I', schemaname, tablename), ', ') AS names FROM pg_tables
    WHERE schemaname = 'public' AND tablename <> '_prisma_migrations'`;
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<{ names: string | null }>(tables);
    const names = rows[0]?.names;
    // The setting lets the ledger go. Ids are not given again: caches of the process under test know the old ones.
    if (names != null) await client.query(`SET setia.erasing_shop = 'on'; TRUNCATE ${names} CASCADE`);
  } finally {
    await client.end();
  }
}
