import pg from 'pg';
import { inject } from 'vitest';
import { createScratchDatabase, type ScratchDatabase } from '../../scripts/lib/scratch-database.ts';

/**
 * A migrated, empty database of its own for a scenario. Files of the projects db, routes and contract need not call
 * this: theirs is made before they load, and process.env.DATABASE_URL names it. It goes with the template at the end of
 * the run: ext4 makes files slowly for some seconds after many were deleted (0.5 s for a database instead of 0.07).
 */
export async function createTestDatabase(): Promise<Omit<ScratchDatabase, 'drop'>> {
  const template = inject('templateDatabase');
  return createScratchDatabase(inject('adminUrl'), template, template);
}

/**
 * Deletes row by row, which for a test's few rows takes a fortieth of TRUNCATE's time, until nothing is left: triggers
 * write into tables that were emptied before. The setting lets the ledger go.
 */
const DELETE_ALL = `DO $$
  DECLARE
    target text;
    deleted bigint;
    total bigint;
  BEGIN
    PERFORM set_config('setia.erasing_shop', 'on', true);
    LOOP
      total := 0;
      FOR target IN SELECT format('%I.%I', schemaname, tablename) FROM pg_tables
        WHERE schemaname = 'public' AND tablename <> '_prisma_migrations'
      LOOP
        EXECUTE 'DELETE FROM ' || target;
        GET DIAGNOSTICS deleted = ROW_COUNT;
        total := total + deleted;
      END LOOP;
      EXIT WHEN total = 0;
    END LOOP;
  END $$`;

/**
 * Empties every table of the database at `url`, for tests that share a file but must start from nothing. Ids are not
 * given again: caches of the process under test know the old ones.
 */
export async function emptyDatabase(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(DELETE_ALL);
  } finally {
    await client.end();
  }
}
