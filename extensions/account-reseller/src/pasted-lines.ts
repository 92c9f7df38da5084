/** What was read of a pasted list: quantities by SKU as written first, and the lines that are none. */
export interface PastedLines {
  quantities: Map<string, number>;
  /** Numbers of lines from 1 up. */
  unreadable: number[];
}

/** A cart's line takes no more. */
export const QUANTITY_MAX = 999_999;

/** SKU, then a comma, semicolon, tab or spaces, then a whole number; a SKU may hold all of them but the last. */
const LINE = /^\s*"?(.+?)"?\s*(?:[,;\t]|\s)\s*"?(\d{1,9})"?\s*$/;

const SEPARATORS = /^[\s,;]+|[\s,;]+$/g;

/**
 * Reads lines such as "KOPI-B, 12", as a spreadsheet copies them too. The same SKU twice, in any case of letters, adds up;
 * empty lines are skipped, a quantity of 0 or above the most is unreadable.
 */
export function readPastedLines(list: string): PastedLines {
  const quantities = new Map<string, number>();
  const written = new Map<string, string>();
  const unreadable: number[] = [];
  list.split(/\r\n|\r|\n/).forEach((line, index) => {
    if (line.trim() === '') return;
    const [, text = '', digits = ''] = LINE.exec(line) ?? [];
    const sku = text.replace(SEPARATORS, '');
    const quantity = Number(digits);
    if (sku === '' || quantity < 1 || quantity > QUANTITY_MAX) return void unreadable.push(index + 1);
    const name = written.get(sku.toLowerCase()) ?? sku;
    written.set(sku.toLowerCase(), name);
    quantities.set(name, Math.min((quantities.get(name) ?? 0) + quantity, QUANTITY_MAX));
  });
  return { quantities, unreadable };
}

/** Reads a typed quantity: empty is none. Null for what is no whole number from 0 to the most. */
export function readQuantity(text: string): number | null {
  const trimmed = text.trim();
  if (trimmed === '') return 0;
  if (!/^\d{1,6}$/.test(trimmed)) return null;
  return Number(trimmed);
}
