/** Writes Excel files row by row; the only code that uses exceljs. */
import { PassThrough, type Readable } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import ExcelJS from 'exceljs';
import { ROWS_MAX } from '#app/lib/table-cells.ts';

/** Dates show the wall clock of their UTC fields: a cell has no time zone. */
export type WorkbookCell = string | number | Date | null;

export interface WorkbookColumn {
  header: string;
  /** In characters. */
  width: number;
  /** Excel's number format, such as `#,##0.00`. */
  format?: string | undefined;
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

/** exceljs takes rows without waiting for those before to be packed; in between they can be. */
const ROWS_A_TURN = 100;

/** Of zlib: faster than its usual 6, for files that are somewhat larger. */
const COMPRESSION_LEVEL = 3;

type WorkbookWriter = InstanceType<typeof ExcelJS.stream.xlsx.WorkbookWriter>;

async function writeSheets(bytes: PassThrough, sheets: readonly Sheet[], rowsMax: number): Promise<void> {
  const workbook = new ExcelJS.stream.xlsx.WorkbookWriter({
    stream: bytes,
    useStyles: true,
    zip: { zlib: { level: COMPRESSION_LEVEL } },
  });
  for (const { name, columns, rows } of sheets) {
    const styles = columns.map(styleOf);
    let number = 1;
    let sheet = openSheet(workbook, name, columns);
    let written = 1;
    for await (const row of rows) {
      if (written === rowsMax) {
        closeSheet(sheet, columns.length, written);
        number += 1;
        sheet = openSheet(workbook, `${name} ${number}`, columns);
        written = 1;
      }
      addRow(sheet, row, styles);
      written += 1;
      if (written % ROWS_A_TURN === 0) await setImmediate();
    }
    closeSheet(sheet, columns.length, written);
  }
  await workbook.commit();
}

function styleOf({ format }: Pick<WorkbookColumn, 'format'>): Partial<ExcelJS.Style> {
  return format === undefined ? {} : { numFmt: format };
}

/**
 * Cells of a column share one style object: exceljs knows a style that it has seen by its identity, and makes the parts of
 * any other again. Cells without a value are none.
 */
function addRow(
  sheet: ReturnType<WorkbookWriter['addWorksheet']>,
  cells: readonly WorkbookCell[],
  styles: readonly Partial<ExcelJS.Style>[],
): void {
  const row = sheet.addRow(cells.map((cell) => cell ?? undefined));
  row.eachCell((cell, place) => {
    const style = styles[place - 1];
    if (style) cell.style = style;
  });
  row.commit();
}

function openSheet(workbook: WorkbookWriter, name: string, columns: readonly WorkbookColumn[]) {
  const sheet = workbook.addWorksheet(name.slice(0, SHEET_NAME_CHARACTERS_MAX), {
    views: [{ state: 'frozen', ySplit: 1 }],
  });
  sheet.columns = columns.map(({ header, width, format }) => ({
    header,
    width,
    style: styleOf({ format }),
  }));
  sheet.getRow(1).font = { bold: true };
  sheet.getRow(1).commit();
  return sheet;
}

/** Ends a sheet with Excel's filter over its headings: it has to name the last row, which is known only now. */
function closeSheet(
  sheet: ReturnType<WorkbookWriter['addWorksheet']>,
  columns: number,
  lastRow: number,
): void {
  if (columns > 0) sheet.autoFilter = { from: { row: 1, column: 1 }, to: { row: lastRow, column: columns } };
  sheet.commit();
}
