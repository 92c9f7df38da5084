/** Writes Excel files row by row; the only code that uses exceljs. */
import { PassThrough, type Readable } from 'node:stream';
import ExcelJS from 'exceljs';

/** Dates show the wall clock of their UTC fields: a cell has no time zone. */
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

/** The longest sheet name Excel allows. */
const SHEET_NAME_CHARACTERS_MAX = 31;

/** Returns a workbook of these sheets as a stream of bytes. An error while rows are read ends the stream with it. */
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
