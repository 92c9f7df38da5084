/** Which row of a sheet heads its columns, and which field each column holds. */
import type { TableCell, TableRow } from '#app/lib/table-cells.ts';
import { columnIndex } from '#app/lib/table-cells.ts';
import { editDistance } from '#app/modules/regions/rules/edit-distance.ts';
import { FIELD_OF_WORD } from './heading-words.ts';
import { foldWord } from './fold-text.ts';
import type { ImportField } from './import-fields.ts';

const HEADING_CHARACTERS_MAX = 60;
const SCORE_KNOWN = 3;
const SCORE_ONE_SIDE = 2.5;
const SCORE_NEAR = 1.9;
/** "Kota" and "Kode" are different words. */
const NEAR_LENGTH_MIN = 5;
const NEAR_TWO_LENGTH_MIN = 9;

export interface HeadingMatch {
  field: ImportField;
  score: number;
}

/** Returns the field that a heading names, by the merchant's own words (folded word -> field) first; null for none. */
export function matchHeading(
  heading: string,
  own: ReadonlyMap<string, ImportField> = new Map(),
): HeadingMatch | null {
  if (heading.length > HEADING_CHARACTERS_MAX) return null;
  const word = foldWord(heading);
  const known = own.get(word) ?? FIELD_OF_WORD.get(word);
  if (known !== undefined) return { field: known, score: SCORE_KNOWN };
  for (const side of heading.split('/').slice(0, heading.includes('/') ? undefined : 0)) {
    const field = FIELD_OF_WORD.get(foldWord(side));
    if (field !== undefined) return { field, score: SCORE_ONE_SIDE };
  }
  return matchNear(word);
}

/** A slip of the pen, unless two fields are as near. */
function matchNear(word: string): HeadingMatch | null {
  if (word.length < NEAR_LENGTH_MIN) return null;
  const limit = word.length < NEAR_TWO_LENGTH_MIN ? 1 : 2;
  let nearest = limit + 1;
  let fields = new Set<ImportField>();
  for (const [known, field] of FIELD_OF_WORD) {
    if (known.length < NEAR_LENGTH_MIN || Math.abs(known.length - word.length) > limit) continue;
    const distance = editDistance(word, known, limit);
    if (distance > limit || distance > nearest) continue;
    if (distance < nearest) fields = new Set();
    nearest = distance;
    fields.add(field);
  }
  const [field, ...others] = fields;
  return field === undefined || others.length > 0 ? null : { field, score: SCORE_NEAR };
}

export interface HeadingRow {
  /** The sheet's row number. */
  row: number;
  /** Column letters -> field. */
  mapping: Record<string, ImportField>;
  /** Column letters -> heading, of every column that has one. */
  headings: Record<string, string>;
  /** Columns whose heading names a field that an earlier column has. */
  repeated: string[];
  score: number;
}

/**
 * Returns the heading row among a sheet's first rows with content: the one whose cells name the most fields. The first
 * row where none names any; null without rows.
 */
export function findHeadingRow(
  rows: readonly TableRow[],
  own?: ReadonlyMap<string, ImportField>,
): HeadingRow | null {
  let best: HeadingRow | null = null;
  for (const row of rows) {
    const read = readHeadings(row, own);
    if (best === null || read.score > best.score) best = read;
  }
  return best;
}

/** Reads one row as headings. */
export function readHeadings(
  { row, cells }: TableRow,
  own: ReadonlyMap<string, ImportField> = new Map(),
): HeadingRow {
  const columns = Object.keys(cells).sort((one, other) => columnIndex(one) - columnIndex(other));
  const headings: Record<string, string> = {};
  const taken = new Map<ImportField, { column: string; score: number }>();
  const repeated: string[] = [];
  for (const column of columns) {
    const heading = textOf(cells[column]);
    if (heading === null) continue;
    headings[column] = heading;
    const match = matchHeading(heading, own);
    if (match === null) continue;
    const before = taken.get(match.field);
    if (before && before.score >= match.score) repeated.push(column);
    else {
      if (before) repeated.push(before.column);
      taken.set(match.field, { column, score: match.score });
    }
  }
  const score = [...taken.values()].reduce((sum, each) => sum + each.score, 0);
  const mapping: Record<string, ImportField> = {};
  for (const [field, { column }] of taken) mapping[column] = field;
  return { row, mapping: settled(mapping), headings, repeated, score };
}

function textOf(cell: TableCell | undefined): string | null {
  const text = typeof cell === 'object' && 'text' in cell ? cell.text : cell;
  return typeof text === 'string' && text.trim() !== '' ? text.trim() : null;
}

/** Fields that mean another one beside, or without, a third. */
function settled(mapping: Record<string, ImportField>): Record<string, ImportField> {
  const fields = new Set(Object.values(mapping));
  return Object.fromEntries(
    Object.entries(mapping).map(([column, field]): [string, ImportField] => {
      // "Nama" is the first name where a column "Nama Belakang" is.
      const isFirst = field === 'fullName' && fields.has('lastName') && !fields.has('firstName');
      // A list with "No. WA" alone means the phone.
      const isPhone = field === 'whatsapp' && !fields.has('phone');
      return [column, isFirst ? 'firstName' : isPhone ? 'phone' : field];
    }),
  );
}
