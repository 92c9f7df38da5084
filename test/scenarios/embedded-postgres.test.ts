/**
 * The embedded PostgreSQL below a folder that no other user may enter, as `mktemp -d` makes it. Run as root this is
 * the case in which user `postgres` can't reach the cluster and it must be elsewhere; as another user it is the plain
 * one.
 */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { afterAll, expect, test } from 'vitest';
import { removeEmbeddedPostgres, startEmbeddedPostgres } from '../../scripts/embedded-postgres.ts';

const closedFolder = fs.mkdtempSync(path.join(os.tmpdir(), 'setia-closed-'));
const dataDir = path.join(closedFolder, 'clone', '.data');
afterAll(() => fs.rmSync(closedFolder, { recursive: true, force: true }));

test('it runs there, keeps its data over a crash and a restart, is joined by a second, and goes without a trace', async () => {
  expect(fs.statSync(closedFolder).mode & 0o077).toBe(0);
  const first = await startEmbeddedPostgres({ dataDir, durable: false });
  expect(first.isGuest).toBe(false);
  await run(first.url, 'CREATE TABLE kept (number int)');
  await run(first.url, 'INSERT INTO kept VALUES (1)');
  await first.stop('crash');
  await first.start();
  await run(first.url, 'INSERT INTO kept VALUES (2)');

  const guest = await startEmbeddedPostgres({ dataDir });
  expect(guest.isGuest).toBe(true);
  await guest.stop();
  expect(await run(first.url, 'SELECT sum(number)::int AS sum FROM kept')).toEqual([{ sum: 3 }]);
  await first.stop();

  const again = await startEmbeddedPostgres({ dataDir, durable: false });
  expect(await run(again.url, 'SELECT sum(number)::int AS sum FROM kept')).toEqual([{ sum: 3 }]);
  // The rules of PostgreSQL itself, not those of the machine's locales.
  expect(await run(again.url, `SELECT lower('ÄÉ') AS lower`)).toEqual([{ lower: 'äé' }]);
  const [{ folder } = { folder: '' }] = await run<{ folder: string }>(
    again.url,
    `SELECT current_setting('data_directory') AS folder`,
  );
  await again.stop();
  await expect(run(again.url, 'SELECT 1')).rejects.toThrow();

  removeEmbeddedPostgres(dataDir);
  expect(fs.existsSync(folder)).toBe(false);
  expect(fs.readdirSync(dataDir)).toEqual([]);
});

async function run<T>(url: string, sql: string): Promise<T[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(sql)).rows as T[];
  } finally {
    await client.end();
  }
}
