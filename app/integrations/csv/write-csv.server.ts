/** Writes CSV files row by row, in the writing of a country's spreadsheets. */
import { Readable } from 'node:stream';
import { stringify } from 'csv-stringify';
import { guardFormulas } from '#app/lib/csv.ts';
import type { WorkbookCell } from '#app/integrations/excel/workbook.server.ts';

/** How spreadsheets of a country write numbers, and so what stands between cells. */
export interface CsvWriting {
  decimalMark: string;
  delimiter: ',' | ';';
}

/** Returns the writing for a decimal mark: where it is the comma, spreadsheets expect semicolons between cells. */
export function csvWriting(decimalMark: string): CsvWriting {
  return { decimalMark, delimiter: decimalMark === ',' ? ';' : ',' };
}

const MIDNIGHT = 'T00:00:00.000Z';

/**
 * Returns a CSV of these rows as a stream of bytes: UTF-8 with its mark, texts quoted and guarded against formulas, dates
 * by their UTC fields, days (midnight) without a time. An error while rows are read ends the stream with it.
 */
export function streamCsv(
  headings: readonly string[],
  rows: AsyncIterable<readonly WorkbookCell[]>,
  { decimalMark, delimiter }: CsvWriting,
): Readable {
  const text = stringify({
    bom: true,
    delimiter,
    record_delimiter: '\r\n',
    quoted_string: true,
    cast: {
      string: guardFormulas,
      // Texts of what is no text are not quoted.
      number: (number) => String(number).replace('.', decimalMark),
      date: dateText,
    },
  });
  const source = Readable.from(withHeadings(headings, rows));
  source.on('error', (error) => text.destroy(error));
  text.on('close', () => source.destroy());
  return source.pipe(text);
}

async function* withHeadings(
  headings: readonly string[],
  rows: AsyncIterable<readonly WorkbookCell[]>,
): AsyncGenerator<readonly WorkbookCell[]> {
  yield headings;
  yield* rows;
}

function dateText(date: Date): string {
  const text = date.toISOString();
  return text.endsWith(MIDNIGHT) ? text.slice(0, 10) : text.slice(0, 19).replace('T', ' ');
}
