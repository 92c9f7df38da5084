/** A checked import runs: Shopify first, then here; pauses, lost answers, workers that die; and is undone. */
import { buffer } from 'node:stream/consumers';
import { beforeEach, describe, expect, test } from 'vitest';
import { club, fault, sandbox, select, useSandboxShop } from '#test/support/sandbox-bed.ts';
import { pool, withTransaction } from '#app/db.server.ts';
import { i18nFor } from '#app/i18n/i18n.ts';
import { auditShop } from '#app/modules/audit/audit-shop.server.ts';
import { upsertCustomers } from '#app/modules/customers/upsert-customers.server.ts';
import { changeChoices } from '#app/modules/workbooks/import/change-import.server.ts';
import { readImport, type ImportKey } from '#app/modules/workbooks/import/import-rows.server.ts';
import { processImports } from '#app/modules/workbooks/import/process-imports.server.ts';
import { countOutcomes } from '#app/modules/workbooks/run/end-import.server.ts';
import { pruneImports } from '#app/modules/workbooks/prune-imports.server.ts';
import { streamErrorFile } from '#app/modules/workbooks/run/error-file.server.ts';
import { steerImport } from '#app/modules/workbooks/run/steer-import.server.ts';
import { checkedImport, endLeases, upload } from '#test/support/imports.ts';
import { DEMO_SHOP, type Loose } from '#test/support/sandbox.ts';
import type { MadeCell } from '#test/support/zips.ts';

let shopId: bigint;
let siti: bigint;
const ACTOR = 'staff:9';

useSandboxShop({ hasOrders: false });
beforeEach(async () => {
  ({ shopId } = club);
  await pool.query('DELETE FROM customers WHERE shop_id = $1', [shopId]);
  await pool.query(`UPDATE shops SET country = 'ID', locale = 'id' WHERE shop_id = $1`, [shopId]);
  await pool.query('SELECT seed_club($1, 10000)', [shopId]);
  siti = BigInt(held('siti.rahmawati@example.com').id);
  sandbox.receiver.received.length = 0;
});

const held = (reference: string | number): Loose => sandbox.world.findCustomer(DEMO_SHOP, reference);
const phone = (row: number): string => `+62899${String(30_000_000 + row)}`;
const stateOf = async (key: ImportKey) => (await readImport(pool, key))?.state;
const outcomes = () =>
  select(
    'SELECT row_number AS row, state, outcome, refusal, undo_outcome AS undo FROM import_rows WHERE shop_id = $1 ORDER BY 1',
  );
const customers = () =>
  select(
    'SELECT customer_id AS id, first_name, email, phone, note, state, tags FROM customers WHERE shop_id = $1 ORDER BY 1',
  );
const balances = () =>
  select(`SELECT c.phone, a.unit, a.balance FROM ledger_accounts a JOIN customers c USING (shop_id, customer_id)
    WHERE shop_id = $1 ORDER BY 1, 2`);
const made = (): number =>
  sandbox.world.shop(DEMO_SHOP).customers.filter(({ phone: one }: Loose) => String(one).startsWith('+628993'))
    .length;

/** What Shopify sent, worked like the inbox does. */
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

async function run(rows: readonly (readonly MadeCell[])[], choices: object = {}): Promise<ImportKey> {
  const key = await checkedImport(shopId, rows);
  expect(await changeChoices(key, choices)).toEqual({ ok: true });
  await processImports();
  expect(await steerImport(key, 'start', ACTOR)).toEqual({ ok: true });
  await processImports();
  return key;
}

async function undo(key: ImportKey): Promise<void> {
  expect(await steerImport(key, 'undo', ACTOR)).toEqual({ ok: true });
  await processImports();
}

/** Siti, as a webhook told of her. */
async function givenSiti(): Promise<void> {
  await sandbox.control('POST', `/_control/customers/${siti}`, { firstName: 'Siti' });
  await workWebhooks();
}

async function expectCleanAudit(): Promise<void> {
  expect(await auditShop(shopId)).toEqual([]);
}

