/** The clock of a suite under TEST_CLOCK_SHIFT_DAYS: tests, code and database tell the same moment, child processes too. */
import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { ledgerNow, pool } from '#app/db.server.ts';

const CLOSE_MS = 10_000;
const shiftMs = Number(process.env.TEST_CLOCK_SHIFT_DAYS ?? 0) * 86_400_000;

const distance = (one: Date, other: Date): number => Math.abs(one.getTime() - other.getTime());

test('every clock shows the same time, shifted ahead of the machine', async () => {
  const machine = performance.timeOrigin + performance.now();
  expect(distance(new Date(), new Date(machine + shiftMs))).toBeLessThan(CLOSE_MS);
  expect(distance(new Date(Date.now()), new Date())).toBeLessThan(CLOSE_MS);
  expect(distance(await ledgerNow(pool), new Date())).toBeLessThan(CLOSE_MS);
  const { rows } = await pool.query<{ at: Date }>(
    `SELECT unnest(ARRAY[now(), statement_timestamp(), clock_timestamp()]) AS at`,
  );
  expect(rows.filter(({ at }) => distance(at, new Date()) > CLOSE_MS)).toEqual([]);
});

test('what the database writes by itself is of that moment', async () => {
  const { rows } = await pool.query<{ created_at: Date }>(
    `INSERT INTO shops (domain, name, currency, time_zone) VALUES ('shift.myshopify.com', '', 'USD', 'UTC') RETURNING created_at`,
  );
  expect(distance(rows[0]!.created_at, new Date())).toBeLessThan(CLOSE_MS);
});

test('Node processes that a test starts have it too', () => {
  const told = execFileSync(process.execPath, ['-e', 'process.stdout.write(new Date().toISOString())']);
  expect(distance(new Date(told.toString()), new Date())).toBeLessThan(CLOSE_MS);
});
