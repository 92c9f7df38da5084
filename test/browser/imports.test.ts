/** A file of customers as staff import it: uploaded, a column corrected, run, its errors mended, undone; at a desk and on a phone. */
import { buffer } from 'node:stream/consumers';
import ExcelJS from 'exceljs';
import { expect, test } from 'vitest';
import { makeZip, rowsXml, workbookEntries, type MadeCell } from '#test/support/zips.ts';
import { useAdminScreens } from './admin-screens.ts';
import { overflow, WIDTHS } from './pages.ts';

const screens = useAdminScreens();

async function pick(name: string, buffer: Buffer): Promise<void> {
  await screens.open('/customers/import');
  await screens.screen.locator('input[type=file]').setInputFiles({ name, mimeType: '', buffer });
}

/** Picks a file and waits for its import. */
async function choose(name: string, buffer: Buffer): Promise<void> {
  await pick(name, buffer);
  await screens.screen.getByRole('heading', { level: 2, name }).waitFor();
}

const workbook = (rows: readonly (readonly MadeCell[])[]): Buffer => makeZip(workbookEntries(rowsXml(rows)));
const figure = (name: string) =>
  screens.screen.locator('h3', { hasText: new RegExp(`^${name}$`) }).locator('xpath=following-sibling::p');
const state = (name: string) => screens.screen.getByText(name, { exact: true }).first().waitFor();
const names = () =>
  screens.query<{ name: string }>(
    `SELECT concat_ws(' ', first_name, last_name) AS name FROM customers
      WHERE shop_id = $1 AND state = 'active' AND phone LIKE '+62877%' ORDER BY 1`,
  );
const hasNoSideways = async () => expect(await overflow(screens.page)).toBe(0);

test.each(WIDTHS)('a file is imported, mended, imported again and undone ($name)', async (size) => {
  const digit = size.name === 'desk' ? '1' : '2';
  // A heading that no list knows, and another one for each: the first correction is remembered.
  const ownHeading = size.name === 'desk' ? 'Julukan' : 'Sapaan khusus';
  const phone = (row: number) => `08775550${digit}0${row}`;
  await screens.resize(size);
  await choose(
    'pelanggan toko+1.xlsx',
    workbook([
      ['Nama', 'No HP', ownHeading, 'Poin awal'],
      ['Ani Satu', phone(1), 'Pelanggan lama', 50],
      ['Budi Dua', '12', null, null],
      ['Cici Tiga', phone(3), null, null],
    ]),
  );
  await state('Ready to import');
  await hasNoSideways();
  expect(await figure('New').innerText()).toBe('2');
  await screens.screen.getByText('No HP: “12”. This isn’t a phone number.').waitFor();

  // A column that nothing knows becomes the note, by keyboard.
  const column = screens.field(`Field: ${ownHeading}`);
  await column.focus();
  await column.selectOption('note');
  await screens.button('Save columns').press('Enter');
  await screens.toast('Columns saved').waitFor();
  await state('Ready to import');
  await screens.screen.getByRole('button', { name: 'Show the first rows' }).click();
  await screens.screen.getByRole('cell', { name: 'Pelanggan lama' }).waitFor();

  await screens.button('Import 2 rows').click();
  await screens.screen.getByRole('dialog').getByText('2 customers will be added').waitFor();
  await screens.screen.getByRole('dialog').getByRole('button', { name: 'Import' }).click();
  await state('Done');
  expect(await figure('Added').innerText()).toBe('2');
  expect(await names()).toEqual([{ name: 'Ani Satu' }, { name: 'Cici Tiga' }]);
  await hasNoSideways();

  // What was wrong comes as a file; mended, it is uploaded again.
  const download = screens.page.waitForEvent('download');
  await screens.button('Download the error file').click();
  const wrong = await buffer(await (await download).createReadStream());
  expect(wrong.subarray(0, 2).toString()).toBe('PK');
  await choose(
    'perbaikan.csv',
    Buffer.from(`What is wrong,Nama,No HP,${ownHeading},Poin awal\nx,Budi Dua,${phone(2)},,\n`),
  );
  await state('Ready to import');
  // The columns are as they were corrected.
  expect(await screens.field(`Field: ${ownHeading}`).inputValue()).toBe('note');
  await screens.button('Import 1 row').click();
  await screens.screen.getByRole('dialog').getByRole('button', { name: 'Import' }).click();
  await state('Done');
  expect(await names()).toHaveLength(3);

  // The first one is taken back, from the history.
  await screens.open('/customers/import');
  await hasNoSideways();
  await screens.screen.getByText('2 added, 0 updated, 1 with problems').last().waitFor();
  await screens.screen.getByRole('link', { name: 'pelanggan toko+1.xlsx' }).first().click();
  await screens.button('Undo import').click();
  await screens.screen.getByRole('dialog').getByRole('button', { name: 'Undo import' }).click();
  await state('Undone');
  expect(await figure('Taken back').innerText()).toBe('2');
  expect(await names()).toEqual([{ name: 'Budi Dua' }]);
  await screens.query(`UPDATE customers SET phone = NULL WHERE shop_id = $1 AND phone LIKE '+62877%'`);
  expect(screens.watched.problems).toEqual([]);
});

