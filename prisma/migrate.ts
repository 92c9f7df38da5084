/**
 * Applies prisma/migrations and graphile-worker's own migrations.
 *
 * Prisma's engine for `migrate deploy` is a download that closed networks refuse. This does the same with the
 * same table, checksum and lock, so that either can be used on the same database.
 */
import { createHash, randomUUID } from 'node:crypto';
import fs from 'node:fs/promises';
import path from 'node:path';
import { runMigrations } from 'graphile-worker';
import pg from 'pg';

/** The advisory lock of Prisma's schema engine: it and we exclude each other. */
const PRISMA_LOCK = 72707369;

const MIGRATIONS_TABLE = `
  CREATE TABLE IF NOT EXISTS _prisma_migrations (
    id varchar(36) PRIMARY KEY NOT NULL,
    checksum varchar(64) NOT NULL,
    finished_at timestamptz,
    migration_name varchar(255) NOT NULL,
    logs text,
    rolled_back_at timestamptz,
    started_at timestamptz NOT NULL DEFAULT now(),
    applied_steps_count integer NOT NULL DEFAULT 0
  )`;

export interface MigrateOptions {
  /** Folder of migrations; each is a folder with a migration.sql, applied in the order of their names. */
  folder?: string;
}

interface Migration {
  name: string;
  sql: string;
  /** sha256 of the file in hex, as Prisma writes it. */
  checksum: string;
}

/**
 * Brings the database at `databaseUrl` up to date and returns the names of the migrations it applied. Concurrent
 * calls wait for each other.
 * @throws when an applied file was changed since, when an earlier run failed half-way, or when a file's SQL fails:
 * then nothing of that file is applied.
 */
export async function migrate(databaseUrl: string, options: MigrateOptions = {}): Promise<string[]> {
  const migrations = await readMigrations(options.folder ?? path.join(import.meta.dirname, 'migrations'));
  const client = new pg.Client({ connectionString: databaseUrl, application_name: 'setia-migrate' });
  await client.connect();
  try {
    await client.query('SELECT pg_advisory_lock($1)', [PRISMA_LOCK]);
    await client.query(MIGRATIONS_TABLE);
    const pending = await findPending(client, migrations);
    for (const migration of pending) await apply(client, migration);
    await runMigrations({ connectionString: databaseUrl });
    return pending.map(({ name }) => name);
  } finally {
    // Ends the session and with it the lock.
    await client.end();
  }
}

async function readMigrations(folder: string): Promise<Migration[]> {
  const entries = await fs.readdir(folder, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  return Promise.all(
    names.sort().map(async (name) => {
      const sql = await fs.readFile(path.join(folder, name, 'migration.sql'), 'utf8');
      return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') };
    }),
  );
}

async function findPending(client: pg.Client, migrations: Migration[]): Promise<Migration[]> {
  const { rows } = await client.query<{ name: string; checksum: string; isFinished: boolean }>(
    `SELECT migration_name AS name, checksum, finished_at IS NOT NULL AS "isFinished"
       FROM _prisma_migrations WHERE rolled_back_at IS NULL`,
  );
  const applied = new Map(rows.map((row) => [row.name, row]));
  return migrations.filter(({ name, checksum }) => {
    const row = applied.get(name);
    if (row === undefined) return true;
    if (!row.isFinished)
      throw new Error(`Migration ${name} failed half-way in this database: mend it by hand first.`);
    if (row.checksum === checksum) return false;
    throw new Error(
      `Migration ${name} was changed after this database had applied it. Restore the file and put the change ` +
        'into a new migration; a demo database can be deleted instead (rm -rf .data).',
    );
  });
}

async function apply(client: pg.Client, { name, sql, checksum }: Migration): Promise<void> {
  await client.query('BEGIN');
  try {
    await client.query(sql);
    await client.query(
      `INSERT INTO _prisma_migrations (id, checksum, migration_name, started_at, finished_at, applied_steps_count)
       VALUES ($1, $2, $3, now(), clock_timestamp(), 1)`,
      [randomUUID(), checksum, name],
    );
    await client.query('COMMIT');
  } catch (cause) {
    await client.query('ROLLBACK');
    throw new Error(`Migration ${name} failed: ${cause instanceof Error ? cause.message : String(cause)}`, {
      cause,
    });
  }
}

if (import.meta.main) {
  const databaseUrl = process.env.DATABASE_URL;
  if (databaseUrl === undefined || databaseUrl === '') {
    process.stderr.write('DATABASE_URL is not set: it names the PostgreSQL database to migrate.\n');
    process.exit(1);
  }
  try {
    const applied = await migrate(databaseUrl);
    process.stdout.write(
      applied.length === 0 ? 'The database is up to date.\n' : `Applied ${applied.join(', ')}.\n`,
    );
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(1);
  }
}
