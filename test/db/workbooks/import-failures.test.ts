/** Failures of other products' imports (docs/import-failures.md) that need a database, and imports beside one another. */
import { buffer } from 'node:stream/consumers';
import { beforeEach, describe, expect, test } from 'vitest';
import { club, sandbox, select, useSandboxShop } from '#test/support/sandbox-bed.ts';
import { pool, withTransaction } from '#app/db.server.ts';
import { i18nFor } from '#app/i18n/i18n.ts';
import { auditShop } from '#app/modules/audit/audit-shop.server.ts';
import { recordCustomers } from '#app/modules/customers/record-customers.server.ts';
import { changeChoices } from '#app/modules/workbooks/import/change-import.server.ts';
import { readImport, type ImportKey } from '#app/modules/workbooks/import/import-rows.server.ts';
import { countVerdicts } from '#app/modules/workbooks/import/imports.queries.server.ts';
import { processImports } from '#app/modules/workbooks/import/process-imports.server.ts';
import { countOutcomes } from '#app/modules/workbooks/run/end-import.server.ts';
import { streamErrorFile } from '#app/modules/workbooks/run/error-file.server.ts';
import { steerImport } from '#app/modules/workbooks/run/steer-import.server.ts';
import { checkedImport, endLeases, givenPeople, rowsOf, sheet, upload } from '#test/support/imports.ts';
import { seededRandom } from '#test/support/random.ts';
import { DEMO_SHOP, type Loose } from '#test/support/sandbox.ts';
import type { MadeCell } from '#test/support/zips.ts';

useSandboxShop({ hasOrders: false });

const ACTOR = 'staff:1';
let shopId: bigint;
beforeEach(async () => {
  ({ shopId } = club);
  await pool.query('DELETE FROM customers WHERE shop_id = $1', [shopId]);
  await pool.query(`UPDATE shops SET country = 'ID', locale = 'id' WHERE shop_id = $1`, [shopId]);
  await pool.query('SELECT seed_club($1, 10000)', [shopId]);
});

const phone = (row: number): string => `+6289932${String(row).padStart(6, '0')}`;
const made = (): Loose[] =>
  sandbox.world
    .shop(DEMO_SHOP)
    .customers.filter(({ phone: one }: Loose) => String(one).startsWith('+6289932'));
const customers = () =>
  select(
    `SELECT customer_id AS id, first_name, phone, note FROM customers WHERE shop_id = $1 AND state = 'active' ORDER BY phone, 1`,
  );
const verdicts = async (key: ImportKey) =>
  (await rowsOf(key)).map(({ verdict, doubtRow }) => [verdict, doubtRow]);

async function start(key: ImportKey, choices: object = {}): Promise<void> {
  expect(await changeChoices(key, choices)).toEqual({ ok: true });
  await processImports();
  expect(await steerImport(key, 'start', ACTOR)).toEqual({ ok: true });
}

async function finish(key: ImportKey): Promise<void> {
  for (let turn = 0; turn < 100 && (await readImport(pool, key))?.state !== 'done'; turn += 1) {
    await processImports();
    await endLeases();
  }
  expect((await readImport(pool, key))?.state).toBe('done');
}

async function run(rows: readonly (readonly MadeCell[])[], choices: object = {}): Promise<ImportKey> {
  const key = await checkedImport(shopId, rows);
  await start(key, choices);
  await finish(key);
  return key;
}

