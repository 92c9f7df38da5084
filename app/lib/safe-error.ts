import pg from 'pg';
import { DecodeError } from './decode.ts';
import { AppError } from './errors.ts';

const REASON_LENGTH_MAX = 300;
const OWN_FRAME = /\(?([^()\s]*\/(?:app|prisma|node_modules\/@?[\w-]+)[^()\s:]*:\d+)/;

/**
 * One line that says what went wrong without what was in the data: messages of JSON.parse and of PostgreSQL quote
 * values, so for those only the kind and the place are told. For logs and for `last_error`.
 */
export function safeErrorText(error: unknown): string {
  return describe(error).slice(0, REASON_LENGTH_MAX);
}

function describe(error: unknown): string {
  if (error instanceof AppError) return `${error.code}: ${error.message}`;
  if (error instanceof DecodeError) return `malformed_payload: ${error.message}`;
  if (error instanceof pg.DatabaseError) {
    const place = error.constraint ?? error.column ?? error.table ?? error.routine ?? '';
    return `database ${error.code ?? 'error'}${place === '' ? '' : ` (${place})`}`;
  }
  if (!(error instanceof Error)) return typeof error;
  const frame = OWN_FRAME.exec(error.stack?.slice(error.message.length) ?? '')?.[1];
  const at = frame === undefined ? '' : ` at ${frame.split('/').slice(-2).join('/')}`;
  const code = 'code' in error && typeof error.code === 'string' ? ` ${error.code}` : '';
  return `${error.name}${code}${at}`;
}
