import { pino } from 'pino';
import { expect, test } from 'vitest';
import { pool } from '#app/db.server.ts';
import { logOptions } from '#app/lib/logger.server.ts';

test('an error of the database that comes to the log whole leaves none of what it quotes', async () => {
  let written = '';
  const log = pino(logOptions('info'), { write: (line) => (written += line) });
  const error: unknown = await pool
    .query(`SELECT '{"name":"Siti Rahayu' :: json`)
    .catch((thrown: unknown) => thrown);
  expect(JSON.stringify(error)).toContain('Siti Rahayu');
  log.error(error, 'first');
  log.error({ err: error }, 'second');
  log.error({ anything: error, email: 'siti@example.com' }, 'third');
  const lines = written
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(lines).toMatchObject([
    { err: { reason: 'database 22P02 (json_errsave_error)' }, msg: 'first' },
    { err: { reason: 'database 22P02 (json_errsave_error)' }, msg: 'second' },
    { anything: { reason: 'database 22P02 (json_errsave_error)' }, email: '[Redacted]', msg: 'third' },
  ]);
  expect(written).not.toMatch(/Siti|Rahayu|siti/);
});
