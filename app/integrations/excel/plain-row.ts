/** Rows of a sheet as programs write them, read by their characters (`plain-xml.ts`). */
import { COLUMNS_MAX, ROWS_MAX } from '#app/lib/table-cells.ts';

/** What was read last; the arrays are used again, only the first `count` of each count. */
export interface PlainRow {
  number: number;
  count: number;
  /** From 0; -1 behind the cell before it. */
  columns: number[];
  /** As the sheet has them; `n` where it has none. */
  types: string[];
  styles: number[];
  /** As written; null for a cell without a value. */
  values: (string | null)[];
  /** Whether the value is a text of the cell's own, with escapes. */
  areTexts: boolean[];
}

export function emptyPlainRow(): PlainRow {
  return { number: 0, count: 0, columns: [], types: [], styles: [], values: [], areTexts: [] };
}

const ROW = '<row r="';
const ROW_END = '</row>';
const TYPES = ['s', 'inlineStr', 'str', 'n', 'b', 'e', 'd'] as const;
const TYPE_ATTRIBUTES = TYPES.map((type) => ` t="${type}"`);
const INLINE = ['<is><t>', '<is><t xml:space="preserve">'] as const;

const ZERO = 48;
const NINE = 57;
const LETTER_A = 65;
const LETTER_Z = 90;
const LETTERS = 26;
const STYLE_MAX = 1_000_000;

/**
 * Reads `<row r="2" spans="1:3"><c r="A2" s="1" t="s"><v>0</v></c>...</row>` into `row`; false for one that is written
 * otherwise, which a parser has to read.
 */
export function readPlainRow(text: string, from: number, to: number, row: PlainRow): boolean {
  if (!text.startsWith(ROW, from)) return false;
  const open = text.indexOf('>', from);
  const quote = text.indexOf('"', from + ROW.length);
  row.number = digits(text, from + ROW.length, quote, ROWS_MAX);
  if (row.number < 1 || quote > open || !isHarmless(text.slice(quote + 1, open))) return false;
  row.count = 0;
  const end = to - ROW_END.length;
  let at = open + 1;
  while (at < end && at > 0) at = readCell(text, at, row);
  return at === end;
}

/** Returns where the cell ends; -1 for one that is written otherwise. */
function readCell(text: string, from: number, row: PlainRow): number {
  if (!text.startsWith('<c', from)) return -1;
  const { count } = row;
  let at = from + 2;
  row.columns[count] = -1;
  if (text.startsWith(' r="', at)) {
    at = readReference(text, at + 4, row);
    if (at < 0) return -1;
  }
  row.styles[count] = 0;
  if (text.startsWith(' s="', at)) {
    const quote = text.indexOf('"', at + 4);
    const style = digits(text, at + 4, quote, STYLE_MAX);
    if (style < 0) return -1;
    row.styles[count] = style;
    at = quote + 1;
  }
  row.types[count] = 'n';
  if (text.startsWith(' t="', at)) {
    const index = TYPE_ATTRIBUTES.findIndex((attribute) => text.startsWith(attribute, at));
    const type = TYPES[index];
    if (type === undefined) return -1;
    row.types[count] = type;
    at += type.length + 5;
  }
  return readValue(text, at, row);
}

/** `A2"`: the letters decide, as wherever a cell is read. */
function readReference(text: string, from: number, row: PlainRow): number {
  let at = from;
  let number = 0;
  let code = text.charCodeAt(at);
  while (code >= LETTER_A && code <= LETTER_Z && at < from + 3) {
    number = number * LETTERS + code - LETTER_A + 1;
    at += 1;
    code = text.charCodeAt(at);
  }
  const quote = text.indexOf('"', at);
  if (number < 1 || number > COLUMNS_MAX || digits(text, at, quote, ROWS_MAX) < 0) return -1;
  row.columns[row.count] = number - 1;
  return quote + 1;
}

function readValue(text: string, from: number, row: PlainRow): number {
  const { count } = row;
  row.count = count + 1;
  row.values[count] = null;
  row.areTexts[count] = false;
  if (text.startsWith('/>', from)) return from + 2;
  if (!text.startsWith('>', from)) return -1;
  const at = from + 1;
  if (text.startsWith('</c>', at)) return at + 4;
  if (text.startsWith('<v>', at)) return takeText(text, at + 3, '</v></c>', row);
  row.areTexts[count] = true;
  const inline = INLINE.find((tags) => text.startsWith(tags, at));
  return inline === undefined ? -1 : takeText(text, at + inline.length, '</t></is></c>', row);
}

function takeText(text: string, from: number, endTags: string, row: PlainRow): number {
  const end = text.indexOf('<', from);
  if (!text.startsWith(endTags, end)) return -1;
  row.values[row.count - 1] = text.slice(from, end);
  return end + endTags.length;
}

/** A whole number of digits only; -1 for anything else and for one above `max`. */
function digits(text: string, from: number, to: number, max: number): number {
  if (to <= from) return -1;
  let number = 0;
  for (let at = from; at < to; at += 1) {
    const code = text.charCodeAt(at);
    if (code < ZERO || code > NINE) return -1;
    number = number * 10 + code - ZERO;
    if (number > max) return -1;
  }
  return number;
}

const ATTRIBUTES = /^(?: [A-Za-z][\w:.]*="[^"<>]*")*$/;
const ATTRIBUTE_NAMES = / ([^ =]+)="[^"]*"/g;
/** Rows repeat a few of them. */
const harmless = new Map<string, boolean>();
const HARMLESS_MAX = 1_000;

/** Whether these are attributes, none of them twice, that say nothing of the row's values. */
function isHarmless(attributes: string): boolean {
  if (attributes === '') return true;
  const known = harmless.get(attributes);
  if (known !== undefined) return known;
  const names = Array.from(attributes.matchAll(ATTRIBUTE_NAMES), ([, name]) => name);
  const isSo =
    ATTRIBUTES.test(attributes) &&
    new Set(names).size === names.length &&
    !names.includes('r') &&
    !names.includes('hidden');
  if (harmless.size < HARMLESS_MAX) harmless.set(attributes, isSo);
  return isSo;
}
