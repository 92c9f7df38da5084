/** Reads CSV files as spreadsheets of many countries save them. */
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { parse, type Info, type Parser } from 'csv-parse';
import { parse as parseSync } from 'csv-parse/sync';
import { withoutGuards } from '#app/lib/csv.ts';
import { cleanText } from '#app/lib/storable.ts';
import { COLUMNS_MAX, columnLetters, ROWS_MAX, UnreadableFile, type TableRow } from '#app/lib/table-cells.ts';
import { CSV_DELIMITERS, type CsvDelimiter } from './csv-delimiters.ts';
import { encodingOfLetters, encodingOfMark, encodingOfZeros, type CsvEncoding } from './csv-encoding.ts';

/** How a file is to be read; found once and kept, so that a second reading reads the same. */
export interface CsvDialect {
  encoding: CsvEncoding;
  delimiter: CsvDelimiter;
}

const CHUNK_BYTES = 256 * 1024;
const SAMPLE_BYTES = 64 * 1024;
const LETTERS_BYTES_MAX = 256 * 1024;
const RECORD_BYTES_MAX = 1024 * 1024;
const PAGE_ROWS = 1_000;
const SAMPLE_RECORDS = 20;

const SEPARATOR_LINE = /^sep=(.)\r?\n/i;

const OPTIONS = {
  bom: true,
  relax_column_count: true,
  // A name such as `5" pipe` is no reason to refuse a file.
  relax_quotes: true,
  skip_empty_lines: false,
  max_record_size: RECORD_BYTES_MAX,
};

/**
 * Finds encoding and delimiter of a file; reads all of it, since a foreign byte may come late. `country` (two letters)
 * decides between encodings that fit as well.
 * @throws UnreadableFile `not_a_workbook` for what is no text
 */
export async function findDialect(file: string, country: string | null): Promise<CsvDialect> {
  const start = await readStart(file);
  const encoding = encodingOfMark(start) ?? encodingOfZeros(start) ?? (await findEncoding(file, country));
  const text = new TextDecoder(encoding).decode(start);
  return { encoding, delimiter: findDelimiter(text, start.length < SAMPLE_BYTES) };
}

