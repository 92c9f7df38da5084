/** Writes Excel files row by row; the only code that uses exceljs. */
import { PassThrough, type Readable } from 'node:stream';
import ExcelJS from 'exceljs';
import { ROWS_MAX } from '#app/lib/table-cells.ts';

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

/**
 * Returns a workbook of these sheets as a stream of bytes; rows beyond those that Excel can show go on in a further sheet. An
 * error while rows are read ends the stream with it. `rowsMax` is for tests.
 */
export function streamWorkbook(sheets: readonly Sheet[], rowsMax: number = ROWS_MAX): Readable {
  const bytes = new PassThrough();
  writeSheets(bytes, sheets, rowsMax).catch((error: unknown) =>
    bytes.destroy(error instanceof Error ? error : new Error(String(error))),
  );
  return bytes;
}

/** Of zlib: the levels above take a third longer for a few hundredths of the size. */
const COMPRESSION_LEVEL = 3;

type WorkbookWriter = InstanceType<typeof ExcelJS.stream.xlsx.WorkbookWriter>;

async function writeSheets(bytes: PassThrough, sheets: readonly Sheet[], rowsMax: number): Promise<void> {
  const workbook = new ExcelJS.stream.xlsx.WorkbookWriter({
    stream: bytes,
    useStyles: true,
    zip: { zlib: { level: COMPRESSION_LEVEL } },
  });
  for (const { name, columns, rows } of sheets) {
    let number = 1;
    let sheet = openSheet(workbook, name, columns);
    let written = 1;
    for await (const row of rows) {
      if (written === rowsMax) {
        sheet.commit();
        number += 1;
        sheet = openSheet(workbook, `${name} ${number}`, columns);
        written = 1;
      }
      sheet.addRow([...row]).commit();
      written += 1;
    }
    sheet.commit();
  }
  await workbook.commit();
}

function openSheet(workbook: WorkbookWriter, name: string, columns: readonly WorkbookColumn[]) {
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
  return sheet;
}
