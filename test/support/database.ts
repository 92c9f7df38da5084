import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { inject } from 'vitest';

/** A database of its own for one test file or one scenario, migrated and empty. */
export interface TestDatabase {
  url: string;
  /** Drops the database; connections that are still open are cut. */
  drop(): Promise<void>;
}

/**
 * Clones the run's template database (about 50 ms). Files of the projects db, routes and contract need not
 * call it: theirs is made before they load, and process.env.DATABASE_URL names it.
 */
export async function createTestDatabase(): Promise<TestDatabase> {
  const adminUrl = inject('adminUrl');
  const name = `setia_test_${randomBytes(6).toString('hex')}`;
  await execute(
    adminUrl,
    `CREATE DATABASE ${name} TEMPLATE ${inject('templateDatabase')} STRATEGY FILE_COPY`,
  );
  const url = new URL(adminUrl);
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => execute(adminUrl, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`) };
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
    if (names != null) await client.query(`TRUNCATE ${names} RESTART IDENTITY CASCADE`);
  } finally {
    await client.end();
  }
}

async function execute(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