async function readStart(file: string): Promise<Uint8Array> {
  const handle = await open(file);
  try {
    const { bytesRead, buffer } = await handle.read(Buffer.alloc(SAMPLE_BYTES), 0, SAMPLE_BYTES, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}

async function findEncoding(file: string, country: string | null): Promise<CsvEncoding> {
  const strict = new TextDecoder('utf-8', { fatal: true });
  const foreign: Uint8Array[] = [];
  let foreignBytes = 0;
  let isUtf8 = true;
  for await (const bytes of chunksOf(createReadStream(file, { highWaterMark: CHUNK_BYTES }))) {
    if (bytes.includes(0)) throw new UnreadableFile('not_a_workbook');
    if (isUtf8) isUtf8 = decodes(strict, bytes);
    if (foreignBytes < LETTERS_BYTES_MAX) {
      const lines = foreignPart(bytes);
      foreign.push(lines);
      foreignBytes += lines.length;
    } else if (!isUtf8) break;
  }
  if (isUtf8 && decodes(strict)) return 'utf-8';
  return encodingOfLetters(Buffer.concat(foreign), country);
}

function decodes(decoder: TextDecoder, bytes?: Uint8Array): boolean {
  try {
    decoder.decode(bytes, { stream: bytes !== undefined });
    return true;
  } catch {
    return false;
  }
}

/** From the first byte beyond ASCII on. */
function foreignPart(bytes: Buffer): Buffer {
  const first = bytes.findIndex((byte) => byte > 127);
  return first < 0 ? bytes.subarray(0, 0) : bytes.subarray(first, first + LETTERS_BYTES_MAX);
}

/** `isWhole`: the text is all of the file, and not its beginning. */
function findDelimiter(text: string, isWhole: boolean): CsvDelimiter {
  const said = SEPARATOR_LINE.exec(text)?.[1];
  const named = CSV_DELIMITERS.find((delimiter) => delimiter === said);
  if (named !== undefined) return named;
  const sample = isWhole ? text : text.slice(0, text.lastIndexOf('\n') + 1);
  const tried = CSV_DELIMITERS.map((delimiter) => ({ delimiter, ...shapeOf(sample, delimiter) }));
  const best = tried.reduce((one, other) =>
    other.alike > one.alike || (other.alike === one.alike && other.cells > one.cells) ? other : one,
  );
  return best.cells > 1 ? best.delimiter : ',';
}

/** How many of the first records have as many cells as the first one; none where that has one cell only. */
function shapeOf(sample: string, delimiter: CsvDelimiter): { alike: number; cells: number } {
  const records: string[][] = [];
  try {
    parseSync(sample, {
      ...OPTIONS,
      delimiter,
      to: SAMPLE_RECORDS,
      on_record: (record: string[]) => {
        records.push(record);
        return record;
      },
    });
  } catch {
    // A quotation mark that the sample does not close: what was read before it counts.
  }
  const filled = records.filter((record) => record.some((cell) => cell !== ''));
  const widths = filled.map(({ length }) => length);
  // Titles stand above many lists, so the commonest width counts and not the first.
  const common = Math.max(0, ...widths.filter((width) => width > 1));
  const byWidth = [...new Set(widths)].filter((width) => width > 1);
  const alike = Math.max(0, ...byWidth.map((width) => widths.filter((each) => each === width).length));
  return { alike, cells: common };
}

/**
 * Returns the records that are not empty, in pages. A row's number counts records, the empty ones too.
 * @throws UnreadableFile `broken_csv` with the row where a quotation mark was opened and not closed; `too_many_rows`
 */
export async function* readCsvRows(file: string, dialect: CsvDialect): AsyncGenerator<TableRow[]> {
  const parser = parse({ ...OPTIONS, delimiter: dialect.delimiter, info: true });
  const feeding = feed(parser, file, dialect.encoding);
  let page: TableRow[] = [];
  let last = 0;
  try {
    for await (const { record, info } of recordsOf(parser)) {
      last = info.records;
      if (last > ROWS_MAX) throw new UnreadableFile('too_many_rows');
      if (record.length > COLUMNS_MAX) throw new UnreadableFile('broken_csv', { row: last });
      const cells = toCells(record);
      if (cells === null || (last === 1 && isSeparatorLine(record))) continue;
      page.push({ row: last, cells });
      if (page.length < PAGE_ROWS) continue;
      yield page;
      page = [];
    }
    if (page.length > 0) yield page;
  } catch (error) {
    if (error instanceof UnreadableFile) throw error;
    throw new UnreadableFile('broken_csv', { row: last + 1, cause: error });
  } finally {
    parser.destroy();
    await feeding;
  }
}

/** The streams' types say nothing of what they carry. */
function chunksOf(stream: AsyncIterable<Buffer>): AsyncIterable<Buffer> {
  return stream;
}

function recordsOf(
  parser: AsyncIterable<{ record: string[]; info: Info }>,
): AsyncIterable<{ record: string[]; info: Info }> {
  return parser;
}

async function feed(parser: Parser, file: string, encoding: CsvEncoding): Promise<void> {
  const decoder = new TextDecoder(encoding);
  const bytes = createReadStream(file, { highWaterMark: CHUNK_BYTES });
  try {
    for await (const piece of chunksOf(bytes)) {
      if (parser.destroyed) return;
      if (!parser.write(decoder.decode(piece, { stream: true }))) await drained(parser);
    }
    if (!parser.destroyed) parser.end(decoder.decode());
  } catch (error) {
    parser.destroy(error instanceof Error ? error : new Error('unreadable file'));
  } finally {
    bytes.destroy();
  }
}

/** Also when the parser was destroyed: then there is nothing to wait for. */
function drained(parser: Parser): Promise<void> {
  if (parser.destroyed) return Promise.resolve();
  return new Promise((resolve) => {
    const done = () => {
      parser.off('drain', done);
      parser.off('close', done);
      resolve();
    };
    parser.on('drain', done);
    parser.on('close', done);
  });
}

function isSeparatorLine([first = '', ...rest]: readonly string[]): boolean {
  return /^sep=.?$/i.test(first) && rest.every((cell) => cell === '');
}

/** Null for a record without content. */
function toCells(record: readonly string[]): Record<string, string> | null {
  const cells: Record<string, string> = {};
  let hasContent = false;
  for (let column = 0; column < record.length; column += 1) {
    const text = withoutGuards(cleanText(record[column] ?? ''));
    if (text === '') continue;
    cells[columnLetters(column)] = text;
    hasContent = true;
  }
  return hasContent ? cells : null;
}
