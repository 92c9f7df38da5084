import pg from 'pg';

/** Connection exceptions, insufficient resources (disk full, too many connections), operator intervention. */
const OUTAGE_CLASSES = new Set(['08', '53', '57', '58']);
/** The server cut a session whose process had stood still inside a transaction. */
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
/** node-postgres gives these plain errors no code. */
const DRIVER_MESSAGES =
  /^(?:Connection terminated|timeout exceeded when trying to connect|Query read timeout|Client has encountered a connection error|Cannot use a pool after calling end|Connection ended|Client was closed)/;

/** True when the database could not be asked or could not go on: says nothing about the data that was sent. */
export function isDatabaseOutage(error: unknown): boolean {
  if (error instanceof pg.DatabaseError) {
    return error.code === IDLE_IN_TRANSACTION || OUTAGE_CLASSES.has((error.code ?? '').slice(0, 2));
  }
  if (error instanceof AggregateError) return error.errors.some(isDatabaseOutage);
  if (!(error instanceof Error)) return false;
  if ('code' in error && typeof error.code === 'string' && SOCKET_CODES.has(error.code)) return true;
  return DRIVER_MESSAGES.test(error.message);
}

/** True for a deadlock or a serialization failure. */
export function isDatabaseConflict(error: unknown): boolean {
  return error instanceof pg.DatabaseError && error.code !== undefined && CONFLICT_CODES.has(error.code);
}
