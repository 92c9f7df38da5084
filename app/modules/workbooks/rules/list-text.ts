/** Lists in one cell: interests and tags, parted by commas and what stands for them in other scripts. */

const MARKS = /[,،;\n|"]/;
/** What is between quotation marks is one item, whatever marks it has. */
const ITEM = /\s*"((?:[^"]|"")*)"\s*(?=[,،;\n|]|$)|[^,،;\n|]+/g;

/** Returns a list as a cell's text; null for an empty one. An item with a mark of its own is quoted. */
export function joinList(items: readonly string[]): string | null {
  if (items.length === 0) return null;
  return items.map((item) => (MARKS.test(item) ? `"${item.replaceAll('"', '""')}"` : item)).join(', ');
}

/** What parts a list in most files. */
const COMMAS_ONLY = /^[^"،;\n|]*$/;

/** Returns the items of a cell's text, as they are written. */
export function splitList(text: string): string[] {
  if (COMMAS_ONLY.test(text)) return text.split(',').filter((item) => item !== '');
  return Array.from(text.matchAll(ITEM), ([written, quoted]) =>
    quoted === undefined ? written : quoted.replaceAll('""', '"'),
  );
}
