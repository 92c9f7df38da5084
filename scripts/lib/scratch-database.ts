import { randomBytes } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import pg from 'pg';

/** A database created for one run, on a server that serves others too. */
export interface ScratchDatabase {
  url: string;
  name: string;
  /** Drops the database; connections that are still open are cut. */
  drop(): Promise<void>;
}

/**
 * Creates a database named `<prefix>_<random>` on the server at `serverUrl`, empty or as a copy of the database
 * `template` (about 50 ms).
 * @throws when the role of the URL may not create databases.
 */
export async function createScratchDatabase(
  serverUrl: string,
  prefix: string,
  template?: string,
): Promise<ScratchDatabase> {
  const name = `${prefix}_${randomBytes(6).toString('hex')}`;
  // Copying files is several times faster than the default, which writes every page to the log.
  const copy = template === undefined ? '' : ` TEMPLATE ${template} STRATEGY FILE_COPY`;
  await withClient(serverUrl, (client) => client.query(`CREATE DATABASE ${name}${copy}`));
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return {
    url: url.href,
    name,
    drop: () => dropDatabase(serverUrl, name),
  };
}

/** A pool that just ended is still closing its connections: cut now, they would throw with no one to catch it. */
const FAREWELL_MS = 2_000;
const FAREWELL_LOOK_MS = 20;

/** Drops the databases of the server whose names begin so. */
export async function dropDatabases(serverUrl: string, prefix: string): Promise<void> {
  const named = 'SELECT datname FROM pg_database WHERE starts_with(datname, $1)';
  await withClient(serverUrl, async (client) => {
    const { rows } = await client.query<{ datname: string }>(named, [prefix]);
    for (const { datname } of rows) await client.query(`DROP DATABASE IF EXISTS ${datname} WITH (FORCE)`);
  });
}

async function dropDatabase(serverUrl: string, name: string): Promise<void> {
  await withClient(serverUrl, async (client) => {
    const patienceEnds = performance.now() + FAREWELL_MS;
    const others = `SELECT 1 FROM pg_stat_activity WHERE datname = '${name}'`;
    while (performance.now() < patienceEnds && (await client.query(others)).rowCount) {
      await setTimeout(FAREWELL_LOOK_MS);
    }
    await client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
  });
}

async function withClient(url: string, work: (client: pg.Client) => Promise<unknown>): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}
