/** Reads a row of an imported table: its cells become the values of a customer, or problems at their columns. */
import type { TableCell, TableRow } from '#app/lib/table-cells.ts';
import { columnIndex } from '#app/lib/table-cells.ts';
import { FIRST_DAY } from '#app/modules/crm/form/customer-fields.ts';
import { isBlank, textOfCell, tidyText } from '../rules/cell-text.ts';
import type { ImportField, Mapping, RowProblem, RowValues, Suggestion } from '../rules/import-fields.ts';
import { CELL_READERS, type CellContext } from './cell-readers.ts';
import type { ReadContext } from './read-context.ts';
import { REGION_LEVELS } from '#app/modules/regions/rules/regions.ts';
import { readCountry, readPlace, type WrittenPlace } from './read-place.ts';

export interface RowRead {
  row: number;
  /** Nothing in the row shows anything. */
  isEmpty: boolean;
  /** README.md says how each field is written. */
  values: RowValues;
  problems: RowProblem[];
  suggestions: Suggestion[];
  /** The names of places as the row has them; null where it has none, or the country's regions are not known. */
  place: WrittenPlace | null;
}

/** What of a table is the same for all rows. */
export interface RowsContext extends ReadContext {
  mapping: Mapping;
  /** Column letters -> heading, for its language. */
  headings: Readonly<Record<string, string>>;
  /** The countries that exist, two letters. */
  countries: readonly string[];
}

interface Column {
  column: string;
  field: ImportField;
  /** Made once: rows have many cells. */
  context: CellContext;
}

const IDENTIFYING: readonly ImportField[] = [
  'fullName',
  'firstName',
  'lastName',
  'phone',
  'email',
  'customerId',
];
const WRITTEN_CHARACTERS_MAX = 200;

/** Returns the reader of a table's rows. */
export function makeRowReader(context: RowsContext): (row: TableRow) => RowRead {
  const columns = columnsOf(context);
  return (row) => readRow(row, columns, context);
}

function columnsOf(context: RowsContext): Column[] {
  const { mapping, headings, country } = context;
  const phoneCountries = [country];
  return Object.entries(mapping)
    .map(([column, field]) => {
      const heading = headings[column] ?? '';
      const isThai = country === 'TH' || /\p{Script=Thai}/u.test(heading);
      const isPersian = country === 'IR' || /\p{Script=Arabic}/u.test(heading);
      const own = { isThai, isPersian, phoneCountries, firstDay: FIRST_DAY };
      return { column, field, context: { ...context, ...own } };
    })
    .sort((one, other) => columnIndex(one.column) - columnIndex(other.column));
}

function readRow({ row, cells }: TableRow, columns: readonly Column[], context: RowsContext): RowRead {
  const read: RowRead = { row, isEmpty: false, values: {}, problems: [], suggestions: [], place: null };
  if (Object.values(cells).every(isBlank)) return { ...read, isEmpty: true };
  const countryCode = readOwnCountry(columns, cells, context, read) ?? context.country;
  const phoneCountries = countryCode === context.country ? null : [countryCode, context.country];
  for (const { column, field, context: usual } of columns) {
    const cell = cells[column];
    if (cell === undefined || field === 'country') continue;
    const problem = withoutValue(cell);
    const result =
      problem ?? CELL_READERS[field](cell, phoneCountries === null ? usual : { ...usual, phoneCountries });
    if (result.kind === 'value') read.values[field] = result.value;
    else if (result.kind === 'wrong') {
      const { code, limit } = result;
      const written = writtenOf(cell);
      read.problems.push(
        limit === undefined ? { column, field, code, written } : { column, field, code, written, limit },
      );
    }
  }
  readRegions(read, columns, cells, countryCode, context);
  requireIdentity(read, columns, cells);
  return read;
}

function withoutValue(cell: TableCell) {
  if (typeof cell !== 'object') return null;
  if ('noValue' in cell)
    return { kind: 'wrong' as const, code: 'formula_without_value' as const, limit: undefined };
  return 'error' in cell ? { kind: 'wrong' as const, code: 'error_cell' as const, limit: undefined } : null;
}

/** The cell as the merchant sees it, cut. */
function writtenOf(cell: TableCell | undefined): string {
  if (cell === undefined) return '';
  if (typeof cell === 'object' && 'error' in cell) return cell.error.slice(0, WRITTEN_CHARACTERS_MAX);
  return (textOfCell(cell, false) ?? '').slice(0, WRITTEN_CHARACTERS_MAX);
}

function readOwnCountry(
  columns: readonly Column[],
  cells: TableRow['cells'],
  { countries }: RowsContext,
  read: RowRead,
): string | null {
  const column = columns.find(({ field }) => field === 'country')?.column;
  const cell = column === undefined ? undefined : cells[column];
  const text = cell === undefined ? '' : tidyText(textOfCell(cell, false) ?? '');
  if (column === undefined || text === '') return null;
  const code = readCountry(text, countries);
  if (code === null)
    read.problems.push({ column, field: 'country', code: 'unknown_choice', written: writtenOf(cell) });
  else read.values.country = code;
  return code;
}

/** Replaces the names of places by their codes, where the country's are known. */
function readRegions(
  read: RowRead,
  columns: readonly Column[],
  cells: TableRow['cells'],
  countryCode: string | null,
  { regionsOf }: RowsContext,
): void {
  const { values } = read;
  const index = countryCode === null ? null : regionsOf(countryCode);
  const textOf = (field: ImportField) => {
    const text = values[field];
    return typeof text === 'string' ? text : null;
  };
  const written = {
    province: textOf('province'),
    city: textOf('city'),
    district: textOf('district'),
    village: textOf('village'),
    postalCode: textOf('postalCode'),
  };
  if (index === null || REGION_LEVELS.every((level) => written[level] === null)) return;
  read.place = written;
  const place = readPlace(index, written);
  for (const level of REGION_LEVELS) {
    const code = place.codes[level];
    if (code === undefined) delete values[level];
    else values[level] = code;
  }
  const columnOf = (level: ImportField) => columns.find(({ field }) => field === level)?.column ?? '';
  for (const { level, code } of place.problems) {
    const column = columnOf(level);
    read.problems.push({ column, field: level, code, written: writtenOf(cells[column]) });
  }
  for (const { level, suggests } of place.suggestions) {
    const column = columnOf(level);
    read.suggestions.push({ column, field: level, written: writtenOf(cells[column]), suggests });
  }
}

/** A row that names nobody is wrong: a row of totals, or a list without names. */
function requireIdentity(read: RowRead, columns: readonly Column[], cells: TableRow['cells']): void {
  if (IDENTIFYING.some((field) => read.values[field] !== undefined)) return;
  const identifying = columns.filter(({ field }) => IDENTIFYING.includes(field));
  if (read.problems.some(({ field }) => IDENTIFYING.includes(field))) return;
  const at = identifying.find(({ column }) => cells[column] !== undefined) ?? identifying[0] ?? columns[0];
  if (at === undefined) return;
  const { column, field } = at;
  read.problems.push({ column, field, code: 'nothing_to_identify', written: writtenOf(cells[column]) });
}