test.each(WIDTHS)(
  'absurd balances are started only on purpose, and never over choices that are not saved ($name)',
  async (size) => {
    const digit = size.name === 'desk' ? '5' : '6';
    await screens.resize(size);
    await choose(
      'saldo.xlsx',
      workbook([
        ['Nama', 'No HP', 'Poin awal'],
        ['Eka Besar', `08775550${digit}001`, 812_345_678],
        ['Fitri Biasa', `08775550${digit}002`, 40],
      ]),
    );
    await state('Ready to import');
    await screens.screen.getByText('1 row has an unusually large balance.', { exact: false }).waitFor();
    await hasNoSideways();
    await screens.screen.getByRole('link', { name: 'View these rows' }).click();
    await screens.screen.getByText('Opening balance: 812,345,678 points.').waitFor();

    // A choice that is not saved would not count.
    const start = screens.button('Import 2 rows');
    await screens.field('Tags for every customer in the file').fill('saldo');
    await screens.screen.getByText('Save your changes below first.', { exact: false }).waitFor();
    expect(await start.isDisabled()).toBe(true);
    await screens.page
      .locator('.app-nav a')
      .first()
      .evaluate((link: HTMLElement) => link.click());
    const leaving = screens.screen.getByRole('dialog', { name: 'Leave without saving?' });
    await leaving.getByRole('button', { name: 'Cancel' }).click();
    await leaving.waitFor({ state: 'detached' });
    await screens.button('Save choices').click();
    await screens.toast('Choices saved').waitFor();
    await state('Ready to import');

    await start.click();
    await screens.screen.getByRole('dialog').getByRole('button', { name: 'Import' }).click();
    const dialog = screens.screen.getByRole('dialog', { name: 'Give away Rp 81,234,571,800 in one go?' });
    await dialog.getByText('1 of them would get more than Rp 1,000,000.', { exact: false }).waitFor();
    await dialog.getByLabel('Type 81,234,571,800 to confirm').fill('812345678');
    await dialog.getByRole('button', { name: 'Give it anyway' }).click();
    await dialog.getByText('This isn’t 81,234,571,800').waitFor();
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await dialog.waitFor({ state: 'detached' });
    await start.click();
    await screens.screen.getByRole('dialog').getByRole('button', { name: 'Import' }).click();
    await dialog.getByLabel('Type 81,234,571,800 to confirm').fill('81234571800');
    await dialog.getByRole('button', { name: 'Give it anyway' }).click();
    await state('Done');
    await screens.button('Undo import').click();
    await screens.screen.getByRole('dialog').getByRole('button', { name: 'Undo import' }).click();
    await state('Undone');
  },
);

