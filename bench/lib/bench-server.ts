import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { migrate } from '../../prisma/migrate.ts';
import { removeEmbeddedPostgres, startEmbeddedPostgres } from '../../scripts/embedded-postgres.ts';
import { createScratchDatabase, type ScratchDatabase } from '../../scripts/lib/scratch-database.ts';

/** As docs/operations.md recommends for a database of 16 GB. */
const SHARED_BUFFERS = '4GB';

/** What every bench gets: a PostgreSQL to create databases on, a folder for logs, and a progress output. */
export interface BenchRun {
  /** Creates a new database, empty or as a copy of the database `template` (which must have no connections). */
  createDatabase(template?: ScratchDatabase): Promise<ScratchDatabase>;
  /** A new database with our tables. */
  createMigratedDatabase(): Promise<ScratchDatabase>;
  /** Temporary; removed at the end. */
  dataDir: string;
  /** Progress, for a person who waits. */
  tell(message: string): void;
}

export interface BenchServer extends BenchRun {
  /** Stops PostgreSQL and removes everything that was created. */
  stop(): Promise<void>;
}

/**
 * Starts PostgreSQL for one run as the demo does, durable as in production. With DATABASE_URL in the environment
 * the databases are made on that server instead and dropped at the end.
 */
export async function startBenchServer(tell: (message: string) => void): Promise<BenchServer> {
  const dataDir = fs.mkdtempSync(path.join(os.tmpdir(), 'setia-bench-'));
  const given = process.env.DATABASE_URL;
  const postgres = given
    ? undefined
    : await startEmbeddedPostgres({ dataDir, sharedBuffers: SHARED_BUFFERS });
  const serverUrl = given || (postgres?.url ?? '');
  const made: ScratchDatabase[] = [];
  const createDatabase = async (template?: ScratchDatabase): Promise<ScratchDatabase> => {
    const database = await createScratchDatabase(serverUrl, 'setia_bench', template?.name);
    made.push(database);
    return database;
  };
  return {
    dataDir,
    tell,
    createDatabase,
    async createMigratedDatabase() {
      const database = await createDatabase();
      await migrate(database.url);
      return database;
    },
    async stop() {
      if (given) for (const database of made) await database.drop();
      await postgres?.stop();
      removeEmbeddedPostgres(dataDir);
      fs.rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
