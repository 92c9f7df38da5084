/** Workbooks that are written row by row. */
import ExcelJS from 'exceljs';
import { expect, it } from 'vitest';
import { streamWorkbook, type WorkbookCell } from '#app/integrations/excel/workbook.server.ts';

const COLUMNS = [
  { header: 'Name', width: 10 },
  { header: 'Amount', width: 10, format: '#,##0.00' },
];

async function opened(rows: AsyncIterable<WorkbookCell[]> | Iterable<WorkbookCell[]>, rowsMax?: number) {
  const pieces: Buffer[] = [];
  for await (const piece of streamWorkbook([{ name: 'Rows', columns: COLUMNS, rows }], rowsMax))
    pieces.push(Buffer.from(piece));
  const workbook = new ExcelJS.Workbook();
  await workbook.xlsx.load(new Uint8Array(Buffer.concat(pieces)).buffer);
  return workbook.worksheets.map((sheet) => ({
    name: sheet.name,
    rows: sheet
      .getSheetValues()
      .slice(1)
      .map((row) => (row as unknown[]).slice(1)),
    format: sheet.getRow(2).getCell(2).numFmt,
    filter: sheet.autoFilter,
  }));
}

it('has headings, numbers in the format of their column, and texts that are no formulas', async () => {
  expect(
    await opened([
      ['=1+1', 1.5],
      ['a\u0001b', -2],
    ]),
  ).toEqual([
    {
      name: 'Rows',
      rows: [
        ['Name', 'Amount'],
        ['=1+1', 1.5],
        ['ab', -2],
      ],
      format: '#,##0.00',
      filter: 'A1:B3',
    },
  ]);
});

it('goes on in a further sheet with the same headings where a sheet is full', async () => {
  const sheets = await opened(
    [1, 2, 3, 4, 5].map((number): WorkbookCell[] => [String(number), number]),
    3,
  );
  expect(sheets.map(({ name, rows }) => [name, rows.map(([first]) => first)])).toEqual([
    ['Rows', ['Name', '1', '2']],
    ['Rows 2', ['Name', '3', '4']],
    ['Rows 3', ['Name', '5']],
  ]);
});

it('an error while rows are read ends the stream with it', async () => {
  const rows = (async function* (): AsyncGenerator<WorkbookCell[]> {
    yield ['a', 1];
    throw new Error('the database is away');
  })();
  await expect(opened(rows)).rejects.toThrow('the database is away');
});
