/** Comma-separated values (RFC 4180), as spreadsheets open them. */

export type CsvCell = string | number | bigint | null;

/** With it spreadsheets read UTF-8 and not the letters of their country. */
export const CSV_START = '\uFEFF';

const NEEDS_QUOTES = /[",\r\n]/;
/** What a spreadsheet would compute instead of showing it; signed numbers (and phones) are harmless. */
const IS_FORMULA = /^[=+\-@\t\r](?!\d+$)/;

/** One line with its end. Texts that a spreadsheet would take for a formula get an apostrophe before them. */
export function csvLine(cells: readonly CsvCell[]): string {
  return `${cells.map(cellText).join(',')}\r\n`;
}

function cellText(cell: CsvCell): string {
  if (cell === null) return '';
  if (typeof cell !== 'string') return String(cell);
  const text = IS_FORMULA.test(cell) ? `'${cell}` : cell;
  return NEEDS_QUOTES.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