describe('a run', () => {
  test('creates and updates customers at Shopify and here, with tags, balances and category', async () => {
    await givenSiti();
    const key = await run(
      [
        ['Nama', 'No HP', 'Email', 'Catatan', 'Kategori', 'Poin awal', 'Tag'],
        ['Siti', null, 'siti.rahmawati@example.com', 'dari berkas', null, 70, null],
        ['Budi Baru', phone(1), null, 'VIP', 'Reseller', 100, 'grosir'],
        ['Eka', 'bukan nomor', null, null, null, null, null],
        ['Nama Saja', null, null, null, null, null, null],
      ],
      { tags: ['impor'], openingUntil: '2099-12-31' },
    );
    expect(await stateOf(key)).toBe('done');
    expect((await outcomes()).map(({ state, outcome }) => [state, outcome])).toEqual([
      ['done', 'updated'],
      ['done', 'created'],
      ['skipped', 'skipped'],
      ['done', 'created'],
    ]);
    expect(held(String(siti)).note).toBe('dari berkas');
    expect(held(String(siti)).tags).toContain('impor');
    const budi = (await customers()).find((one) => one.phone === phone(1));
    expect(budi).toMatchObject({ first_name: 'Budi', note: 'VIP', tags: ['grosir', 'impor'] });
    expect(held(String(budi.id))).toMatchObject({ firstName: 'Budi', lastName: 'Baru', note: 'VIP' });
    expect((await balances()).map(({ balance }) => balance).sort()).toEqual([100n, 70n]);
    expect(await countOutcomes(pool, key)).toMatchObject({ created: 2, updated: 1, wrong: 1, waiting: 0 });
    // The own webhooks find nothing to change.
    const before = await customers();
    await workWebhooks();
    expect(await customers()).toEqual(before);
    await expectCleanAudit();
  });

  test('the same file again changes nothing', async () => {
    const rows = [
      ['Nama', 'No HP', 'Email', 'Kota'],
      ['Ani', phone(1), 'ani@example.com', 'Kota Bandung'],
      ['Budi', phone(2), null, null],
    ];
    await run(rows);
    await workWebhooks();
    const key = await run(rows);
    expect(await countOutcomes(pool, key)).toMatchObject({ created: 0, updated: 0, unchanged: 2 });
    expect(made()).toBe(2);
  });

  test('only new ones, or only known ones', async () => {
    await givenSiti();
    const rows = [
      ['Nama', 'Email', 'Catatan'],
      ['Siti', 'siti.rahmawati@example.com', 'baru'],
      ['Ani', 'ani@example.com', null],
    ];
    const created = await run(rows, { mode: 'create' });
    expect(await countOutcomes(pool, created)).toMatchObject({ created: 1, updated: 0, skipped: 1 });
    const updated = await run(rows, { mode: 'update' });
    expect(await countOutcomes(pool, updated)).toMatchObject({ created: 0, updated: 1, unchanged: 1 });
  });

  test('what Shopify refuses stays with its row and column; the others are written', async () => {
    // Taken at Shopify by a customer whom the app does not know.
    const key = await run([
      ['Nama', 'Email'],
      ['Siapa', 'siti.rahmawati@example.com'],
      ['Ani', 'ani@example.com'],
    ]);
    expect(await countOutcomes(pool, key)).toMatchObject({ created: 1, refused: 1 });
    expect((await outcomes())[0]).toMatchObject({
      state: 'refused',
      refusal: [{ field: 'email', reason: 'taken' }],
    });
  });

  test('doubtful rows only when they are wanted, and each after the one that it repeats', async () => {
    const rows = [
      ['Nama', 'No HP', 'Catatan'],
      ['Ani', phone(1), 'satu'],
      ['Ani', phone(1), 'dua'],
    ];
    const first = await run(rows);
    expect(await countOutcomes(pool, first)).toMatchObject({ created: 1, skipped: 1 });
    const second = await run(rows, { takesDoubtful: true });
    expect(await countOutcomes(pool, second)).toMatchObject({ updated: 1, unchanged: 1 });
    expect((await customers()).map(({ note }) => note)).toEqual(['dua']);
    expect(made()).toBe(1);
  });
});