describe('what a file says', () => {
  test('of a CSV the dialect that was found first is used by every later reading (5)', async () => {
    const lines = ['Nama;No HP;Alamat', `Siti;${phone(1)};"Jl. Dago 1, Bandung; atas"`];
    const { importId } = await upload(shopId, Buffer.from(lines.join('\n')), 'a.csv');
    const key = { shopId, importId };
    await processImports();
    expect((await rowsOf(key))[0]?.values.street).toBe('Jl. Dago 1, Bandung; atas');
    // Read again, as after a crash, by what was stored and not by another guess.
    await pool.query(
      `UPDATE imports SET state = 'reading', read_up_to = 0, source = jsonb_set(source::jsonb, '{dialect,delimiter}', '","')
       WHERE shop_id = $1`,
      [shopId],
    );
    await pool.query('DELETE FROM import_rows WHERE shop_id = $1', [shopId]);
    await processImports();
    const [row] = await select('SELECT raw FROM import_rows WHERE shop_id = $1');
    expect(Object.keys(row!.raw as object).length).toBeLessThan(3);
  });

  test('one phone written three ways is one customer and two doubtful rows (10)', async () => {
    const key = await run([
      ['Nama', 'No HP'],
      ['Siti', '0899 3200-0001'],
      ['Siti', '+62 899 32000001'],
      ['Siti', '0062.899.3200.0001'],
    ]);
    expect(await verdicts(key)).toEqual([
      ['new', null],
      ['doubtful', 2],
      ['doubtful', 2],
    ]);
    expect(made()).toHaveLength(1);
  });

  test('rows that are too long, too large or of the wrong type leave the others and the counts alone (12, 30, 38)', async () => {
    const key = await run([
      ['Nama', 'No HP', 'Catatan', 'Poin awal', 'Tanggal lahir'],
      ['Siti', phone(1), 'baik', 5, '1990-01-02'],
      ['x'.repeat(300), phone(2), null, null, null],
      ['Budi', phone(3), 'y'.repeat(6_000), null, null],
      ['Ani', phone(4), null, 1e15, null],
      ['Eka', phone(5), null, 'banyak', null],
      ['Fajar', phone(6), null, null, '31-02-1990'],
      [null, null, null, null, null],
      ['Gita', phone(7), null, 7, null],
    ]);
    const rows = await rowsOf(key);
    const counts = await countVerdicts(key);
    expect(Object.values(counts).reduce((sum, count) => sum + count, 0)).toBe(rows.length);
    expect(counts).toMatchObject({ new: 2, wrong: 5 });
    const totals = await countOutcomes(pool, key);
    expect(totals).toMatchObject({ created: 2, wrong: 5, waiting: 0, refused: 0 });
    expect(made().map(({ firstName }) => firstName)).toEqual(['Siti', 'Gita']);
  });

  test('names that differ in marks are different people (32)', async () => {
    const key = await run([
      ['Nama', 'No HP'],
      ['กา', phone(1)],
      ['ก่า', phone(2)],
      ['علی', phone(3)],
      ['علي', phone(4)],
      ['Müller', null],
      ['Muller', null],
    ]);
    expect(await countOutcomes(pool, key)).toMatchObject({ created: 6, skipped: 0, refused: 0 });
    expect(new Set((await customers()).map(({ first_name }) => first_name)).size).toBe(6);
  });

  test('10,000 wrong rows are 10,000 rows of the error file (35)', async () => {
    const lines = Array.from({ length: 10_000 }, (_, row) => `Orang ${row};${row % 90}`);
    const { importId } = await upload(shopId, Buffer.from(['Nama;No HP', ...lines].join('\n')), 'a.csv');
    await processImports();
    const seen = await readImport(pool, { shopId, importId });
    const file = streamErrorFile(seen!, i18nFor('en').t);
    const written = (await buffer(file!.body)).toString().trim().split('\r\n');
    expect(written).toHaveLength(10_001);
    expect(written.at(-1)).toContain('Orang 9999');
  });
});

test.each([
  ['phone', ['Nama', 'No HP', 'Catatan'], (row: Loose) => [row.first_name, row.phone, row.note]],
  ['own id', ['ID Shopify', 'Nama', 'Catatan'], (row: Loose) => [String(row.id), row.first_name, row.note]],
])('the list of known customers by %s makes no one again (21)', async (_by, headings, cells) => {
  await run([
    ['Nama', 'No HP', 'Catatan'],
    ...Array.from({ length: 5 }, (_, row): MadeCell[] => [`Orang${row}`, phone(row), `c${row}`]),
  ]);
  const known = await customers();
  const key = await run([headings, ...known.map((row) => cells(row) as MadeCell[])]);
  expect(await countOutcomes(pool, key)).toMatchObject({ created: 0, updated: 0, unchanged: 5 });
  const changed = await run([headings, ...known.map((row) => cells({ ...row, note: 'baru' }) as MadeCell[])]);
  expect(await countOutcomes(pool, changed)).toMatchObject({ created: 0, updated: 5 });
  expect(made()).toHaveLength(5);
});

