import pg from 'pg';
import { DecodeError } from './decode.ts';
import { AppError, UpstreamError } from './errors.ts';

const REASON_LENGTH_MAX = 300;
const OWN_FRAME = /\(?([^()\s]*\/(?:app|prisma|node_modules\/@?[\w-]+)[^()\s:]*:\d+)/;

/**
 * Returns one line that says what went wrong without revealing data: messages of JSON.parse and PostgreSQL quote
 * values, so of those only the kind and the position are included; what a vendor quotes is left out. For logs and for
 * `last_error`.
 */
export function safeErrorText(error: unknown): string {
  return describe(error).slice(0, REASON_LENGTH_MAX);
}

/** Returns what may be logged of an error that nobody expected: the line of `safeErrorText`, and where it was thrown. */
export function safeErrorFields(error: unknown): { reason: string; at: string[] } {
  return { reason: safeErrorText(error), at: framesOf(error) };
}

/** Returns an error that may be handed to a library which logs or stores its message and stack. */
export function toSafeError(error: unknown): Error {
  const safe = new Error(safeErrorText(error));
  safe.stack = [`Error: ${safe.message}`, ...framesOf(error)].join('\n');
  return safe;
}

const QUOTED = /"[^"]*"|'[^']*'|`[^`]*`|\u201C[^\u201D]*\u201D/g;
const EMAIL = /[^\s@<>(){}[\],;:]+@[^\s@<>(){}[\],;:]+/g;
/** Phones, ids, cards: seven digits or more, however they are grouped. */
const LONG_NUMBER = /\+?\d(?:[\s().-]{0,2}\d){6,}/g;

/** Returns a message of a vendor or library without what may be a person's data: quotations, e-mails, long numbers. */
export function scrubText(message: string): string {
  return message.replace(QUOTED, '…').replace(EMAIL, '…').replace(LONG_NUMBER, '…');
}

const FRAMES_MAX = 12;

/** The frames alone: the lines before them repeat the message, which may have several. */
function framesOf(error: unknown): string[] {
  const lines = error instanceof Error ? (error.stack ?? '').split('\n') : [];
  return lines.filter((line) => /^ {4}at .*:\d+\)?$/.test(line)).slice(0, FRAMES_MAX);
}

function describe(error: unknown): string {
  if (error instanceof UpstreamError) return `${error.code}: ${scrubText(error.message)}`;
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
