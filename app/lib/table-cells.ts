/** Cells of a table that was uploaded, whatever the format of its file. JSON keeps them as they are. */

/**
 * One cell as the file has it. Text and plain numbers are themselves; `serial` is a number shown as a date, `percent` one
 * shown as a percentage (0.1 is 10 %); `error` is a formula's error value, `noValue` a formula whose value was not stored;
 * `mailto` is the address that the text links to.
 */
export type TableCell =
  | string
  | number
  | boolean
  | { serial: number }
  | { percent: number }
  | { error: string }
  | { noValue: true }
  | { text: string; mailto: string };

/** A row with content: the number that a spreadsheet shows, and its cells by the letters of their columns. */
export interface TableRow {
  row: number;
  cells: Readonly<Record<string, TableCell>>;
}

/** Why a file cannot be imported at all. */
export const FILE_PROBLEMS = [
  'empty_file',
  'not_a_workbook',
  'old_excel',
  'html_file',
  'opendocument',
  'binary_workbook',
  'password_protected',
  'broken_zip',
  'broken_csv',
  'zip_bomb',
  'unsafe_path',
  'unsafe_xml',
  'missing_part',
  'no_rows',
  'too_many_rows',
] as const;
export type FileProblem = (typeof FILE_PROBLEMS)[number];

/** Thrown while a file is read: nothing of it may be used, not even the rows that were returned before. */
export class UnreadableFile extends Error {
  readonly problem: FileProblem;
  /** Where in the file, if that is known. */
  readonly row: number | null;
  constructor(problem: FileProblem, options: { row?: number; cause?: unknown } = {}) {
    super(`unreadable file: ${problem}`, options.cause === undefined ? {} : { cause: options.cause });
    this.name = 'UnreadableFile';
    this.problem = problem;
    this.row = options.row ?? null;
  }
}

/** Excel's own limits (support.microsoft.com, "Excel specifications and limits"). */
export const COLUMNS_MAX = 16_384;
export const ROWS_MAX = 1_048_576;
export const CELL_CHARACTERS_MAX = 32_767;

const LETTERS = 26;
const letters: string[] = [];

/** Returns the letters of a column counted from 0: 0 is A, 25 Z, 26 AA. */
export function columnLetters(index: number): string {
  const known = letters[index];
  if (known !== undefined) return known;
  const last = String.fromCharCode(65 + (index % LETTERS));
  const text = index < LETTERS ? last : columnLetters(Math.floor(index / LETTERS) - 1) + last;
  letters[index] = text;
  return text;
}

/** Returns the number of a column counted from 0, of its letters; -1 for what are none. */
export function columnIndex(text: string): number {
  let number = 0;
  for (let at = 0; at < text.length; at += 1) {
    const digit = text.charCodeAt(at) - 64;
    if (digit < 1 || digit > LETTERS) return -1;
    number = number * LETTERS + digit;
    if (number > COLUMNS_MAX) return -1;
  }
  return number - 1;
}
