import { PrismaPg } from '@prisma/adapter-pg';
import prismaPackage from '@prisma/client';
import pg from 'pg';
import { env } from './env.server.ts';
import { logger } from './lib/logger.server.ts';

const INT8_OID = 20;
const INT8_ARRAY_OID = 1016;
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

/** The process's one connection pool; hot paths write SQL on it. */
export const pool = new pg.Pool({
  connectionString: env.DATABASE_URL,
  max: env.DATABASE_POOL_MAX,
  connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
  idleTimeoutMillis: IDLE_TIMEOUT_MS,
  types,
});
// A lost connection (a database restart) tells the pool when it was idle, its client when it was in use; the query
// in flight fails by itself. Without a listener either would end the process.
pool.on('error', (error) => logger.warn({ err: error.message }, 'idle database connection lost'));
pool.on('connect', (client) =>
  client.on('error', (error) => logger.warn({ err: error.message }, 'database connection lost')),
);

/** Prisma for the admin's screens, on a small pool of its own driver. */
export const prisma = new prismaPackage.PrismaClient({
  adapter: new PrismaPg({
    connectionString: env.DATABASE_URL,
    max: Math.max(2, Math.floor(env.DATABASE_POOL_MAX / 4)),
  }),
});

/** A connection inside a transaction. */
export type Transaction = pg.PoolClient;
/** Whatever can run one statement: the pool or a transaction. */
export type Queryable = Pick<pg.PoolClient, 'query'>;

const RETRYABLE_SQLSTATES = new Set(['40001', '40P01']);
const TRANSACTION_TRIES_MAX = 5;

/**
 * Runs `work` in one transaction; commits when it resolves, rolls back when it throws. Deadlocks and serialization
 * failures are tried again (at most 5 times), so `work` must have no effect outside the database.
 */
export async function withTransaction<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    const tx = await pool.connect();
    let broken: Error | undefined;
    try {
      await tx.query('BEGIN');
      const result = await work(tx);
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

function isRetryable(error: unknown): boolean {
  return error instanceof pg.DatabaseError && error.code !== undefined && RETRYABLE_SQLSTATES.has(error.code);
}

/** The club's clock (the database's; see `club_now()` in the first migration). */
export async function clubNow(db: Queryable): Promise<Date> {
  const { rows } = await db.query<{ now: Date }>('SELECT club_now() AS now');
  const row = rows[0];
  if (!row) throw new Error('club_now() gave no row');
  return row.now;
}