describe('trouble', () => {
  test.each([true, false])('an answer that is lost (done: %s) makes no second customer', async (executes) => {
    await fault('timeout', { operation: 'customerSet', executes, times: 1, delayMs: 1 });
    await run([
      ['Nama', 'No HP', 'Poin awal'],
      ['Ani', phone(1), 5],
      ['Budi', phone(2), 6],
    ]);
    await endLeases();
    await processImports();
    expect(made()).toBe(2);
    expect((await balances()).map(({ balance }) => balance)).toEqual([5n, 6n]);
  });

  test('a worker that died after sending: its customers are found, not made again', async () => {
    const key = await checkedImport(shopId, [
      ['Nama', 'No HP', 'Poin awal'],
      ['Ani', phone(1), 5],
      ['Tanpa Kontak', null, 7],
    ]);
    await steerImport(key, 'start', ACTOR);
    // As it is when the process ends between Shopify's answer and the transaction here.
    await pool.query(
      `UPDATE import_rows SET state = 'sent', outcome = 'created', sent_at = clock_timestamp(), attempts = 1 WHERE shop_id = $1`,
      [shopId],
    );
    await sandbox.graphql(
      `mutation { customerSet(input: { firstName: "Ani", phone: "${phone(1)}" }) { userErrors { message } } }`,
    );
    await workWebhooks();
    await processImports();
    expect(await stateOf(key)).toBe('done');
    expect(made()).toBe(1);
    expect(
      (await outcomes()).map(({ state, outcome, refusal }) => [state, outcome, refusal?.[0]?.reason]),
    ).toEqual([
      ['done', 'created', undefined],
      ['refused', 'refused', 'lost'],
    ]);
    expect((await balances()).map(({ balance }) => balance)).toEqual([5n]);
  });

  test('paused it waits, resumed it goes on, cancelled it leaves out the rest', async () => {
    const rows = Array.from({ length: 45 }, (_, row) => [`Orang ${row}`, phone(row)]);
    const key = await checkedImport(shopId, [['Nama', 'No HP'], ...rows]);
    await steerImport(key, 'start', ACTOR);
    await steerImport(key, 'pause', ACTOR);
    await processImports();
    expect(made()).toBe(0);
    expect(await stateOf(key)).toBe('paused');
    expect(await steerImport(key, 'start', ACTOR)).toEqual({ ok: false, reason: 'too_late' });
    await steerImport(key, 'resume', ACTOR);
    // Cancelled while the first page is on its way.
    const running = processImports();
    while (made() === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    await steerImport(key, 'cancel', ACTOR);
    await running;
    await processImports();
    expect(await stateOf(key)).toBe('cancelled');
    const totals = await countOutcomes(pool, key);
    expect(totals.created).toBe(made());
    expect(totals).toMatchObject({ created: 20, skipped: 25, waiting: 0 });
  });

  test('two workers at once do each row once', async () => {
    const rows = Array.from({ length: 30 }, (_, row) => [`Orang ${row}`, phone(row), 3]);
    const key = await checkedImport(shopId, [['Nama', 'No HP', 'Poin awal'], ...rows]);
    await steerImport(key, 'start', ACTOR);
    await Promise.all([processImports(), processImports()]);
    expect(await stateOf(key)).toBe('done');
    expect(made()).toBe(30);
    expect((await balances()).map(({ balance }) => balance)).toEqual(rows.map(() => 3n));
    await expectCleanAudit();
  });

  test('Shopify that is away: the import goes on later', async () => {
    await fault('status503', { operation: 'customerSet', times: 50 });
    const key = await run([
      ['Nama', 'No HP'],
      ['Ani', phone(1)],
    ]);
    expect(await stateOf(key)).toBe('running');
    await sandbox.control('DELETE', '/_control/faults');
    await endLeases();
    await processImports();
    expect(await stateOf(key)).toBe('done');
    expect(made()).toBe(1);
  });
});

describe('an undo', () => {
  test('deletes whom the import created, puts back what it changed, and takes back balances', async () => {
    await givenSiti();
    await sandbox.control('POST', `/_control/customers/${siti}`, { note: 'lama' });
    await workWebhooks();
    const key = await run(
      [
        ['Nama', 'No HP', 'Email', 'Catatan', 'Poin awal'],
        [null, null, 'siti.rahmawati@example.com', 'baru', 70],
        ['Ani', phone(1), null, null, 100],
      ],
      { tags: ['impor'] },
    );
    await workWebhooks();
    await undo(key);
    expect(await stateOf(key)).toBe('undone');
    expect((await outcomes()).map(({ undo: how }) => how)).toEqual(['undone', 'undone']);
    expect(held(String(siti)).note).toBe('lama');
    expect(held(String(siti)).tags).not.toContain('impor');
    expect(made()).toBe(0);
    expect((await customers()).map(({ state }) => state).sort()).toEqual(['active', 'deleted']);
    expect((await balances()).map(({ balance }) => balance)).toEqual([0n, 0n]);
    await expectCleanAudit();
    expect(await steerImport(key, 'undo', ACTOR)).toEqual({ ok: false, reason: 'too_late' });
  });

  test('leaves what was changed since', async () => {
    await givenSiti();
    const key = await run([
      ['Nama', 'No HP', 'Email', 'Catatan'],
      [null, phone(9), 'siti.rahmawati@example.com', 'baru'],
      ['Ani', phone(1), null, null],
    ]);
    await workWebhooks();
    await sandbox.control('POST', `/_control/customers/${siti}`, { note: 'lebih baru' });
    const ani = (await customers()).find((one) => one.phone === phone(1));
    await sandbox.control('POST', `/_control/customers/${String(ani.id)}`, { note: 'sudah diubah' });
    await workWebhooks();
    await undo(key);
    expect((await outcomes()).map(({ undo: how }) => how)).toEqual(['partly', 'kept']);
    expect(held(String(siti))).toMatchObject({ note: 'lebih baru' });
    expect(held(String(ani.id))).toMatchObject({ phone: phone(1), note: 'sudah diubah' });
  });

  test('is over after 30 days, and for an import that did not run', async () => {
    const key = await run([
      ['Nama', 'No HP'],
      ['Ani', phone(1)],
    ]);
    await pool.query(`UPDATE imports SET finished_at = now() - interval '31 days' WHERE shop_id = $1`, [
      shopId,
    ]);
    expect(await steerImport(key, 'undo', ACTOR)).toEqual({ ok: false, reason: 'too_late' });
    const { importId } = await upload(shopId, Buffer.from('Nama;HP\nAni;1'));
    expect(await steerImport({ shopId, importId }, 'undo', ACTOR)).toEqual({ ok: false, reason: 'too_late' });
    expect(await steerImport({ shopId: shopId + 1n, importId }, 'start', ACTOR)).toEqual({
      ok: false,
      reason: 'unknown',
    });
  });
});

describe('the error file', () => {
  const bytesOf = async (key: ImportKey): Promise<Buffer> => {
    const seen = await readImport(pool, key);
    const file = seen && streamErrorFile(seen, i18nFor('en').t);
    return buffer(file!.body);
  };

  test('has each row that was not imported once, what is wrong first, and can be mended and uploaded again', async () => {
    const rows = [
      ['Nama', 'No HP', 'Email', 'Kolom sendiri'],
      ['Siapa', null, 'siti.rahmawati@example.com', 'a'],
      ['Ani', phone(1), null, 'b'],
      ['Budi', '08', null, 'c'],
      ['Cici', phone(1), null, 'd'],
      ['Dedi', '12', null, 'e'],
    ];
    const key = await run(rows);
    const again = await upload(shopId, await bytesOf(key), 'perbaikan.xlsx');
    await processImports();
    const staged = await select(
      `SELECT row_number AS row, raw, verdict FROM import_rows WHERE shop_id = $1 AND import_id = ${again.importId} ORDER BY 1`,
    );
    expect(staged.map(({ raw }) => Object.values(raw))).toEqual([
      [
        'Row 2: Email: Another customer in Shopify has this value.',
        'Siapa',
        'siti.rahmawati@example.com',
        'a',
      ],
      ['Row 4: No HP: “08”. This isn’t a phone number.', 'Budi', '08', 'c'],
      ['Row 5: Row 3 names the same customer.', 'Cici', phone(1), 'd'],
      ['Row 6: No HP: “12”. This isn’t a phone number.', 'Dedi', '12', 'e'],
    ]);
    expect((await readImport(pool, { shopId, importId: again.importId }))?.mapping).toEqual({
      B: 'fullName',
      C: 'phone',
      D: 'email',
    });
  });

  test('of a CSV is a CSV with its separator, and has all of many rows', async () => {
    const lines = Array.from({ length: 1_203 }, (_, row) => `Orang ${row};${row}`);
    const { importId } = await upload(shopId, Buffer.from(['Nama;No HP', ...lines].join('\n')), 'a.csv');
    await processImports();
    const text = (await bytesOf({ shopId, importId })).toString();
    expect(text.trim().split('\r\n')).toHaveLength(1_204);
    expect(text).toContain('"Row 1204: No HP: “1202”. This isn’t a phone number.";"Orang 1202";"1202"');
  });
});

test('rows and files go when an import can no longer be undone; its line and counts stay', async () => {
  const key = await run([
    ['Nama', 'No HP'],
    ['Ani', phone(1)],
  ]);
  expect(await pruneImports()).toBe(0);
  await pool.query(`UPDATE imports SET finished_at = now() - interval '31 days' WHERE shop_id = $1`, [
    shopId,
  ]);
  expect(await pruneImports()).toBe(1);
  expect(await outcomes()).toEqual([]);
  expect(await select('SELECT file_key, totals FROM imports WHERE shop_id = $1')).toMatchObject([
    { file_key: null, totals: { created: 1 } },
  ]);
  expect(await pruneImports()).toBe(0);
  expect(await stateOf(key)).toBe('done');
});
