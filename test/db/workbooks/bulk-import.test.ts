/** Large imports go to Shopify in chunks by bulk mutations: whatever a chunk does, each row is written once. */
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { club, fault, sandbox, select, useSandboxShop } from '#test/support/sandbox-bed.ts';
import { pool, withTransaction } from '#app/db.server.ts';
import { auditShop } from '#app/modules/audit/audit-shop.server.ts';
import { upsertCustomers } from '#app/modules/customers/upsert-customers.server.ts';
import { changeChoices } from '#app/modules/workbooks/import/change-import.server.ts';
import type { ImportKey } from '#app/modules/workbooks/import/import-rows.server.ts';
import { processImports } from '#app/modules/workbooks/import/process-imports.server.ts';
import { countOutcomes } from '#app/modules/workbooks/run/end-import.server.ts';
import { steerImport } from '#app/modules/workbooks/run/steer-import.server.ts';
import { checkedImport, endLeases } from '#test/support/imports.ts';
import { isOpen } from '#sandbox/shopify/bulk/bulk-status.ts';
import { DEMO_SHOP, type Loose } from '#test/support/sandbox.ts';
import type { MadeCell } from '#test/support/zips.ts';

vi.mock('#app/modules/workbooks/run/bulk/bulk-limits.ts', () => ({
  BULK_ROWS_MIN: 5,
  CHUNK_ROWS: 20,
  SCANNED_ROWS_MAX: 1_000,
  CHUNKS_AT_ONCE: 3,
  POLL_SECONDS: 1,
  BUSY_SECONDS: 1,
  TRIES_MAX: 3,
  RESULT_ROWS: 7,
  PAGES_AT_ONCE: 2,
}));

useSandboxShop({ hasOrders: false });

const ACTOR = 'staff:1';
let shopId: bigint;
beforeEach(async () => {
  // Shopify runs five at a time: those that an earlier test left behind must not hold up this one.
  for (const operation of sandbox.bulk.list(DEMO_SHOP))
    if (isOpen(operation.status)) operation.status = 'CANCELED';
  ({ shopId } = club);
  await pool.query('DELETE FROM customers WHERE shop_id = $1', [shopId]);
  await pool.query(`UPDATE shops SET country = 'ID', locale = 'id' WHERE shop_id = $1`, [shopId]);
  await pool.query('SELECT seed_club($1, 10000)', [shopId]);
  sandbox.receiver.received.length = 0;
});

const phone = (number: number): string => `+6289931${String(number).padStart(6, '0')}`;
const atShopify = (): Loose[] =>
  sandbox.world
    .shop(DEMO_SHOP)
    .customers.filter(({ phone: one }: Loose) => String(one).startsWith('+6289931'));
const requests = (operation: string): number =>
  sandbox.world.state.requests.filter((each) => each.operation === operation).length;
const bulkFault = (kind: string, change: object = {}) =>
  sandbox.control('POST', '/_control/faults', { target: 'bulk', kind, ...change });
const stateOf = async ({ importId }: ImportKey): Promise<string> =>
  (await select(`SELECT state FROM imports WHERE shop_id = $1 AND import_id = ${importId}`))[0]!.state;
const chunks = () =>
  select('SELECT chunk, step, state, rows FROM import_chunks WHERE shop_id = $1 ORDER BY chunk');
const points = async (): Promise<number[]> =>
  (
    await select(
      `SELECT a.balance FROM ledger_accounts a WHERE shop_id = $1 AND unit = 'POINTS' AND balance > 0 ORDER BY 1`,
    )
  ).map(({ balance }) => Number(balance));

/** With a token of this test: the sandbox is new for each. */
const askShopify = async (query: string): Promise<Loose> => {
  const answer = await sandbox.graphql(query, {}, await sandbox.accessToken());
  expect(answer.errors).toBeUndefined();
  return answer;
};

/** How many bulk mutations Shopify has run. */
const operations = async (): Promise<number> => {
  const { data } = await askShopify('{ bulkOperations(first: 250) { nodes { type } } }');
  return data.bulkOperations.nodes.filter(({ type }: Loose) => type === 'MUTATION').length;
};

