/** Excel files, row by row as they are read: the only code that knows exceljs. */
import { PassThrough, type Readable } from 'node:stream';
import ExcelJS from 'exceljs';

/** Dates show the wall clock that their UTC fields say: a cell has no time zone. */
export type WorkbookCell = string | number | Date | null;

export interface WorkbookColumn {
  header: string;
  /** In characters. */
  width: number;
  /** Excel's number format, such as `#,##0.00`. */
  format?: string;
}

export interface Sheet {
  name: string;
  columns: readonly WorkbookColumn[];
  rows: AsyncIterable<readonly WorkbookCell[]> | Iterable<readonly WorkbookCell[]>;
}

/** Excel allows no more in a sheet's name. */
const SHEET_NAME_CHARACTERS_MAX = 31;

/** A workbook of these sheets as a stream of bytes. An error while rows are read ends the stream with it. */
export function streamWorkbook(sheets: readonly Sheet[]): Readable {
  const bytes = new PassThrough();
  writeSheets(bytes, sheets).catch((error: unknown) =>
    bytes.destroy(error instanceof Error ? error : new Error(String(error))),
  );
  return bytes;
}

async function writeSheets(bytes: PassThrough, sheets: readonly Sheet[]): Promise<void> {
  const workbook = new ExcelJS.stream.xlsx.WorkbookWriter({ stream: bytes, useStyles: true });
  for (const { name, columns, rows } of sheets) {
    const sheet = workbook.addWorksheet(name.slice(0, SHEET_NAME_CHARACTERS_MAX), {
      views: [{ state: 'frozen', ySplit: 1 }],
    });
    sheet.columns = columns.map(({ header, width, format }) => ({
      header,
      width,
      ...(format === undefined ? {} : { style: { numFmt: format } }),
    }));
    sheet.getRow(1).font = { bold: true };
    sheet.getRow(1).commit();
    for await (const row of rows) sheet.addRow([...row]).commit();
    sheet.commit();
  }
  await workbook.commit();
}
