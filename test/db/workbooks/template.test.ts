/** The template for an import: what it has, that it is written once, and that it can be imported as it is. */
import ExcelJS from 'exceljs';
import { beforeEach, expect, test } from 'vitest';
import { pool } from '#app/db.server.ts';
import { i18nFor } from '#app/i18n/i18n.ts';
import { processExports } from '#app/modules/workbooks/export/process-exports.server.ts';
import { readExportScreen } from '#app/modules/workbooks/export/exports.queries.server.ts';
import { readImport } from '#app/modules/workbooks/import/import-rows.server.ts';
import { readImportDetail } from '#app/modules/workbooks/import/imports.queries.server.ts';
import { processImports } from '#app/modules/workbooks/import/process-imports.server.ts';
import { buildForm } from '#app/modules/workbooks/template/build-form.ts';
import { downloadTemplate } from '#app/modules/workbooks/template/download-template.server.ts';
import { readRegions } from '#app/modules/regions/regions.server.ts';
import { exportsOf } from '#test/support/exports.ts';
import { givenImportShop, rowsOf, upload } from '#test/support/imports.ts';

let shopId: bigint;
beforeEach(async () => {
  await pool.query('DELETE FROM exports');
  shopId = await givenImportShop();
});

/** A country of few regions, where the regions themselves don't matter. */
const useSmallCountry = () => pool.query(`UPDATE shops SET country = 'SG' WHERE shop_id = $1`, [shopId]);

/** Asks as the screen does, while a worker runs. */
async function template(locale: 'en' | 'id'): Promise<Buffer> {
  expect(await downloadTemplate(shopId, locale, 'staff:1', 0)).toSatisfy(
    (answer: Response | null) => answer === null || answer.status === 200,
  );
  await processExports();
  const response = await downloadTemplate(shopId, locale, 'staff:1', 0);
  return Buffer.from(await response!.arrayBuffer());
}

async function open(bytes: Buffer): Promise<ExcelJS.Workbook> {
  const workbook = new ExcelJS.Workbook();
  await workbook.xlsx.load(new Uint8Array(bytes).buffer);
  return workbook;
}

const textsOf = (sheet: ExcelJS.Worksheet, column: number): string[] => {
  const texts: string[] = [];
  sheet.eachRow((row, number) => {
    if (number > 1) texts.push(row.getCell(column).text);
  });
  return texts;
};

test('has the columns of the form with lists, and a sheet a province in the writing that an import knows', async () => {
  const workbook = await open(await template('id'));
  const [main, regions] = workbook.worksheets as [ExcelJS.Worksheet, ExcelJS.Worksheet];
  const headings = (main.getRow(1).values as string[]).slice(1);
  expect(headings).toEqual(
    expect.arrayContaining(['Nama depan *', 'Nomor telepon *', 'Provinsi', 'Kota/Kabupaten', 'Kecamatan']),
  );
  expect(headings).not.toContain('NIK');
  expect([main.name, regions.name]).toEqual(['Pelanggan', 'Wilayah']);
  expect(textsOf(regions, 1)).toHaveLength(38);
  expect(regions.getCell('A2').value).toMatchObject({
    formula: `HYPERLINK("#'Aceh'!A1","Aceh")`,
    result: 'Aceh',
  });
  const aceh = workbook.getWorksheet('Aceh')!;
  expect((aceh.getRow(1).values as string[]).slice(1, 4)).toEqual([
    'Kota/Kabupaten',
    'Kecamatan',
    'Kode pos',
  ]);
  const index = readRegions('ID')!;
  const cities = new Set(
    index.regions.filter(({ level, parent }) => level === 'city' && parent === 'AC').map(({ name }) => name),
  );
  expect(new Set(textsOf(aceh, 1))).toEqual(cities);
  const phone = main.getColumn(headings.indexOf('Nomor telepon *') + 1);
  expect(phone.numFmt).toBe('@');
  expect(workbook.getWorksheet('Lists')!.state).toBe('hidden');
});

