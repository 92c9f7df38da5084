import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeEach, expect, inject, test } from 'vitest';
import { pool } from '#app/db.server.ts';
import { migrate } from '../../../prisma/migrate.ts';
import { createScratchDatabase, type ScratchDatabase } from '#scripts/lib/scratch-database.ts';
import pg from 'pg';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'setia-migrations-'));
let database: ScratchDatabase;

beforeEach(async () => {
  database = await createScratchDatabase(inject('adminUrl'), 'setia_migrate');
  write('1_first', 'CREATE TABLE first (number int)');
  write('2_second', 'CREATE TABLE second (number int); INSERT INTO second VALUES (1)');
});
afterEach(async () => {
  await database.drop();
  for (const name of fs.readdirSync(folder)) fs.rmSync(path.join(folder, name), { recursive: true });
});
afterAll(() => fs.rmSync(folder, { recursive: true }));

test('applies in the order of names, once, also when several processes start together', async () => {
  const applied = await Promise.all([1, 2, 3].map(() => migrate(database.url, { folder })));
  expect(applied.flat()).toEqual(['1_first', '2_second']);
  expect(await query('SELECT number FROM second')).toEqual([{ number: 1 }]);
  expect(await migrate(database.url, { folder })).toEqual([]);
});

test("records what Prisma's own command would: the same table and the sha256 of the file", async () => {
  const { rows } = await pool.query<{ name: string; checksum: string }>(
    'SELECT migration_name AS name, checksum FROM _prisma_migrations WHERE finished_at IS NOT NULL ORDER BY 1',
  );
  const migrations = path.resolve(import.meta.dirname, '../../../prisma/migrations');
  const names = fs.readdirSync(migrations).filter((name) => !name.includes('.'));
  expect(rows.map(({ name }) => name)).toEqual(names.toSorted());
  expect(rows.every(({ checksum }) => /^[0-9a-f]{64}$/.test(checksum))).toBe(true);
});

test('a file that fails leaves nothing of itself, and what came before stays', async () => {
  write('3_third', 'CREATE TABLE third (number int); SELECT 1 / 0');
  await expect(migrate(database.url, { folder })).rejects.toThrow(
    'Migration 3_third failed: division by zero',
  );
  expect(
    await query(`SELECT to_regclass('first')::text AS first, to_regclass('third')::text AS third`),
  ).toEqual([{ first: 'first', third: null }]);
  write('3_third', 'CREATE TABLE third (number int)');
  expect(await migrate(database.url, { folder })).toEqual(['3_third']);
});

test('refuses a file that was changed after it was applied', async () => {
  await migrate(database.url, { folder });
  write('1_first', 'CREATE TABLE first (number bigint)');
  await expect(migrate(database.url, { folder })).rejects.toThrow('Migration 1_first was changed');
});

test('refuses to continue after a migration that Prisma started and did not finish', async () => {
  await migrate(database.url, { folder });
  await query(`UPDATE _prisma_migrations SET finished_at = NULL WHERE migration_name = '2_second'`);
  await expect(migrate(database.url, { folder })).rejects.toThrow('Migration 2_second failed half-way');
});

function write(name: string, sql: string): void {
  fs.mkdirSync(path.join(folder, name), { recursive: true });
  fs.writeFileSync(path.join(folder, name, 'migration.sql'), sql);
}

async function query(sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}
