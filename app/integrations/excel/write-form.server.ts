/**
 * Writes a workbook that people fill in: headings with help, lists to choose from, sheets that are linked. Held whole in
 * memory, since only exceljs's whole writer puts links and lists into a sheet in the order that Excel accepts.
 */
import ExcelJS from 'exceljs';
import { columnLetters } from '#app/lib/table-cells.ts';

export interface FormColumn {
  header: string;
  /** In characters. */
  width: number;
  /** Excel's number format; `@` keeps what is typed as text. */
  format?: string;
  isRequired?: boolean;
  /** Shown beside the heading, and while a cell of the column is filled in. */
  help?: string;
  /** A range or formula of what can be chosen, for row 2: `Lists!$A$2:$A$3`. Other values are allowed after a warning. */
  choices?: string;
}

/** A text, or a text that leads to the beginning of another sheet. */
export type FormCell = string | number | null | { text: string; sheet: string };

export interface FormSheet {
  name: string;
  isHidden?: boolean;
  columns: readonly FormColumn[];
  rows: readonly (readonly FormCell[])[];
}

export interface Form {
  sheets: readonly FormSheet[];
  /** Names that stand for a text, by which a program knows the file. */
  textNames: Readonly<Record<string, string>>;
  /** The words of the warning when something is typed that the list does not have. */
  warning: { title: string; text: string };
  /** How many rows can be filled in with lists. */
  rows: number;
}

/** Excel's limits. */
const SHEET_NAME_CHARACTERS_MAX = 31;
const PROMPT_TITLE_CHARACTERS_MAX = 32;
const PROMPT_CHARACTERS_MAX = 255;
const NOT_IN_SHEET_NAMES = /[[\]:*?/\\'’]/g;

/** Returns a name that a sheet can have and that none of `taken` (in lower case) has. */
export function sheetName(text: string, taken: ReadonlySet<string>): string {
  const name = text.replaceAll(NOT_IN_SHEET_NAMES, ' ').trim().slice(0, SHEET_NAME_CHARACTERS_MAX) || '-';
  for (let number = 2, free = name; ; number += 1) {
    if (!taken.has(free.toLowerCase())) return free;
    free = `${name.slice(0, SHEET_NAME_CHARACTERS_MAX - String(number).length - 1)} ${number}`;
  }
}

const REQUIRED_FILL = 'FFFFE8B3';
const HEADING_FILL = 'FFE8EEF0';
const LINK_COLOUR = 'FF005BD3';

/** Writes the form to a file of this machine. */
export async function writeForm(path: string, form: Form): Promise<void> {
  const workbook = new ExcelJS.Workbook();
  for (const sheet of form.sheets) addSheet(workbook, sheet, form);
  // exceljs stores names as cells; these are texts.
  const names = Object.entries(form.textNames).map(([name, text]) => ({ name, ranges: [`"${text}"`] }));
  Object.defineProperty(workbook.definedNames, 'model', { get: () => names });
  await workbook.xlsx.writeFile(path);
}

function addSheet(
  workbook: ExcelJS.Workbook,
  { name, isHidden, columns, rows }: FormSheet,
  form: Form,
): void {
  const sheet = workbook.addWorksheet(name, {
    state: isHidden ? 'hidden' : 'visible',
    views: [{ state: 'frozen', ySplit: 1 }],
  });
  sheet.columns = columns.map(({ header, width, format }) => ({
    header,
    width,
    ...(format === undefined ? {} : { style: { numFmt: format } }),
  }));
  for (const [index, column] of columns.entries()) {
    dressHeading(sheet.getCell(1, index + 1), column);
    addChoices(sheet, columnLetters(index), column, form);
  }
  for (const row of rows) addRow(sheet, row);
}

function dressHeading(cell: ExcelJS.Cell, { isRequired, help }: FormColumn): void {
  cell.font = { bold: true };
  cell.numFmt = 'General';
  cell.fill = {
    type: 'pattern',
    pattern: 'solid',
    fgColor: { argb: isRequired ? REQUIRED_FILL : HEADING_FILL },
  };
  if (help !== undefined) cell.note = help;
}

function addChoices(
  sheet: ExcelJS.Worksheet,
  letters: string,
  { header, help, choices }: FormColumn,
  { warning, rows }: Form,
): void {
  if (choices === undefined) return;
  // One range a column: Excel drops validations beyond some 64,000 cells.
  sheet.dataValidations.add(`${letters}2:${letters}${rows + 1}`, {
    type: 'list',
    formulae: [choices],
    allowBlank: true,
    errorStyle: 'warning',
    showErrorMessage: true,
    errorTitle: warning.title.slice(0, PROMPT_TITLE_CHARACTERS_MAX),
    error: warning.text.slice(0, PROMPT_CHARACTERS_MAX),
    showInputMessage: help !== undefined,
    ...(help === undefined
      ? {}
      : {
          promptTitle: header.slice(0, PROMPT_TITLE_CHARACTERS_MAX),
          prompt: help.slice(0, PROMPT_CHARACTERS_MAX),
        }),
  });
}

function addRow(sheet: ExcelJS.Worksheet, cells: readonly FormCell[]): void {
  const row = sheet.addRow([]);
  for (const [index, cell] of cells.entries()) {
    if (cell === null) continue;
    const written = row.getCell(index + 1);
    if (typeof cell !== 'object') written.value = cell;
    else {
      // A formula: exceljs writes links between sheets as addresses that LibreOffice does not open.
      const target = `#'${cell.sheet}'!A1`;
      const text = cell.text.replaceAll('"', '""');
      written.value = { formula: `HYPERLINK("${target}","${text}")`, result: cell.text };
      written.font = { color: { argb: LINK_COLOUR }, underline: true };
    }
  }
  row.commit();
}
