import { cleanText } from '#app/lib/storable.ts';
import {
  COLUMNS_MAX,
  columnIndex,
  columnLetters,
  ROWS_MAX,
  UnreadableFile,
  type TableCell,
  type TableRow,
} from '#app/lib/table-cells.ts';
import type { NumberKind } from './number-formats.ts';
import { emptyPlainRow, readPlainRow } from './plain-row.ts';
import { makePlainXmlReader } from './plain-xml.ts';
import { isTrue, type XmlReader } from './read-xml.ts';
import type { SharedTexts } from './shared-texts.ts';
import { TextCollector, textOfCharacters, unescapeText } from './text-collector.ts';

/** What a sheet has beside its rows; whole after the last one. */
export interface SheetNotes {
  hiddenRows: number;
  hiddenColumns: string[];
  mergedRanges: string[];
}

const RANGES_MAX = 20;
const HIDDEN_COLUMNS_MAX = 100;
const REFERENCE = /^([A-Z]{1,3})(\d{1,7})$/;

/** A cell whose text is in the table of shared texts. */
interface Borrowed {
  cells: Record<string, TableCell>;
  letters: string;
  index: number;
}

/** Reads the XML of one sheet, piece by piece. */
export class SheetParser {
  readonly notes: SheetNotes = { hiddenRows: 0, hiddenColumns: [], mergedRanges: [] };
  readonly xml: XmlReader = makePlainXmlReader(
    'row',
    {
      open: (name, attributes) => this.#open(name, attributes),
      text: (text) => this.#takeText(text),
      close: (name) => this.#close(name),
    },
    (text, from, to) => this.#readPlain(text, from, to),
  );
  readonly #plain = emptyPlainRow();
  readonly #kinds: readonly NumberKind[];
  readonly #collector = new TextCollector();
  #rows: TableRow[] = [];
  #borrowed: Borrowed[] = [];
  #borrowedMax = -1;
  #row = 0;
  #isRowHidden = false;
  #cells: Record<string, TableCell> = {};
  #hasCells = false;
  #column = -1;
  #type = '';
  #style = 0;
  #value: string | null = null;
  #isInValue = false;
  #isInInline = false;
  #hasFormula = false;

  /** `kinds`: what each style shows a number as. */
  constructor(kinds: readonly NumberKind[]) {
    this.#kinds = kinds;
  }

  /** Returns the rows that are whole since it was last called. */
  async takeRows(texts: SharedTexts): Promise<TableRow[]> {
    if (this.#borrowed.length > 0) {
      await texts.loadThrough(this.#borrowedMax);
      for (const { cells, letters, index } of this.#borrowed) {
        const text = texts.get(index);
        if (text === '') delete cells[letters];
        else cells[letters] = text;
      }
      this.#borrowed = [];
    }
    const rows = this.#rows;
    this.#rows = [];
    return rows;
  }

  #open(name: string, attributes: Readonly<Record<string, string>>): void {
    if (name === 'c') this.#openCell(attributes.r, attributes.t ?? 'n', attributes.s);
    else if (name === 'v') {
      this.#isInValue = true;
      this.#value = '';
    } else if (name === 'row') this.#openRow(attributes);
    else if (name === 'f') this.#hasFormula = true;
    else if (name === 'is') this.#isInInline = true;
    else if (this.#isInInline) this.#collector.open(name);
    else if (name === 'mergeCell') this.#noteRange(attributes.ref);
    else if (name === 'col' && isTrue(attributes.hidden)) this.#noteColumns(attributes);
  }

  #takeText(text: string): void {
    if (this.#isInValue) this.#value += text;
    else if (this.#isInInline) this.#collector.text(text);
  }

  #close(name: string): void {
    if (name === 'c') this.#closeCell();
    else if (name === 'v') this.#isInValue = false;
    else if (name === 'row') this.#closeRow();
    else if (name === 'is') {
      this.#isInInline = false;
      this.#value = this.#collector.take();
    } else if (this.#isInInline) this.#collector.close(name);
  }

  #readPlain(text: string, from: number, to: number): boolean {
    const row = this.#plain;
    if (!readPlainRow(text, from, to, row)) return false;
    this.#startRow(row.number, false);
    const { columns, types, styles, values, areTexts } = row;
    for (let index = 0; index < row.count; index += 1) {
      const column = columns[index] ?? -1;
      this.#startCell(column < 0 ? this.#column + 1 : column, types[index] ?? 'n', styles[index] ?? 0);
      const value = values[index] ?? null;
      this.#value = value !== null && areTexts[index] ? textOfCharacters(value) : value;
      this.#closeCell();
    }
    this.#closeRow();
    return true;
  }

  #openRow({ r, hidden }: Readonly<Record<string, string>>): void {
    this.#startRow(r === undefined ? this.#row + 1 : Number(r), isTrue(hidden));
  }

