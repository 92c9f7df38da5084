/** Texts of cells as they are stored, whatever spaces and marks came with them. */
import type { TableCell } from '#app/lib/table-cells.ts';
import { withoutInvisible } from './fold-text.ts';
import { dayOfSerial } from './read-day.ts';

const LONE_DASH = /^[-–—]$/;
/** Spreadsheets show a text that begins so as text only with an apostrophe before it; so does our CSV. */
const APOSTROPHE = /^['’](?=[=+\-@\t\r\d])/;

/** Most texts: nothing to change in them. */
const TIDY = /^[0-9A-Za-z][\x21-\x7e]*(?: [\x21-\x7e]+)*$/;

/** Returns a text on one line, without what cannot be seen; '' for an empty one and for a lone dash. */
export function tidyText(text: string): string {
  if (TIDY.test(text)) return text;
  const tidy = withoutInvisible(text.normalize('NFC')).replaceAll(/\s+/g, ' ').trim();
  return LONE_DASH.test(tidy) ? '' : tidy.replace(APOSTROPHE, '');
}

/** As `tidyText`, line by line. */
export function tidyLines(text: string): string {
  if (TIDY.test(text)) return text;
  const lines = text.split(/\r\n|[\n\r\u2028\u2029]/).map(tidyText);
  return lines
    .join('\n')
    .replaceAll(/\n{3,}/g, '\n\n')
    .trim();
}

/** Returns what a cell says as text; null for one that has no value (an error, a formula without one). */
export function textOfCell(cell: TableCell, isFrom1904: boolean): string | null {
  if (typeof cell === 'string') return cell;
  if (typeof cell === 'number' || typeof cell === 'boolean') return plain(cell);
  if ('text' in cell) return cell.text;
  if ('serial' in cell) return dayOfSerial(cell.serial, isFrom1904) ?? plain(cell.serial);
  return 'percent' in cell ? plain(cell.percent) : null;
}

/** Whether a cell shows anything. */
export function isBlank(cell: TableCell): boolean {
  const text = typeof cell === 'object' && 'text' in cell ? cell.text : cell;
  return typeof text === 'string' && tidyText(text) === '';
}

/** A number without exponent. */
function plain(value: number | boolean): string {
  if (typeof value === 'boolean') return value ? 'TRUE' : 'FALSE';
  return Number.isInteger(value) ? BigInt(value).toString() : String(value);
}
