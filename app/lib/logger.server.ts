import { pino, type LoggerOptions } from 'pino';
import { env } from '../env.server.ts';
import { safeErrorFields } from './safe-error.ts';

/**
 * Structured log. Log ids, topics, durations and outcomes; never a name, phone, e-mail, address or token. Errors quote
 * data: log `safeErrorText(error)` or `safeErrorFields(error)`. An error that comes here whole is reduced to the same.
 */
export const logger = pino(logOptions(env.LOG_LEVEL));

/** Returns the options of the log; `level` is the least that is written. */
export function logOptions(level: LoggerOptions['level'] & string): LoggerOptions {
  return {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { log: withoutErrors },
    redact: ['email', 'phone', 'accessToken', '*.email', '*.phone', '*.accessToken'],
  };
}

function withoutErrors(fields: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [
      name,
      value instanceof Error ? safeErrorFields(value) : value,
    ]),
  );
}
