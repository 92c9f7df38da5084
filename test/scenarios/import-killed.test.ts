/**
 * The worker is killed with SIGKILL again and again while it reads, imports and takes back a file: 150 customers who go to
 * Shopify one by one, and 420 who go in a chunk. Each of them is made once, has their opening points once, and after the undo
 * none is left.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { openClub } from '../../scripts/lib/shop-visit.ts';
import { startApp, type TestApp } from '#test/support/app.ts';
import { expectCleanAudit } from '#test/support/figures.ts';
import { seededRandom } from '#test/support/random.ts';
import { sessionToken } from '#test/support/session-token.ts';

const SHOP = 'setia-demo.myshopify.com';
const KILLS = 6;
const UNTIL_DONE = { timeout: 300_000, interval: 200 };
const random = seededRandom('import-killed');
/** Customers of one file; `digit` tells them from those of others. */
const fileOf = (rows: number, digit: number): string =>
  [
    'Nama;No HP;Poin awal;Tag;Jenis kelamin',
    ...Array.from(
      { length: rows },
      (_, row) => `Orang ${row};0877${String(digit * 10_000_000 + row)};${row + 1};impor;P`,
    ),
  ].join('\n');

let app: TestApp;
let client: pg.Client;

beforeAll(async () => {
  app = await startApp();
  await openClub(app, SHOP);
  client = new pg.Client({ connectionString: app.databaseUrl });
  await client.connect();
});
afterAll(async () => {
  await client?.end();
  await app?.stop();
});

const one = async <T>(sql: string, values: unknown[] = []): Promise<T> =>
  (await client.query<{ value: T }>(`SELECT (${sql}) AS value`, values)).rows[0]!.value;
const LATEST = '(SELECT max(import_id) FROM imports)';
const state = () => one<string>(`SELECT state FROM imports WHERE import_id = ${LATEST}`);
const counts = async () =>
  (
    await client.query<{ state: string; rows: number }>(
      `SELECT state, count(*)::int AS rows FROM import_rows WHERE import_id = ${LATEST} GROUP BY 1 ORDER BY 1`,
    )
  ).rows;

async function call(path: string, body: string, type: string): Promise<Response> {
  const response = await fetch(`${app.appUrl}${path}`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${sessionToken(SHOP)}`,
      'content-type': type,
      'user-agent': 'Mozilla/5.0 (X11; Linux x86_64) Setia-Test',
    },
    body,
  });
  expect(response.status).toBe(200);
  return response;
}

/** Starts a worker, which has its turn now and not when the next minute begins. */
async function start(): Promise<void> {
  await client.query(
    `SELECT graphile_worker.add_job('process-imports', '{}'::json, job_key := 'process-imports', max_attempts := 1)`,
  );
  app.startWorker();
}

/** Kills the worker at random moments until the import has the state that is waited for. */
async function killUntil(wanted: string): Promise<void> {
  for (let kill = 1; kill <= KILLS && (await state()) !== wanted; kill += 1) {
    await start();
    // Within a turn: between any two statements and calls of it.
    const isTaken = () =>
      one<boolean>(`SELECT bool_and(lease_id IS NOT NULL) FROM imports WHERE import_id = ${LATEST}`);
    await vi.waitFor(async () => expect((await isTaken()) || (await state()) === wanted).toBe(true), {
      timeout: 120_000,
      interval: 5,
    });
    await sleep(random.pick([0, 100, 900, 2_500, 5_000]));
    await app.killWorker();
    // As time would: a minute is not waited for.
    await client.query(`UPDATE imports SET leased_until = '-infinity'`);
    process.stdout.write(`kill ${kill}: ${await state()} ${JSON.stringify(await counts())}\n`);
  }
  await start();
  await vi.waitFor(async () => expect(await state()).toBe(wanted), UNTIL_DONE);
  await app.killWorker();
}

test.each([
  { rows: 150, digit: 4 },
  { rows: 420, digit: 5 },
])(
  'a file of $rows is read, imported and taken back, the worker killed all the while: nothing lost, nothing twice',
  async ({ rows, digit }) => {
    const prefix = `+62877${digit}`;
    await app.killWorker();
    const upload = await call(
      '/app/customers/import/upload?name=orang.csv',
      fileOf(rows, digit),
      'application/octet-stream',
    );
    const { importId } = (await upload.json()) as { importId: string };
    const act = (intent: string) =>
      call(`/app/customers/import/${importId}.data`, JSON.stringify({ intent }), 'application/json');
    await killUntil('checked');
    expect(await one<number>(`SELECT count(*)::int FROM import_rows WHERE import_id = ${importId}`)).toBe(
      rows,
    );
    await act('start');
    await killUntil('done');

    expect(await counts()).toEqual([{ state: 'done', rows }]);
    const { customers } = await app.control<{ customers: { phone: string | null }[] }>(
      'GET',
      `customers?shop=${SHOP}&limit=1000`,
    );
    const made = customers.map(({ phone }) => phone).filter((phone) => phone?.startsWith(prefix));
    expect(new Set(made).size).toBe(rows);
    expect(made).toHaveLength(rows);
    const points = (amount: string) =>
      one<string>(
        `SELECT ${amount} FROM ledger_entries WHERE kind = 'import' AND idempotency_key LIKE 'import:${importId}:%'`,
      );
    expect(await points(`count(*) || '/' || sum(amount)`)).toBe(`${rows}/${(rows * (rows + 1)) / 2}`);
    await expectCleanAudit(app);

    await act('undo');
    await killUntil('undone');
    expect(await one<string>(`SELECT sum(balance)::text FROM ledger_accounts`)).toBe('0');
    expect(
      await one<number>(
        `SELECT count(*)::int FROM customers WHERE phone LIKE '${prefix}%' AND state = 'active'`,
      ),
    ).toBe(0);
    expect(
      await one<number>(
        `SELECT count(*)::int FROM import_rows WHERE import_id = ${importId} AND undo_outcome <> 'undone'`,
      ),
    ).toBe(0);
    await expectCleanAudit(app);
  },
);
