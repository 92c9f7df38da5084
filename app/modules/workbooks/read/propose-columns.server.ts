/** What an uploaded table seems to hold: which sheet, which row heads it, which column is which field. */
import { columnIndex, UnreadableFile, type TableCell, type TableRow } from '#app/lib/table-cells.ts';
import { isBlank, textOfCell } from '../rules/cell-text.ts';
import type { ImportField, Mapping } from '../rules/import-fields.ts';
import { findHeadingRow, type HeadingRow } from '../rules/match-headings.ts';
import type { OpenTable, TableNote, TableSheet } from './open-table.server.ts';

/** The heading is among the first rows with content. */
const HEADING_ROWS_MAX = 30;
/** What is shown to the merchant, and looked at for doubtful columns. */
export const SAMPLE_ROWS = 20;
const COLUMNS_SHOWN_MAX = 100;
const TEXT_SHOWN_MAX = 200;

export interface ProposedColumn {
  column: string;
  /** '' for a column without one. */
  heading: string;
  /** Null: the merchant's own, not imported. */
  field: ImportField | null;
  /** The values below contradict the field: the merchant should look. */
  isDoubtful: boolean;
}

export interface Proposal {
  /** Null in a CSV. */
  sheet: string | null;
  headingRow: number;
  columns: ProposedColumn[];
  /** The first rows below the heading. */
  sample: TableRow[];
  notes: TableNote[];
}

interface Looked {
  sheet: TableSheet;
  rows: TableRow[];
  heading: HeadingRow;
}

/**
 * Proposes sheet, heading row and columns; reads only the beginning of each sheet. `own`: how the merchant mapped headings
 * before, folded word -> field.
 * @throws UnreadableFile `no_rows` when no visible sheet has a row below its heading
 */
export async function proposeColumns(
  table: OpenTable,
  own?: ReadonlyMap<string, ImportField>,
): Promise<Proposal> {
  let best: Looked | null = null;
  const visible = table.sheets.filter(({ isHidden }) => !isHidden);
  for (const sheet of visible) {
    const rows = await readFirst(sheet, HEADING_ROWS_MAX + SAMPLE_ROWS);
    const heading = findHeadingRow(rows.slice(0, HEADING_ROWS_MAX), own);
    if (heading !== null && (best === null || heading.score > best.heading.score))
      best = { sheet, rows, heading };
  }
  if (best === null) throw new UnreadableFile('no_rows');
  const { sheet, rows, heading } = best;
  const sample = rows.filter(({ row }) => row > heading.row).slice(0, SAMPLE_ROWS);
  if (sample.length === 0) throw new UnreadableFile('no_rows');
  const above = rows.filter(({ row }) => row < heading.row).length;
  // Our own template's sheets of regions and lists are no one's rows.
  const isTemplate = table.templateVersion !== null;
  const others = isTemplate ? [] : visible.filter((each) => each !== sheet).map(({ name }) => name ?? '');
  const columns = columnsOf(heading, sample);
  const ignored = columns.filter(({ field }) => field === null).length;
  return {
    sheet: sheet.name,
    headingRow: heading.row,
    columns,
    sample,
    notes: [
      ...table.notes.filter(({ code }) => !isTemplate || code !== 'hidden_sheets'),
      ...sheet.notes(),
      ...noteIf(above > 0, 'rows_above_heading', String(heading.row - 1)),
      ...noteIf(others.length > 0, 'other_sheets', others.join(', ')),
      ...noteIf(heading.repeated.length > 0, 'duplicate_heading', heading.repeated.join(', ')),
      ...noteIf(ignored > 0, 'ignored_columns', String(ignored)),
    ],
  };
}

function noteIf(isTrue: boolean, code: TableNote['code'], detail: string): TableNote[] {
  return isTrue ? [{ code, detail }] : [];
}

/** The first rows that show anything. */
async function readFirst(sheet: TableSheet, count: number): Promise<TableRow[]> {
  const first: TableRow[] = [];
  for await (const rows of sheet.readRows()) {
    for (const row of rows) if (!Object.values(row.cells).every(isBlank)) first.push(row);
    if (first.length >= count) break;
  }
  return first.slice(0, count);
}

/** The mapping of a proposal, as it is stored. */
export function mappingOf(columns: readonly ProposedColumn[]): Mapping {
  return Object.fromEntries(
    columns.flatMap(({ column, field }): [string, ImportField][] =>
      field === null ? [] : [[column, field]],
    ),
  );
}

/** Every mapped column, and of the others as many as fit a screen. */
function columnsOf(heading: HeadingRow, sample: readonly TableRow[]): ProposedColumn[] {
  const used = new Set([
    ...Object.keys(heading.headings),
    ...sample.flatMap(({ cells }) => Object.keys(cells)),
  ]);
  return [...used]
    .sort((one, other) => columnIndex(one) - columnIndex(other))
    .map((column) => {
      const field = heading.mapping[column] ?? null;
      const cells = sample.flatMap(({ cells: { [column]: cell } }) => (cell === undefined ? [] : [cell]));
      return {
        column,
        heading: heading.headings[column] ?? '',
        field,
        isDoubtful: field !== null && contradicts(field, cells),
      };
    });
}

/** What of a proposal fits a screen: the first columns and those that are mapped, texts cut. */
export function proposalToShow({ columns, sample, notes }: Proposal) {
  const shown = columns.filter(({ field }, index) => field !== null || index < COLUMNS_SHOWN_MAX);
  const letters = new Set(shown.map(({ column }) => column));
  return {
    columns: shown.map((each) => ({ ...each, heading: each.heading.slice(0, TEXT_SHOWN_MAX) })),
    sample: sample.map(({ row, cells }) => ({
      row,
      cells: Object.fromEntries(
        Object.entries(cells)
          .filter(([column]) => letters.has(column))
          .map(([column, cell]) => [column, typeof cell === 'string' ? cell.slice(0, TEXT_SHOWN_MAX) : cell]),
      ),
    })),
    notes: notes.map(({ code, detail }) => ({ code, detail: detail.slice(0, TEXT_SHOWN_MAX) })),
  };
}

const LOOKS_LIKE: Readonly<Partial<Record<ImportField, RegExp>>> = {
  phone: /\p{Nd}{5}|(?:\p{Nd}[\s.()+-]*){6}/u,
  whatsapp: /\p{Nd}{5}|(?:\p{Nd}[\s.()+-]*){6}/u,
  email: /@/,
  birthDate: /\p{Nd}/u,
  weddingDate: /\p{Nd}/u,
  weightGrams: /\p{Nd}/u,
  heightMm: /\p{Nd}/u,
  discountBp: /\p{Nd}/u,
  openingPoints: /\p{Nd}/u,
  openingCredit: /\p{Nd}/u,
  fullName: /\p{L}/u,
  firstName: /\p{L}/u,
  lastName: /\p{L}/u,
};

/** Most of the values that a column has are not like its field's. */
function contradicts(field: ImportField, cells: readonly TableCell[]): boolean {
  const shape = LOOKS_LIKE[field];
  const texts = cells.flatMap((cell) => textOfCell(cell, false) ?? []).filter((text) => text.trim() !== '');
  if (shape === undefined || texts.length === 0) return false;
  return texts.filter((text) => shape.test(text)).length * 2 < texts.length;
}