const HEADINGS = ['Nama', 'No HP', 'Poin awal', 'Jenis kelamin', 'Tag', 'Kota', 'Setuju SMS'];
const people = (count: number, from = 0): MadeCell[][] =>
  Array.from({ length: count }, (_, at) => [
    `Orang ${from + at}`,
    phone(from + at),
    at + 1,
    at % 2 === 0 ? 'P' : 'L',
    'grosir',
    'Kota Bandung',
    'ya',
  ]);

async function started(rows: readonly (readonly MadeCell[])[], choices: object = {}): Promise<ImportKey> {
  const key = await checkedImport(shopId, rows);
  expect(await changeChoices(key, choices)).toEqual({ ok: true });
  await processImports();
  expect(await steerImport(key, 'start', ACTOR)).toEqual({ ok: true });
  return key;
}

/** Turn after turn, as time would give them, until the import has this state. */
async function untilState(key: ImportKey, wanted: string): Promise<void> {
  for (let turn = 0; turn < 200 && (await stateOf(key)) !== wanted; turn += 1) {
    await processImports();
    await endLeases();
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  expect(await stateOf(key)).toBe(wanted);
}

async function run(rows: readonly (readonly MadeCell[])[], choices: object = {}): Promise<ImportKey> {
  const key = await started(rows, choices);
  await untilState(key, 'done');
  return key;
}

async function workWebhooks(): Promise<void> {
  await sandbox.webhooks.idle();
  const events = sandbox.receiver.received
    .filter(({ topic }) => topic === 'customers/update' || topic === 'customers/create')
    .map(({ topic, headers, payload }) => ({
      shopId,
      topic,
      triggeredAt: new Date(headers['x-shopify-triggered-at'] ?? ''),
      payload,
    }));
  sandbox.receiver.received.length = 0;
  await withTransaction((tx) => upsertCustomers(tx, events).then(() => undefined));
}

async function expectWhole(key: ImportKey, count: number): Promise<void> {
  expect(await countOutcomes(pool, key)).toMatchObject({ created: count, refused: 0, waiting: 0 });
  expect(new Set(atShopify().map((each) => each.phone)).size).toBe(count);
  expect(atShopify()).toHaveLength(count);
  expect(await points()).toEqual(Array.from({ length: count }, (_, at) => at + 1));
  expect(await auditShop(shopId)).toEqual([]);
}

describe('chunks', () => {
  test.each([5, 19, 20, 21, 41])('%i new customers, each step in chunks', async (count) => {
    const key = await run([HEADINGS, ...people(count)]);
    await expectWhole(key, count);
    expect((await chunks()).every(({ state }) => state === 'ended')).toBe(true);
    expect((await chunks()).filter(({ step }) => step === 'set').map(({ rows }) => rows)[0]).toBe(
      Math.min(count, 20),
    );
    const [first] = atShopify();
    expect(first).toMatchObject({ firstName: 'Orang', lastName: '0', tags: ['grosir'] });
    expect(first.address.city).toBe('Kota Bandung');
    expect(first.smsConsent.state).toBe('SUBSCRIBED');
    expect(first.metafields.find(({ key: name }: Loose) => name === 'gender').value).toBe('female');
    // What Shopify tells of them afterwards finds nothing to change.
    const stored = () =>
      select(
        `SELECT customer_id, first_name, phone, gender, city, tags, sms_consent FROM customers WHERE shop_id = $1 ORDER BY 1`,
      );
    const before = await stored();
    expect(before.filter(({ sms_consent }) => sms_consent === 'subscribed')).toHaveLength(count);
    await workWebhooks();
    expect(await stored()).toEqual(before);
  });

  test('known customers: fields, metafields and tags in chunks; other addresses one by one; the file again changes nothing', async () => {
    await run([HEADINGS, ...people(12)]);
    await workWebhooks();
    await pool.query('DELETE FROM import_chunks');
    const rows = people(12).map(([, own], at) => [
      `Baru ${at}`,
      own ?? null,
      `catatan ${at}`,
      'L',
      'grosir; lama',
      at < 2 ? 'Kota Semarang' : null,
    ]);
    const headings = ['Nama', 'No HP', 'Catatan', 'Jenis kelamin', 'Tag', 'Kota'];
    const key = await run([headings, ...rows]);
    expect(await countOutcomes(pool, key)).toMatchObject({ updated: 12, created: 0, refused: 0 });
    expect((await chunks()).map(({ step, rows: count }) => [step, count])).toEqual([
      ['set', 10],
      ['metafields', 5],
      ['tags', 10],
    ]);
    for (const [at, held] of atShopify().entries())
      expect(held).toMatchObject({
        firstName: 'Baru',
        note: `catatan ${at}`,
        tags: ['grosir', 'lama'],
        address: { city: at < 2 ? 'Kota Semarang' : 'Kota Bandung' },
      });
    await workWebhooks();
    const again = await run([headings, ...rows]);
    expect(await countOutcomes(pool, again)).toMatchObject({ unchanged: 12, updated: 0 });
    // And the first of the two is taken back as if it had gone one by one.
    expect(await steerImport(key, 'undo', ACTOR)).toEqual({ ok: true });
    await untilState(key, 'undone');
    expect(atShopify()[5]).toMatchObject({ firstName: 'Orang', lastName: '5', note: null, tags: ['grosir'] });
    expect(await countOutcomes(pool, key)).toMatchObject({ undone: 12, kept: 0 });
  });

  test('a few rows go one by one', async () => {
    const key = await run([HEADINGS, ...people(4)]);
    await expectWhole(key, 4);
    expect(await chunks()).toEqual([]);
  });

  test('a row of a customer whom an earlier one names is written after it', async () => {
    const rows = people(8);
    const repeated = [...rows, ['Kedua', phone(3), null, null, 'kedua', null, null]];
    const key = await run([HEADINGS, ...repeated], { takesDoubtful: true });
    expect(await countOutcomes(pool, key)).toMatchObject({ created: 8, updated: 1 });
    expect(atShopify()[3]).toMatchObject({ firstName: 'Kedua' });
  });
});

describe('refusals', () => {
  test('come row by row at their field; the other rows are done', async () => {
    // Taken at Shopify by customers whom the app does not know.
    for (const at of [2, 5])
      await askShopify(
        `mutation { customerSet(input: { firstName: "X", phone: "${phone(at)}" }) { userErrors { message } } }`,
      );
    const key = await run([HEADINGS, ...people(10)]);
    expect(await countOutcomes(pool, key)).toMatchObject({ created: 8, refused: 2, waiting: 0 });
    expect(
      await select(
        `SELECT row_number AS row, refusal FROM import_rows WHERE shop_id = $1 AND state = 'refused' ORDER BY 1`,
      ),
    ).toEqual([
      { row: 4, refusal: [{ field: 'phone', reason: 'taken' }] },
      { row: 7, refusal: [{ field: 'phone', reason: 'taken' }] },
    ]);
    expect(atShopify()).toHaveLength(10);
  });
});

describe('trouble', () => {
  test.each([
    ['missing', {}],
    ['lineErrors', {}],
    ['fails', {}],
    ['fails', { message: 'TIMEOUT' }],
    ['expired', { times: 2 }],
    ['partial', { times: 2 }],
  ])('%s: the rows that it leaves open are looked up', async (kind, change) => {
    await bulkFault(kind, change);
    const key = await run([HEADINGS, ...people(20)]);
    await expectWhole(key, 20);
  });

  test.each([
    ['lostReply', {}],
    ['timeout', { executes: true, delayMs: 1 }],
    ['timeout', { executes: false, delayMs: 1 }],
    ['status503', { executes: true }],
    ['status502', { executes: false, times: 2 }],
  ])('a start whose answer was lost (%s %o) runs once', async (kind, change) => {
    const before = await operations();
    await fault(kind, { operation: 'bulkOperationRunMutation', ...change });
    const key = await run([HEADINGS, ...people(15)]);
    await expectWhole(key, 15);
    expect((await operations()) - before).toBe((await chunks()).length);
  });

  test('a file that is not stored is uploaded again; a start that is always refused goes row by row', async () => {
    await fault('status503', { operation: 'stagedUploadsCreate', times: 2 });
    const key = await run([HEADINGS, ...people(10)]);
    await expectWhole(key, 10);
    await fault('userError', { operation: 'bulkOperationRunMutation', times: 99 });
    const other = await run([HEADINGS, ...people(10, 100)]);
    expect(await countOutcomes(pool, other)).toMatchObject({ created: 10, refused: 0 });
  });

  test('results that have expired: all rows are looked up', async () => {
    const key = await started([HEADINGS, ...people(10)]);
    await processImports();
    await sandbox.control('POST', '/_control/clock', { advanceMs: 8 * 86_400_000 });
    await untilState(key, 'done');
    await expectWhole(key, 10);
  });

  test('while Shopify runs five others it waits', async () => {
    await bulkFault('slow', { times: 5, delayMs: 2_500 });
    const key = await started([HEADINGS, ...people(10)]);
    for (let at = 0; at < 5; at += 1)
      await askShopify(
        `mutation { bulkOperationRunQuery(query: "{ customers { edges { node { id } } } }") { userErrors { message } } }`,
      );
    await processImports();
    expect((await chunks()).map(({ state }) => state)).toEqual(['starting']);
    await untilState(key, 'done');
    await expectWhole(key, 10);
  });

  test('a worker that dies anywhere: the next one goes on from what is stored', async () => {
    const key = await started([HEADINGS, ...people(20)]);
    // Each turn is broken off, some of them in the middle of the results.
    for (let turn = 0; turn < 200 && (await stateOf(key)) !== 'done'; turn += 1) {
      const stop = new AbortController();
      const running = processImports(stop.signal);
      setTimeout(() => stop.abort(), turn * 5);
      await running;
      await endLeases();
    }
    await expectWhole(key, 20);
  });

  test('two workers at once do each row once', async () => {
    const key = await started([HEADINGS, ...people(25)]);
    for (let turn = 0; turn < 100 && (await stateOf(key)) !== 'done'; turn += 1) {
      await Promise.all([processImports(), processImports()]);
      await endLeases();
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    await expectWhole(key, 25);
    expect(requests('RunBulkMutation')).toBe((await chunks()).length);
  });
});

describe('steering', () => {
  test('cancelled, what Shopify has begun is stored and the rest left out', async () => {
    await bulkFault('slow', { operation: 'customerSet', delayMs: 1_500 });
    const key = await started([HEADINGS, ...people(30)]);
    await processImports();
    expect((await chunks()).map(({ state }) => state)).toEqual(['running']);
    expect(await steerImport(key, 'cancel', ACTOR)).toEqual({ ok: true });
    await untilState(key, 'cancelled');
    expect(await countOutcomes(pool, key)).toMatchObject({ created: 20, skipped: 10, waiting: 0 });
    expect(atShopify()).toHaveLength(20);
    expect(await auditShop(shopId)).toEqual([]);
  });

  test('cancelled before it began, nothing is written', async () => {
    await fault('throttled', { operation: 'stagedUploadsCreate', times: 4 });
    const key = await started([HEADINGS, ...people(30)]);
    await processImports();
    expect((await chunks()).map(({ state }) => state)).toEqual(['starting']);
    await steerImport(key, 'cancel', ACTOR);
    await untilState(key, 'cancelled');
    expect(await countOutcomes(pool, key)).toMatchObject({ created: 0, skipped: 30 });
    expect(atShopify()).toEqual([]);
  });

  test('paused while Shopify writes, the results are stored after it', async () => {
    await bulkFault('slow', { operation: 'customerSet', delayMs: 1_500 });
    const key = await started([HEADINGS, ...people(10)]);
    await processImports();
    await steerImport(key, 'pause', ACTOR);
    await processImports();
    expect(await countOutcomes(pool, key)).toMatchObject({ created: 0, waiting: 10 });
    await steerImport(key, 'resume', ACTOR);
    await untilState(key, 'done');
    await expectWhole(key, 10);
  });
});
