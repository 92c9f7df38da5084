import pg from 'pg';

/** Connection exceptions, insufficient resources (disk full, too many connections), operator intervention. */
const OUTAGE_CLASSES = new Set(['08', '53', '57', '58']);
/** The server closed a session whose process had hung inside a transaction. */
const IDLE_IN_TRANSACTION = '25P03';
/** Deadlock and serialization failure: the same statement may succeed next time. */
const CONFLICT_CODES = new Set(['40001', '40P01']);
const SOCKET_CODES = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ENOENT',
]);
/** node-postgres throws these as plain errors without a code. */
const DRIVER_MESSAGES =
  /^(?:Connection terminated|timeout exceeded when trying to connect|Query read timeout|Client has encountered a connection error|Cannot use a pool after calling end|Connection ended|Client was closed)/;

/** Returns true when the database couldn't be reached or couldn't continue: that says nothing about the data sent. */
export function isDatabaseOutage(error: unknown): boolean {
  if (error instanceof pg.DatabaseError) {
    return error.code === IDLE_IN_TRANSACTION || OUTAGE_CLASSES.has((error.code ?? '').slice(0, 2));
  }
  if (error instanceof AggregateError) return error.errors.some(isDatabaseOutage);
  if (!(error instanceof Error)) return false;
  if ('code' in error && typeof error.code === 'string' && SOCKET_CODES.has(error.code)) return true;
  return DRIVER_MESSAGES.test(error.message);
}

const STATEMENT_TIMEOUT = '57014';

/** Returns true when a statement took longer than its `statement_timeout`. */
export function isStatementTimeout(error: unknown): boolean {
  return error instanceof pg.DatabaseError && error.code === STATEMENT_TIMEOUT;
}

/** Returns true for a deadlock or a serialization failure. */
export function isDatabaseConflict(error: unknown): boolean {
  return error instanceof pg.DatabaseError && error.code !== undefined && CONFLICT_CODES.has(error.code);
}

/** Returns true when a row was refused because another one has its unique key. */
export function isUniqueViolation(error: unknown): boolean {
  return error instanceof pg.DatabaseError && error.code === '23505';
}