test('asks for sensitive fields only where the shop does, and has its own categories to choose from', async () => {
  await useSmallCountry();
  await pool.query(
    `INSERT INTO club_settings (shop_id, sensitive_fields) VALUES ($1, true) ON CONFLICT (shop_id) DO UPDATE SET sensitive_fields = true`,
    [shopId],
  );
  await pool.query(`UPDATE categories SET name = 'Grosir' WHERE shop_id = $1 AND is_default`, [shopId]);
  const workbook = await open(await template('en'));
  const main = workbook.worksheets[0]!;
  const headings = (main.getRow(1).values as string[]).slice(1);
  expect(headings).toEqual(expect.arrayContaining(['National ID', 'Weight (kg)', 'Housing']));
  expect(workbook.getWorksheet('Lists')!.getColumn(6).values).toContain('Grosir');
});

test('is written once for each language and version, and is none of the exports that staff see', async () => {
  await useSmallCountry();
  await template('id');
  await template('id');
  expect(await exportsOf(shopId)).toHaveLength(1);
  await template('en');
  await pool.query(`UPDATE categories SET name = 'Lain' WHERE shop_id = $1 AND is_default`, [shopId]);
  await template('en');
  expect(await exportsOf(shopId)).toHaveLength(3);
  expect((await readExportScreen(shopId, null)).exports).toEqual([]);
  // Without a worker there is no file, and no error.
  await pool.query('DELETE FROM exports');
  expect(await downloadTemplate(shopId, 'en', 'staff:1', 0)).toBeNull();
});

test.each([
  ['id', 'ID', '+62812345678', '0812 3456 7802', '+6281234567802'],
  ['en', 'IR', '+989123456789', '0912 345 6702', '+989123456702'],
] as const)(
  'in %s for %s every column is known again, and its example is no customer',
  async (locale, country, ...phones) => {
    await pool.query('UPDATE shops SET country = $2 WHERE shop_id = $1', [shopId, country]);
    const workbook = await open(await template(locale));
    const main = workbook.worksheets[0]!;
    const [examplePhone, dialed, phone] = phones;
    const example = (main.getRow(2).values as ExcelJS.CellValue[]).slice(1);
    main.addRow(
      example.map((value) => {
        if (value === 'siti.contoh@example.com') return 'budi@example.com';
        return value === examplePhone ? dialed : value;
      }),
    );
    const bytes = Buffer.from(await workbook.xlsx.writeBuffer());
    const { importId } = await upload(shopId, bytes);
    await processImports();
    const [first, second] = await rowsOf({ shopId, importId });
    expect(second).toMatchObject({
      verdict: 'new',
      problems: [],
      values: { phone, birthDate: '1990-12-31' },
    });
    expect(second?.values).toMatchObject({ province: expect.any(String), city: expect.any(String) });
    // Also in a file that has lost the name by which we know our template, as exceljs' has.
    expect(first).toMatchObject({ row: 2, verdict: 'empty' });
    const untouched = await upload(shopId, await template(locale));
    await processImports();
    const key = { shopId, importId: untouched.importId };
    expect((await rowsOf(key)).map(({ verdict }) => verdict)).toEqual(['empty']);
    const seen = await readImport(pool, key);
    expect(seen?.source?.templateVersion).toMatch(/^[0-9a-f]{16}$/);
    expect(seen?.source?.headingRow).toBe(1);
    // Its other sheets are no rows that were left out.
    expect((await readImportDetail(key))?.proposal?.notes).toEqual([]);
    const facts = {
      country,
      locale,
      categories: ['A'],
      tiers: ['B'],
      asksSensitive: false,
      asksWeddingDate: false,
    };
    const form = buildForm(facts, readRegions(country), '1', i18nFor(locale).t);
    expect(Object.keys(seen?.mapping ?? {})).toHaveLength(form.sheets[0]!.columns.length);
  },
);