describe('sizes around the edges of what is sent and stored together (25, 29)', () => {
  test.each([1, 19, 20, 21, 41])('%i rows that Shopify is asked for', async (size) => {
    const rows = Array.from({ length: size }, (_, row): MadeCell[] => [`Orang ${row}`, phone(row), row + 1]);
    const key = await run([['Nama', 'No HP', 'Poin awal'], ...rows]);
    expect(await countOutcomes(pool, key)).toMatchObject({ created: size, waiting: 0 });
    expect(made()).toHaveLength(size);
    const [sum] = await select(
      `SELECT sum(amount)::int AS points FROM ledger_entries WHERE shop_id = $1 AND kind = 'import'`,
    );
    expect(sum!.points).toBe((size * (size + 1)) / 2);
  });

  test.each([999, 1_000, 1_001, 2_001])('%i rows that are of us alone', async (size) => {
    const first = 5_000_000n;
    await givenPeople(
      shopId,
      Object.fromEntries(
        Array.from({ length: size }, (_, row) => [Number(first) + row, { phone: phone(row) }]),
      ),
    );
    const key = await run([
      ['No HP', 'Poin awal'],
      ...Array.from({ length: size }, (_, row): MadeCell[] => [phone(row), 2]),
    ]);
    expect(await countOutcomes(pool, key)).toMatchObject({ updated: size, waiting: 0 });
    const [sum] = await select(
      `SELECT sum(balance)::int AS points FROM ledger_accounts WHERE shop_id = $1 AND unit = 'POINTS'`,
    );
    expect(sum!.points).toBe(2 * size);
  });
});

describe('beside one another', () => {
  const rows = (count: number): MadeCell[][] =>
    Array.from({ length: count }, (_, row) => [`Orang ${row}`, phone(row), `catatan ${row}`, 3]);
  const HEADINGS = ['Nama', 'No HP', 'Catatan', 'Poin awal'];

  test('the same file twice at once makes each customer once (14, 18, 41)', async () => {
    const bytes = sheet([HEADINGS, ...rows(45)]);
    const keys: ImportKey[] = [];
    for (const name of ['a.xlsx', 'b.xlsx'])
      keys.push({ shopId, importId: (await upload(shopId, bytes, name)).importId });
    await Promise.all([processImports(), processImports()]);
    for (const key of keys) await start(key);
    for (let turn = 0; turn < 40; turn += 1) {
      await Promise.all([processImports(), processImports(), processImports()]);
      await endLeases();
    }
    expect(await select('SELECT state FROM imports WHERE shop_id = $1')).toEqual([
      { state: 'done' },
      { state: 'done' },
    ]);
    expect(new Set(made().map((each) => each.phone)).size).toBe(45);
    expect(made()).toHaveLength(45);
    // Each file gives its opening balances, as the warning on the second one says.
    const totals = await Promise.all(keys.map((key) => countOutcomes(pool, key)));
    const done = totals.map(({ created, updated, refused }) => created + updated + refused);
    expect(done).toEqual([45, 45]);
    expect(totals.reduce((sum, { created }) => sum + created, 0)).toBe(45);
    expect(await auditShop(shopId)).toEqual([]);
  });

  test('customers whom staff edit while it runs keep what staff wrote last, and undo leaves that', async () => {
    const random = seededRandom('edited while it runs');
    await run([HEADINGS.slice(0, 3), ...rows(30).map((row) => row.slice(0, 3))]);
    const known = await customers();
    const key = await checkedImport(shopId, [
      HEADINGS.slice(0, 3),
      ...rows(30).map(([name, own], row): MadeCell[] => [name!, own!, `baru ${row}`]),
    ]);
    await start(key);
    const edited = new Set<string>();
    const edit = async (): Promise<void> => {
      while ((await readImport(pool, key))?.state === 'running') {
        const one = random.pick(known);
        const { body } = await sandbox.control('POST', `/_control/customers/${String(one.id)}`, {
          note: `staf ${String(one.id)}`,
        });
        edited.add(String(one.id));
        await withTransaction((tx) =>
          recordCustomers(tx, [
            {
              shopId,
              customerId: BigInt(one.id),
              at: new Date(body.customer?.updated_at ?? Date.now()),
              source: 'shopify',
              actor: 'shopify',
              fields: { note: `staf ${String(one.id)}` },
            },
          ]),
        );
      }
    };
    await Promise.all([finish(key), edit()]);
    expect(await countOutcomes(pool, key)).toMatchObject({ waiting: 0, refused: 0 });
    // Whatever came last at Shopify is what we have, or will have when its webhook comes.
    for (const { id, note } of await customers()) {
      const there = sandbox.world.findCustomer(DEMO_SHOP, Number(id))?.note;
      if (!edited.has(String(id))) expect(note).toBe(there);
    }
    await steerImport(key, 'undo', ACTOR);
    await processImports();
    const after = await customers();
    for (const { id, note } of after) if (!edited.has(String(id))) expect(String(note)).toMatch(/^catatan /);
    expect(after).toHaveLength(30);
  });
});
