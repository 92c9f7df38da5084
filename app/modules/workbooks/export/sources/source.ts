/** Where an export's rows come from: columns with their types, and pages of cells read by keyset. */
import type { TFunction } from 'i18next';
import type { WorkbookCell, WorkbookColumn } from '#app/integrations/excel/workbook.server.ts';
import type { AskedFields } from '../export-kinds.ts';
import type { ExportToWrite } from '../export-rows.server.ts';

/** Rows of one read: small enough that a page is soon there, large enough that reading is not the most of it. */
export const ROWS_A_READ = 1_000;

export interface ExportSource {
  /** Of the sheet and the file. */
  name: string;
  columns: WorkbookColumn[];
  /** How many rows there will be; null where counting them takes as long as reading them. */
  total: number | null;
  /** Pages of rows, each read in a statement of its own. */
  pages: AsyncGenerator<WorkbookCell[][]>;
}

export interface SourceContext {
  seen: ExportToWrite;
  asked: AskedFields;
  t: TFunction;
}

/** One column: its heading and format, and its cell of a row. */
export interface SourceColumn<Row> extends WorkbookColumn {
  cell: (row: Row) => WorkbookCell;
}

/** What the columns of a kind are, by their names. */
export type SourceColumns<Name extends string, Row> = Record<Name, SourceColumn<Row>>;

/** Returns the chosen columns in the order of the file. */
export function chosenColumns<Name extends string, Row>(
  columns: SourceColumns<Name, Row>,
  order: readonly Name[],
  chosen: readonly string[],
): SourceColumn<Row>[] {
  return order.filter((name) => chosen.includes(name)).map((name) => columns[name]);
}

/** The cells of a row in these columns. */
export function cellsOf<Row>(columns: readonly SourceColumn<Row>[], row: Row): WorkbookCell[] {
  return columns.map(({ cell }) => cell(row));
}

/** Keeps what spreadsheets would take for a number or lose zeros of. */
const TEXT = '@';
const WIDTH = 18;

/** Column makers by what their cells are. */
export const column = {
  text: <Row>(header: string, cell: (row: Row) => string | null, width = WIDTH): SourceColumn<Row> => ({
    header,
    width,
    cell,
  }),
  /** Digits that are no number: phones, postal codes, ids. */
  code: <Row>(header: string, cell: (row: Row) => string | null, width = WIDTH): SourceColumn<Row> => ({
    header,
    width,
    format: TEXT,
    cell,
  }),
  number: <Row>(header: string, cell: (row: Row) => number | null, digits = 0): SourceColumn<Row> => ({
    header,
    width: 14,
    format: digits === 0 ? '#,##0' : `#,##0.${'#'.repeat(digits)}`,
    cell,
  }),
  day: <Row>(header: string, cell: (row: Row) => string | null): SourceColumn<Row> => ({
    header,
    width: 12,
    format: 'yyyy-mm-dd',
    cell: (row) => dayCell(cell(row)),
  }),
  timestamp: <Row>(header: string, cell: (row: Row) => Date | null): SourceColumn<Row> => ({
    header,
    width: 20,
    format: 'yyyy-mm-dd hh:mm:ss',
    cell,
  }),
};

/** Before this day Excel's dates and ours differ: it knows a 29 February 1900. */
const FIRST_SERIAL_DAY = '1900-03-01';

function dayCell(day: string | null): WorkbookCell {
  if (day === null || day < FIRST_SERIAL_DAY) return day;
  return new Date(`${day}T00:00:00Z`);
}