  #startRow(number: number, isHidden: boolean): void {
    if (!Number.isSafeInteger(number) || number <= this.#row) throw new UnreadableFile('broken_zip');
    if (number > ROWS_MAX) throw new UnreadableFile('too_many_rows');
    this.#row = number;
    this.#isRowHidden = isHidden;
    this.#cells = {};
    this.#hasCells = false;
    this.#column = -1;
  }

  #closeRow(): void {
    if (!this.#hasCells) return;
    this.#rows.push({ row: this.#row, cells: this.#cells });
    if (this.#isRowHidden) this.notes.hiddenRows += 1;
  }

  #openCell(reference: string | undefined, type: string, style: string | undefined): void {
    const letters = reference === undefined ? undefined : REFERENCE.exec(reference)?.[1];
    const column = letters === undefined ? this.#column + 1 : columnIndex(letters);
    this.#startCell(column, type, style === undefined ? 0 : Number(style));
  }

  #startCell(column: number, type: string, style: number): void {
    if (column < 0 || column >= COLUMNS_MAX) throw new UnreadableFile('broken_zip');
    this.#column = column;
    this.#type = type;
    this.#style = style;
    this.#value = null;
    this.#hasFormula = false;
  }

  #closeCell(): void {
    const value = this.#value;
    const letters = columnLetters(this.#column);
    if (value === null) {
      if (this.#hasFormula) this.#put(letters, { noValue: true });
      return;
    }
    if (this.#type === 's') {
      const index = Number(value);
      if (value.trim() === '' || !Number.isSafeInteger(index) || index < 0)
        throw new UnreadableFile('broken_zip');
      this.#borrowed.push({ cells: this.#cells, letters, index });
      this.#borrowedMax = Math.max(this.#borrowedMax, index);
      // Its place among the columns.
      this.#put(letters, '');
      return;
    }
    const cell = this.#toCell(value);
    if (cell !== null) this.#put(letters, cell);
  }

  #put(letters: string, cell: TableCell): void {
    this.#cells[letters] = cell;
    this.#hasCells = true;
  }

  #toCell(value: string): TableCell | null {
    switch (this.#type) {
      case 'inlineStr':
        return value || null;
      case 'str':
      case 'd':
        return cleanText(unescapeText(value)) || null;
      case 'b':
        return isTrue(value.trim());
      case 'e':
        return { error: cleanText(value) };
      default:
        return this.#toNumber(value);
    }
  }

  #toNumber(value: string): TableCell | null {
    if (value.trim() === '') return this.#hasFormula ? { noValue: true } : null;
    const number = Number(value);
    if (!Number.isFinite(number)) return { error: cleanText(value) };
    const kind = this.#kinds[this.#style] ?? null;
    if (kind === 'date') return { serial: number };
    return kind === 'percent' ? { percent: number } : number;
  }

  #noteRange(range: string | undefined): void {
    if (range !== undefined && this.notes.mergedRanges.length < RANGES_MAX)
      this.notes.mergedRanges.push(cleanText(range).slice(0, 30));
  }

  #noteColumns({ min, max }: Readonly<Record<string, string>>): void {
    const last = Math.min(Number(max), COLUMNS_MAX);
    for (let column = Number(min); column <= last; column += 1) {
      if (this.notes.hiddenColumns.length >= HIDDEN_COLUMNS_MAX) return;
      this.notes.hiddenColumns.push(columnLetters(column - 1));
    }
  }
}
