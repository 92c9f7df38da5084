/** Rows of a price list as staff paste them from a spreadsheet: SKU and price, or SKU, quantity and price. */
import { parseMoneyInput, parseWholeInput } from '#app/lib/typed-number.ts';

export interface ListRow {
  /** As it was pasted. */
  line: number;
  sku: string;
  quantity: number;
  priceMinor: bigint;
}

export interface RowProblem {
  line: number;
  code: 'columns' | 'sku' | 'quantity' | 'price' | 'duplicate' | 'unknown_sku' | 'several';
  text: string;
}

export const LIST_ROWS_MAX = 2_000;
export const QUANTITY_MAX = 1_000_000;
/** Above it the Function's arithmetic is not exact. */
export const PRICE_MINOR_MAX = 900_000_000_000_000n;
const TEXT_SHOWN = 60;

/** Splits a pasted text into cells: tabs as spreadsheets copy them, or semicolons. Empty lines are left out. */
export function splitPaste(text: string): { line: number; cells: string[] }[] {
  return text.split(/\r?\n/).flatMap((row, index) => {
    const cells = row.split(row.includes('\t') ? '\t' : ';').map((cell) => cell.trim());
    return cells.every((cell) => cell === '') ? [] : [{ line: index + 1, cells }];
  });
}

/**
 * Reads rows typed in `locale`. A first row whose last cell is no price is taken for headings. Each SKU and quantity once.
 */
export function readListRows(
  table: readonly { line: number; cells: readonly string[] }[],
  locale: string,
  currency: string,
): { rows: ListRow[]; problems: RowProblem[] } {
  const rows: ListRow[] = [];
  const problems: RowProblem[] = [];
  const seen = new Set<string>();
  for (const [index, { line, cells }] of table.entries()) {
    const read = readRow(cells, locale, currency);
    if (typeof read === 'string') {
      if (index > 0 || read !== 'price')
        problems.push({ line, code: read, text: cells.join(' ').slice(0, TEXT_SHOWN) });
      continue;
    }
    const key = `${read.sku.toLowerCase()} ${read.quantity}`;
    if (seen.has(key)) problems.push({ line, code: 'duplicate', text: read.sku });
    else rows.push({ line, ...read });
    seen.add(key);
  }
  return { rows, problems };
}

function readRow(
  cells: readonly string[],
  locale: string,
  currency: string,
): Omit<ListRow, 'line'> | Exclude<RowProblem['code'], 'duplicate' | 'unknown_sku' | 'several'> {
  const filled = cells.slice(0, 3);
  if (filled.length < 2) return 'columns';
  const [sku = '', second = '', third] = filled;
  const [quantityText, priceText] = third === undefined ? ['1', second] : [second || '1', third];
  const priceMinor = parseMoneyInput(priceText, currency, locale);
  if (priceMinor === null || priceMinor < 1n || priceMinor > PRICE_MINOR_MAX) return 'price';
  if (sku === '') return 'sku';
  const quantity = parseWholeInput(quantityText, locale);
  if (quantity === null || quantity < 1n || quantity > BigInt(QUANTITY_MAX)) return 'quantity';
  return { sku, quantity: Number(quantity), priceMinor };
}
