/**
 * The worker is killed with SIGKILL again and again while it writes an export of 30,000 customers, as a workbook and as a CSV:
 * the file that is ready has each of them once, and nothing else stays.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import ExcelJS from 'exceljs';
import pg from 'pg';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { openClub } from '../../scripts/lib/shop-visit.ts';
import { startApp, type TestApp } from '#test/support/app.ts';
import { seededRandom } from '#test/support/random.ts';
import { sessionToken } from '#test/support/session-token.ts';

const SHOP = 'setia-demo.myshopify.com';
const ROWS = 30_000;
const KILLS = 6;
const random = seededRandom('export-killed');

let app: TestApp;
let client: pg.Client;

beforeAll(async () => {
  app = await startApp();
  await openClub(app, SHOP);
  client = new pg.Client({ connectionString: app.databaseUrl });
  await client.connect();
  await client.query('DELETE FROM customers');
  await client.query(
    `INSERT INTO customers (shop_id, customer_id, first_name, phone)
     SELECT shop_id, 7000000000 + n, 'Orang ' || n, '+62877' || (60000000 + n) FROM shops, generate_series(1, $2) AS n WHERE domain = $1`,
    [SHOP, ROWS],
  );
});
afterAll(async () => {
  await client?.end();
  await app?.stop();
});

const one = async <T>(sql: string): Promise<T> =>
  (await client.query<{ value: T }>(`SELECT (${sql}) AS value`)).rows[0]!.value;
const LATEST = `(SELECT max(export_id) FROM exports WHERE kind = 'customers')`;
const state = () => one<string>(`SELECT state FROM exports WHERE export_id = ${LATEST}`);

async function call(path: string, body?: object): Promise<Response> {
  const response = await fetch(`${app.appUrl}${path}`, {
    method: body ? 'POST' : 'GET',
    headers: {
      authorization: `Bearer ${sessionToken(SHOP)}`,
      'user-agent': 'Mozilla/5.0 (X11; Linux x86_64) Setia-Test',
      ...(body ? { 'content-type': 'application/json' } : {}),
    },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  expect(response.status).toBe(200);
  return response;
}

async function start(): Promise<void> {
  await client.query(
    `SELECT graphile_worker.add_job('process-exports', '{}'::json, job_key := 'process-exports', max_attempts := 1)`,
  );
  app.startWorker();
}

async function phonesIn(format: string, bytes: ArrayBuffer): Promise<string[]> {
  if (format === 'csv')
    return Array.from(new TextDecoder().decode(bytes).matchAll(/\+62877\d{8}/g), ([phone]) => phone);
  const workbook = new ExcelJS.Workbook();
  await workbook.xlsx.load(bytes);
  const phones: string[] = [];
  workbook.worksheets[0]!.eachRow((row, number) => {
    if (number > 1) phones.push(String(row.getCell(2).value));
  });
  // The demo's own customers come back with its webhooks.
  return phones.filter((phone) => /^\+62877\d{8}$/.test(phone));
}

test.each(['xlsx', 'csv'])('a %s that is written by workers that are killed is whole', async (format) => {
  await app.killWorker();
  await call('/app/customers/exports.data', {
    intent: 'start',
    kind: 'customers',
    format,
    scope: 'all',
    columns: ['firstName', 'phone'],
    selection: { filter: '' },
  });
  for (let kill = 1; kill <= KILLS && (await state()) !== 'ready'; kill += 1) {
    await start();
    const isTaken = () =>
      one<boolean>(`SELECT lease_id IS NOT NULL FROM exports WHERE export_id = ${LATEST}`);
    await vi.waitFor(async () => expect((await isTaken()) || (await state()) === 'ready').toBe(true), {
      timeout: 60_000,
      interval: 5,
    });
    await sleep(random.between(0, 1_500));
    await app.killWorker();
    await client.query(`UPDATE exports SET leased_until = '-infinity'`);
  }
  await start();
  await vi.waitFor(async () => expect(await state()).toBe('ready'), { timeout: 120_000, interval: 100 });
  await app.killWorker();
  const exportId = await one<string>(LATEST);
  const file = await call(`/app/customers/exports/${exportId}`);
  const phones = await phonesIn(format, await file.arrayBuffer());
  expect(phones).toHaveLength(ROWS);
  expect(new Set(phones).size).toBe(ROWS);
  // Files that killed workers stored are due to be removed; the one that is ready is not.
  const key = await one<string>(`SELECT file_key FROM exports WHERE export_id = ${LATEST}`);
  expect(await one<number>(`SELECT count(*)::int FROM file_removals WHERE file_key = '${key}'`)).toBe(0);
});
