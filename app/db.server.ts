import { PrismaPg } from '@prisma/adapter-pg';
import prismaPackage from '@prisma/client';
import pg from 'pg';
import { env } from './env.server.ts';
import { logger } from './lib/logger.server.ts';
import { safeErrorText } from './lib/safe-error.ts';

const INT8_OID = 20;
const INT8_ARRAY_OID = 1016;
const PRISMA_CONNECTIONS = 2;
const CONNECT_TIMEOUT_MS = 5_000;
const IDLE_TIMEOUT_MS = 30_000;

const PARSERS = new Map<number, (text: string) => unknown>([
  [INT8_OID, BigInt],
  [INT8_ARRAY_OID, (text) => (text === '{}' ? [] : text.slice(1, -1).split(',').map(BigInt))],
]);

/** int8 columns (ids, points, money) and arrays of them come as bigint; Prisma does the same by itself. */
const types: pg.CustomTypesConfig = {
  getTypeParser: (oid, format) => {
    const parser: unknown =
      (format === 'binary' ? undefined : PARSERS.get(oid)) ?? pg.types.getTypeParser(oid, format);
    return parser;
  },
};

/**
 * Rules ask which of a shop's customers are in a set of them, such as those with a tag. A set that doesn't fit in the memory
 * for hashing is gone through again for each customer: minutes instead of milliseconds. 4 MB (`work_mem`) times this holds two
 * million ids; sorting keeps its usual memory.
 */
const SETTINGS = 'SET hash_mem_multiplier = 32';

/** The process's one connection pool; hot paths write SQL on it. */
export const pool = new pg.Pool({
  connectionString: env.DATABASE_URL,
  max: env.DATABASE_POOL_MAX,
  connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
  idleTimeoutMillis: IDLE_TIMEOUT_MS,
  // Statements that do not wait for each other's rows travel together; the database still runs them one after another.
  pipeline: true,
  types,
});
// A lost connection (a database restart) is reported to the pool when it was idle, to its client when it was in use;
// the query in flight fails by itself. Without a listener either would end the process.
pool.on('error', (error) => logger.warn({ reason: safeErrorText(error) }, 'idle database connection lost'));
pool.on('connect', (client) => {
  client.on('error', (error) => logger.warn({ reason: safeErrorText(error) }, 'database connection lost'));
  // Sent with the first statement of the connection, which fails too if this does.
  client.query(SETTINGS).catch(() => undefined);
});

/** Only Shopify's session storage uses Prisma (decision 0024): a session is one row by its key. */
export const prisma = new prismaPackage.PrismaClient({
  adapter: new PrismaPg({
    connectionString: env.DATABASE_URL,
    max: PRISMA_CONNECTIONS,
  }),
});

/** A connection inside a transaction. */
export type Transaction = pg.PoolClient;
/** Anything that can run one statement: the pool or a transaction. */
export type Queryable = Pick<pg.PoolClient, 'query'>;

/**
 * A statement of a hot path, which each connection plans only once: returns what to query with these values. The name is
 * unique in the app, the text constant.
 */
export function prepared(name: string, text: string): (values: unknown[]) => pg.QueryConfig {
  return (values) => ({ name, text, values });
}

const RETRYABLE_SQLSTATES = new Set(['40001', '40P01']);
const TRANSACTION_TRIES_MAX = 5;

/**
 * Runs `work` in one transaction; commits when it resolves, rolls back when it throws. Deadlocks and serialization
 * failures are retried (at most 5 times), so `work` must have no effect outside the database.
 */
export async function withTransaction<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    const tx = await pool.connect();
    let broken: Error | undefined;
    try {
      // Sent with the first statement of the work, which fails too if this does.
      const begun = tx.query('BEGIN');
      begun.catch(() => undefined);
      const result = await work(tx);
      await begun;
      await tx.query('COMMIT');
      return result;
    } catch (error) {
      await tx.query('ROLLBACK').catch((rollbackError: Error) => {
        broken = rollbackError;
      });
      if (attempt >= TRANSACTION_TRIES_MAX || !isRetryable(error)) throw error;
    } finally {
      tx.release(broken);
    }
  }
}

/** Runs `work`, which only reads, on one state of the database. */
export async function withSnapshot<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
  const tx = await pool.connect();
  let broken: Error | undefined;
  try {
    await tx.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
    return await work(tx);
  } finally {
    // There is nothing to commit.
    await tx.query('ROLLBACK').catch((error: Error) => {
      broken = error;
    });
    tx.release(broken);
  }
}

function isRetryable(error: unknown): boolean {
  return error instanceof pg.DatabaseError && error.code !== undefined && RETRYABLE_SQLSTATES.has(error.code);
}

/** Returns the ledger's time: the database's clock plus its offset (`ledger_now()` in the first migration). */
export async function ledgerNow(db: Queryable): Promise<Date> {
  const { rows } = await db.query<{ now: Date }>('SELECT ledger_now() AS now');
  const row = rows[0];
  if (!row) throw new Error('ledger_now() gave no row');
  return row.now;
}
