/** What each connection of the pool begins with. */
import { expect, test } from 'vitest';
import { pool } from '#app/db.server.ts';

/** A set of a million: whether PostgreSQL keeps it in memory, or goes through it again for each row. */
const EXPLAIN = `
  EXPLAIN SELECT count(*) FROM generate_series(1, 10) AS s (id)
   WHERE (s.id IN (SELECT t.id FROM generate_series(1, 1000000) AS t (id))) IS NOT TRUE`;

const plan = async () => {
  const { rows } = await pool.query<{ 'QUERY PLAN': string }>(EXPLAIN);
  return rows.map((row) => row['QUERY PLAN']).join('\n');
};

test('a set of a million customers is kept in memory where a rule asks who is not in it', async () => {
  expect(await plan()).toMatch(/hashed SubPlan/);
});

test('so do all connections, also those that begin at once', async () => {
  const settings = await Promise.all(
    Array.from({ length: 8 }, () => pool.query<{ hash_mem_multiplier: string }>('SHOW hash_mem_multiplier')),
  );
  expect(settings.map(({ rows }) => rows[0]?.hash_mem_multiplier)).toEqual(
    Array.from({ length: 8 }, () => '32'),
  );
});
