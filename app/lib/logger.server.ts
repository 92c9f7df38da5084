import { pino } from 'pino';
import { env } from '../env.server.ts';

/** Structured log. Log ids, topics, durations and outcomes; never a name, phone, e-mail, address or token. */
export const logger = pino({
  level: env.LOG_LEVEL,
  base: null,
  timestamp: pino.stdTimeFunctions.isoTime,
  redact: ['email', 'phone', 'accessToken', '*.email', '*.phone', '*.accessToken'],
});