test('a file that is dropped on the page is uploaded', async () => {
  await screens.open('/customers/import');
  const place = screens.screen.locator('.Polaris-DropZone');
  const dropped = await screens.screen.locator('body').evaluateHandle(() => {
    const data = new DataTransfer();
    data.items.add(new File(['Nama,No HP\nDropped,087755509001\n'], 'dropped.csv', { type: 'text/csv' }));
    return data;
  });
  for (const event of ['dragenter', 'dragover', 'drop'])
    await place.dispatchEvent(event, { dataTransfer: dropped });
  await screens.screen.getByRole('heading', { level: 2, name: 'dropped.csv' }).waitFor();
  await state('Ready to import');
  expect(await figure('New').innerText()).toBe('1');
});

test('what is no table is refused before it is sent, and what cannot be read says what to do', async () => {
  await pick('foto.jpg', Buffer.from('x'));
  await screens.screen.getByText('This isn’t an Excel or CSV file.').waitFor();
  await choose('daftar.xlsx', Buffer.from('%PDF-1.7'));
  await state('Can’t be imported');
  await screens.screen.getByText('This isn’t an Excel or CSV file.').waitFor();
});

test.each(WIDTHS)(
  'the template is filled, with regions spelled nearly right, checked, imported and undone ($name)',
  async (size) => {
    const digit = size.name === 'desk' ? '3' : '4';
    await screens.resize(size);
    await screens.open('/customers/import');
    await hasNoSideways();
    const download = screens.page.waitForEvent('download');
    await screens.button('Download template').click();
    const template = new ExcelJS.Workbook();
    await template.xlsx.load(new Uint8Array(await buffer(await (await download).createReadStream())).buffer);
    const sheet = template.worksheets[0]!;
    const columnOf = new Map(
      (sheet.getRow(1).values as unknown[]).flatMap((heading, column) =>
        typeof heading === 'string' ? [[heading.replace(' *', ''), column] as const] : [],
      ),
    );
    const fill = (number: number, cells: Record<string, string>): void => {
      const row = sheet.getRow(number);
      for (const [heading, text] of Object.entries(cells)) {
        expect(columnOf.has(heading), heading).toBe(true);
        row.getCell(columnOf.get(heading)!).value = text;
      }
      row.commit();
    };
    fill(3, {
      'First name': 'Dewi',
      Phone: `0877 5550 ${digit}001`,
      Province: 'Jawa Barat',
      City: 'Kota Bandng',
      District: 'Coblong',
    });
    fill(4, {
      'First name': 'Eko',
      Phone: `0877 5550 ${digit}002`,
      Province: 'Jawa Brat',
      City: 'Kota Bogor',
    });
    fill(5, { 'First name': 'Fajar', Phone: `0877 5550 ${digit}003`, City: 'Atlantis' });
    await choose('isian.xlsx', Buffer.from(await template.xlsx.writeBuffer()));
    await state('Ready to import');
    await hasNoSideways();
    // The example row is no customer; the city that there is not is wrong.
    expect(await figure('New').innerText()).toBe('2');
    await screens.screen.getByText('“Atlantis”').waitFor();
    await screens.field('Show').selectOption('new');
    await screens.screen.getByText('“Kota Bandng” becomes “Kota Bandung”.').waitFor();
    await screens.screen.getByText('“Jawa Brat” becomes “Jawa Barat”.').waitFor();
    await hasNoSideways();
    await screens.button('Import 2 rows').click();
    await screens.screen.getByRole('dialog').getByRole('button', { name: 'Import' }).click();
    await state('Done');
    expect(
      await screens.query(
        `SELECT first_name, city, province FROM customers WHERE shop_id = $1 AND phone LIKE '+628775550${digit}%' ORDER BY 1`,
      ),
    ).toEqual([
      { first_name: 'Dewi', city: 'Kota Bandung', province: 'Jawa Barat' },
      { first_name: 'Eko', city: 'Kota Bogor', province: 'Jawa Barat' },
    ]);
    await screens.button('Undo import').click();
    await screens.screen.getByRole('dialog').getByRole('button', { name: 'Undo import' }).click();
    await state('Undone');
    expect(await figure('Taken back').innerText()).toBe('2');
    await hasNoSideways();
    expect(screens.watched.problems).toEqual([]);
  },
);
