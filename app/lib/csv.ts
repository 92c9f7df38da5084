/** Comma-separated values (RFC 4180), as spreadsheets open them. */

export type CsvCell = string | number | bigint | null;

/** With it spreadsheets read UTF-8 instead of the country's encoding. */
export const CSV_START = '\uFEFF';

/**
 * Where a spreadsheet would begin to evaluate a text instead of showing it: at its start, and after what splits cells
 * where the separator is not the comma (`;` in Indonesia and most of Europe, tab) or at a line break, whose quotes it
 * then does not see. The signs are also those of full width. Signed numbers (and phones) are harmless.
 */
const FORMULA_START = /(?<=(?:^|[;\t\r\n])["\s]*)(?=[=+\-@\uFF1D\uFF0B\uFF0D\uFF20])/g;
const SIGNED_NUMBER = /^[+-]\d+$/;

/**
 * Returns one line with its line break; every text is quoted. An apostrophe stands before what a spreadsheet would take
 * for a formula.
 */
export function csvLine(cells: readonly CsvCell[]): string {
  return `${cells.map(cellText).join(',')}\r\n`;
}

function cellText(cell: CsvCell): string {
  if (cell === null) return '';
  if (typeof cell !== 'string') return String(cell);
  const text = SIGNED_NUMBER.test(cell) ? cell : cell.replace(FORMULA_START, "'");
  return `"${text.replaceAll('"', '""')}"`;
}
