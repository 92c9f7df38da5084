/** The check of an uploaded file: what importing it would do, before anything is written. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { pool, withTransaction } from '#app/db.server.ts';
import { readFile as readStored } from '#app/integrations/storage/files.server.ts';
import { EMPTY_RECORD } from '#app/modules/crm/form/form-values.ts';
import { removeFiles } from '#app/modules/photos/remove-files.server.ts';
import { eraseCustomer } from '#app/modules/privacy/erase-customer.server.ts';
import {
  cancelImport,
  changeChoices,
  changeMapping,
} from '#app/modules/workbooks/import/change-import.server.ts';
import { readImport, type ImportKey } from '#app/modules/workbooks/import/import-rows.server.ts';
import {
  countVerdicts,
  listImports,
  listRows,
  readImportDetail,
} from '#app/modules/workbooks/import/imports.queries.server.ts';
import { processImports } from '#app/modules/workbooks/import/process-imports.server.ts';
import {
  checkedImport,
  endLeases,
  givenImportShop,
  givenPeople,
  rowsOf,
  sheet,
  upload,
} from '#test/support/imports.ts';
import { seededRandom } from '#test/support/random.ts';
import { CASES } from '#test/support/workbook-cases.ts';
import type { MadeCell } from '#test/support/zips.ts';

let shopId: bigint;
beforeEach(async () => {
  shopId = await givenImportShop();
});

const phone = (row: number): string => `0812${String(10_000_000 + row)}`;
const e164 = (row: number): string => `+62${phone(row).slice(1)}`;
const stateOf = async (key: ImportKey) => (await readImport(pool, key))?.state;
const isStored = async (fileKey: string) => (await readStored(fileKey)) !== null;
const verdicts = async (key: ImportKey) => (await rowsOf(key)).map(({ verdict }) => verdict);

test('a village is read within its district: exactly, nearly, and a problem where there is none so called', async () => {
  const codes = { provinceCode: 'JB', cityCode: '32.73', districtCode: '32.73.02', postalCode: '40135' };
  const coblong = { countryCode: 'ID', province: 'Jawa Barat', city: 'Kota Bandung', district: 'Coblong' };
  const address = { ...coblong, ...codes, villageCode: null, village: null, street: 'Jl. Dago 1' };
  await givenPeople(shopId, {
    1: { firstName: 'Siti', phone: e164(1), address },
    2: {
      firstName: 'Budi',
      phone: e164(2),
      address: { ...address, villageCode: '32.73.02.1004', village: 'Dago' },
    },
    3: { firstName: 'Ani', phone: e164(3), address: { ...address, village: 'Kampung Dewek' } },
  });
  const place = ['Jawa Barat', 'Kota Bandung', 'Coblong'];
  const key = await checkedImport(shopId, [
    ['Nama depan', 'No HP', 'Provinsi', 'Kota', 'Kecamatan', 'Kelurahan'],
    ['Siti', phone(1), ...place, 'kel. dago'],
    ['Budi', phone(2), ...place, 'KELURAHAN DAGO'],
    ['Ani', phone(3), ...place, 'Kampung Dewek'],
    ['Eka', phone(4), ...place, 'Sadang Sereng'],
    ['Fajar', phone(5), ...place, 'Menteng'],
    ['Gita', phone(6), 'Jawa Barat', 'Kota Bandung', null, 'Dago'],
  ]);
  const rows = await rowsOf(key);
  expect(rows.map(({ verdict, values }) => [verdict, values.village])).toEqual([
    ['updated', '32.73.02.1004'],
    ['unchanged', '32.73.02.1004'],
    ['unchanged', undefined],
    ['new', '32.73.02.1003'],
    ['wrong', undefined],
    ['wrong', undefined],
  ]);
  const { rows: remarks } = await pool.query<{ remarks: unknown }>(
    'SELECT remarks FROM import_rows WHERE import_id = $1 AND remarks IS NOT NULL ORDER BY row_number',
    [key.importId],
  );
  const problem = { field: 'village', code: 'region_unknown' };
  expect(remarks.map((row) => row.remarks)).toMatchObject([
    { problems: [], suggestions: [{ field: 'village', suggests: 'Sadang Serang' }] },
    { problems: [{ ...problem, written: 'Menteng' }] },
    { problems: [{ ...problem, written: 'Dago' }] },
  ]);
});

test('each row is new, updated, unchanged, doubtful, wrong or empty, and the counts add up', async () => {
  await givenPeople(shopId, {
    1: { firstName: 'Siti', lastName: 'Contoh', phone: e164(1) },
    2: { firstName: 'Budi', email: 'budi@example.com', note: 'lama' },
    3: { firstName: 'Ani', phone: e164(3) },
    4: { firstName: 'Ani', email: 'ani@example.com' },
  });
  const key = await checkedImport(shopId, [
    ['Nama', 'No HP', 'Email', 'Catatan', 'Kategori'],
    ['Siti Contoh', phone(1), null, null, null],
    ['Budi', null, ' BUDI@example.com', 'baru', null],
    ['Ani', phone(3), 'ani@example.com', null, null],
    ['Eka', '12', null, null, null],
    ['Fajar', phone(5), null, null, 'grosir'],
    [' ', null, null, null, null],
    ['Gita', phone(6), null, null, 'Reseller'],
    ['Gita lagi', phone(6), null, null, null],
  ]);
  expect(await stateOf(key)).toBe('checked');
  const rows = await rowsOf(key);
  expect(rows.map(({ verdict, customerId }) => [verdict, customerId])).toEqual([
    ['unchanged', 1n],
    ['updated', 2n],
    ['doubtful', 3n],
    ['wrong', null],
    ['wrong', null],
    ['empty', null],
    ['new', null],
    ['doubtful', null],
  ]);
  expect(rows.map(({ doubt, doubtRow }) => [doubt, doubtRow]).filter(([doubt]) => doubt !== null)).toEqual([
    ['two_customers', null],
    ['repeated_in_file', 8],
  ]);
  expect(rows.flatMap(({ problems }) => problems)).toEqual(['not_a_phone', 'unknown_choice']);
  const detail = await readImportDetail(key);
  expect(detail?.proposal?.columns.map(({ heading, field }) => [heading, field])).toEqual([
    ['Nama', 'fullName'],
    ['No HP', 'phone'],
    ['Email', 'email'],
    ['Catatan', 'note'],
    ['Kategori', 'category'],
  ]);
  expect(detail?.proposal?.sample[0]).toEqual({ row: 2, cells: { A: 'Siti Contoh', B: phone(1) } });
  expect(await readImportDetail({ shopId: await givenImportShop(), importId: key.importId })).toBeNull();
  const counts = await countVerdicts(key);
  expect(counts).toEqual({ new: 1, updated: 1, unchanged: 1, doubtful: 2, wrong: 2, empty: 1 });
  const [wrong] = await listRows(key, 'wrong');
  expect(wrong?.remarks?.problems).toEqual([
    { column: 'B', field: 'phone', code: 'not_a_phone', written: '12' },
  ]);
  const { rows: customers } = await pool.query('SELECT FROM customers WHERE shop_id = $1', [shopId]);
  expect(customers).toHaveLength(4);
});

test('a file ends checked, or refused without a row', async () => {
  const { importId } = await upload(shopId, await readFile(path.join(CASES, '42-regions.xlsx')));
  await processImports();
  expect(await countVerdicts({ shopId, importId })).toMatchObject({ new: 7, wrong: 4 });
  const refused = await upload(shopId, await readFile(path.join(CASES, '30-zip-bomb.xlsx')));
  await processImports();
  const [line] = await listImports(shopId);
  expect(line).toMatchObject({ importId: refused.importId, state: 'failed', failure: 'zip_bomb' });
  expect(await rowsOf({ shopId, importId: refused.importId })).toEqual([]);
});

describe('sizes around the edges of batches', () => {
  for (const size of [1, 6, 999, 1_000, 1_001, 2_001])
    test(`${size} rows are ${size} rows, with one number at every edge`, async () => {
      const rows: MadeCell[][] = [['Nama', 'No HP']];
      for (let row = 1; row <= size; row += 1) rows.push([`Pelanggan A${row}`, phone(row)]);
      for (const edge of [1_000, 1_001, 2_001]) if (size >= edge) rows[edge] = ['Kembar', phone(1)];
      const key = await checkedImport(shopId, rows);
      const stored = await rowsOf(key);
      expect(stored.map(({ row }) => row)).toEqual(Array.from({ length: size }, (_, index) => index + 2));
      const repeated = stored.filter(({ doubt }) => doubt === 'repeated_in_file');
      expect(repeated.map(({ row, doubtRow }) => [row, doubtRow])).toEqual(
        [1_000, 1_001, 2_001].filter((edge) => edge <= size).map((edge) => [edge + 1, 2]),
      );
    });
});

test('many rows without phone and e-mail are as many new customers', async () => {
  const rows = Array.from({ length: 30 }, () => ['Siti', null]);
  const key = await checkedImport(shopId, [['Nama', 'No HP'], ...rows]);
  expect(await countVerdicts(key)).toMatchObject({ new: 30, doubtful: 0 });
});

describe('a worker that is stopped anywhere', () => {
  const SIZE = 2_100;
  const rows: MadeCell[][] = [['Nama', 'No HP', 'Kota']];
  for (let row = 1; row <= SIZE; row += 1)
    rows.push([`Pelanggan A${row}`, phone(row % 2_000), row % 7 === 0 ? 'Kota Bandng' : 'Kota Surabaya']);
  const bytes = sheet(rows);

  test('leaves an import that another one finishes, with the same result as an undisturbed one', async () => {
    const undisturbed = { shopId, importId: (await upload(shopId, bytes)).importId };
    await processImports();
    const random = seededRandom('a stopped import');
    const disturbed = { shopId, importId: (await upload(shopId, bytes)).importId };
    let stops = 0;
    for (; stops < 40 && (await stateOf(disturbed)) !== 'checked'; stops += 1) {
      const stop = new AbortController();
      setTimeout(() => stop.abort(), random.between(1, 200));
      await processImports(stop.signal);
      await endLeases();
    }
    await processImports();
    expect(await stateOf(disturbed)).toBe('checked');
    expect(await rowsOf(disturbed)).toEqual(await rowsOf(undisturbed));
  });

  test('writes nothing after its lease was taken by another one', async () => {
    const key = { shopId, importId: (await upload(shopId, bytes)).importId };
    const first = processImports();
    const others: Promise<number>[] = [];
    for (let turn = 0; turn < 5; turn += 1) {
      await new Promise((resolve) => setTimeout(resolve, 60));
      await endLeases();
      others.push(processImports());
    }
    await Promise.all([first, ...others]);
    await endLeases();
    await processImports();
    expect(await stateOf(key)).toBe('checked');
    const stored = await rowsOf(key);
    expect(stored).toHaveLength(SIZE);
    expect(stored.filter(({ doubt }) => doubt === 'repeated_in_file')).toHaveLength(100);
  });
});

test('a corrected column is checked again without the file, and remembered for the next one', async () => {
  const rows = [
    ['Nama', 'Kontak Utama', 'Kode'],
    ['Siti', phone(1), '007'],
  ];
  const key = await checkedImport(shopId, rows);
  expect(await rowsOf(key)).toMatchObject([{ values: { fullName: 'Siti' } }]);
  expect(await changeMapping(key, { A: 'fullName', B: 'phone' })).toEqual({ ok: true });
  await pool.query('UPDATE imports SET file_key = NULL');
  await processImports();
  expect(await stateOf(key)).toBe('checked');
  expect(await rowsOf(key)).toMatchObject([{ values: { fullName: 'Siti', phone: e164(1) } }]);
  const next = await checkedImport(shopId, rows);
  expect(await rowsOf(next)).toMatchObject([{ values: { fullName: 'Siti', phone: e164(1) } }]);
  expect(await changeMapping(key, { A: 'phone', B: 'phone' })).toEqual({ ok: false, reason: 'invalid' });
  const elsewhere = { shopId: await givenImportShop(), importId: key.importId };
  expect(await changeMapping(elsewhere, { A: 'fullName' })).toEqual({ ok: false, reason: 'unknown' });
});

test('a mapping that changes while the file is read counts in the end', async () => {
  const rows = Array.from({ length: 1_500 }, (_, row) => [`Pelanggan A${row}`, phone(row)]);
  const { importId } = await upload(shopId, sheet([['Nama', 'Kontak'], ...rows]));
  const key = { shopId, importId };
  const mapping = { A: 'fullName', B: 'phone' };
  expect(await changeMapping(key, mapping)).toEqual({ ok: false, reason: 'too_early' });
  const reading = processImports();
  await expect.poll(async () => (await readImport(pool, key))?.source ?? null).not.toBeNull();
  expect(await changeMapping(key, mapping)).toEqual({ ok: true });
  await reading;
  await processImports();
  expect(await stateOf(key)).toBe('checked');
  const stored = await rowsOf(key);
  expect(stored.filter(({ values }) => values.phone === undefined)).toEqual([]);
  expect(stored).toHaveLength(1_500);
});

test('choices decide what empty cells do, who is known, and whether suggestions are taken', async () => {
  await givenPeople(shopId, {
    1: { ...EMPTY_RECORD, firstName: 'Siti', phone: e164(1), note: 'lama' },
    2: { ...EMPTY_RECORD, firstName: 'Budi', email: 'budi@example.com' },
  });
  const key = await checkedImport(shopId, [
    ['Nama', 'No HP', 'Email', 'Catatan', 'Kota'],
    ['Siti', phone(1), null, null, null],
    ['Budi', null, 'budi@example.com', null, null],
    ['Eka', phone(3), null, null, 'Kota Surabya'],
  ]);
  expect(await verdicts(key)).toEqual(['unchanged', 'unchanged', 'new']);
  const decide = async (choices: object) => {
    expect(await changeChoices(key, choices)).toEqual({ ok: true });
    await processImports();
    return verdicts(key);
  };
  expect(await decide({ emptyCells: 'clear' })).toEqual(['updated', 'unchanged', 'new']);
  expect(await decide({ identity: 'phone' })).toEqual(['unchanged', 'new', 'new']);
  expect(await decide({ takesSuggestions: false })).toEqual(['unchanged', 'unchanged', 'wrong']);
  expect(await decide({ tags: ['grosir'] })).toEqual(['updated', 'updated', 'new']);
  expect(await changeChoices(key, { emptyCells: 'guess' })).toEqual({ ok: false, reason: 'invalid' });
});

test('the same file again is known', async () => {
  const bytes = sheet([
    ['Nama', 'No HP'],
    ['Siti', phone(1)],
  ]);
  expect((await upload(shopId, bytes)).uploadedBeforeAt).toBeNull();
  expect((await upload(shopId, bytes, 'lain.xlsx')).uploadedBeforeAt).toBeInstanceOf(Date);
  expect((await upload(await givenImportShop(), bytes)).uploadedBeforeAt).toBeNull();
});

test('an import that is cancelled while it is read keeps no rows', async () => {
  const rows = Array.from({ length: 2_500 }, (_, row) => [`Pelanggan A${row}`, phone(row)]);
  const { importId } = await upload(shopId, sheet([['Nama', 'No HP'], ...rows]));
  const key = { shopId, importId };
  const reading = processImports();
  await expect.poll(async () => (await rowsOf(key)).length, { interval: 5 }).toBeGreaterThan(0);
  expect(await cancelImport(key)).toEqual({ ok: true });
  await reading;
  expect(await rowsOf(key)).toEqual([]);
  expect(await stateOf(key)).toBe('cancelled');
});

test('a cancelled import keeps no rows and is not processed', async () => {
  const key = await checkedImport(shopId, [
    ['Nama', 'No HP'],
    ['Siti', phone(1)],
  ]);
  expect(await cancelImport(key)).toEqual({ ok: true });
  expect(await rowsOf(key)).toEqual([]);
  expect(await processImports()).toBe(0);
  expect(await cancelImport(key)).toEqual({ ok: false, reason: 'too_late' });
});

test('erasing a customer deletes the rows that are of them, and the file', async () => {
  await givenPeople(shopId, { 7: { firstName: 'Siti', phone: e164(1) } });
  const rows = [
    ['Nama', 'No HP'],
    ['Siti Contoh', phone(1)],
    ['Budi', phone(2)],
  ];
  const key = await checkedImport(shopId, rows);
  const other = await checkedImport(shopId, [['Nama'], ['Budi']]);
  const fileKey = (await readImport(pool, key))?.fileKey ?? '';
  await withTransaction((tx) =>
    eraseCustomer(tx, {
      shopId,
      topic: 'customers/redact',
      triggeredAt: new Date(),
      payload: { customer: { id: 7 }, orders_to_redact: [] },
    }),
  );
  expect((await rowsOf(key)).map(({ row }) => row)).toEqual([3]);
  expect((await readImport(pool, key))?.fileKey).toBeNull();
  expect((await readImport(pool, other))?.fileKey).not.toBeNull();
  expect(await isStored(fileKey)).toBe(true);
  await removeFiles();
  expect(await isStored(fileKey)).toBe(false);
});
