/** The rows that were not imported, as a file to mend and upload again: what is wrong first, then the columns as uploaded. */
import type { Readable } from 'node:stream';
import type { TFunction } from 'i18next';
import { pool } from '#app/db.server.ts';
import { csvWriting, streamCsv } from '#app/integrations/csv/write-csv.server.ts';
import { streamWorkbook, type WorkbookCell } from '#app/integrations/excel/workbook.server.ts';
import { columnIndex, type TableCell } from '#app/lib/table-cells.ts';
import { textOfCell } from '../rules/cell-text.ts';
import type { Doubt } from '../import/find-people.server.ts';
import type { Remarks } from '../import/check-rows.server.ts';
import { openCells } from '../import/sealed-ids.server.ts';
import type { ImportSource } from '../import/import-source.ts';
import type { Import, ImportKey } from '../import/import-rows.server.ts';
import { textOfProblem, textOfRefusal } from '../import/problem-text.ts';
import type { RowRefusal } from './row-plan.ts';

const PAGE_ROWS = 1_000;
const FIRST_WIDTH = 60;
const WIDTH = 18;

interface WrongRow {
  row: number;
  raw: unknown;
  verdict: string;
  remarks: Remarks | null;
  doubt: Doubt | null;
  doubtRow: number | null;
  refusal: RowRefusal[] | null;
}

/** By the index of each kind, so that a million good rows are not looked at. */
const PAGE = `
  SELECT row_number AS row, raw, verdict, remarks, doubt, doubt_row AS "doubtRow", refusal FROM import_rows
   WHERE shop_id = $1 AND import_id = $2 AND row_number > $3
     AND (verdict = 'wrong' OR state = 'refused' OR (verdict = 'doubtful' AND state IN ('waiting', 'skipped')))
   ORDER BY row_number LIMIT ${PAGE_ROWS}`;

export interface ErrorFile {
  format: 'xlsx' | 'csv';
  body: Readable;
}

/** Returns the file as a stream, in the format of the upload; null for an import whose file was not read. */
export function streamErrorFile(seen: Import, t: TFunction): ErrorFile | null {
  const { source, mapping } = seen;
  if (source === null) return null;
  const columns = [...new Set([...Object.keys(source.headings), ...Object.keys(mapping)])].sort(
    (one, other) => columnIndex(one) - columnIndex(other),
  );
  const headers = [
    t('imports.error_file.wrong'),
    ...columns.map((column) => source.headings[column] ?? column),
  ];
  const rows = readRows(seen, columns, source, t);
  if (source.dialect !== null) {
    const writing = csvWriting(source.dialect.delimiter === ';' ? ',' : '.');
    return { format: 'csv', body: streamCsv(headers, rows, writing) };
  }
  return {
    format: 'xlsx',
    body: streamWorkbook([
      {
        name: t('imports.error_file.sheet'),
        columns: headers.map((header, index) => ({ header, width: index === 0 ? FIRST_WIDTH : WIDTH })),
        rows,
      },
    ]),
  };
}

async function* readRows(
  key: ImportKey,
  columns: readonly string[],
  source: ImportSource,
  t: TFunction,
): AsyncGenerator<WorkbookCell[]> {
  for (let after = 0; ;) {
    const { rows } = await pool.query<WrongRow>(PAGE, [key.shopId, key.importId, after]);
    for (const row of rows) {
      const cells = openCells(key.shopId, row.raw);
      yield [
        `${t('imports.row', { row: row.row })}: ${whatIsWrong(row, source, t)}`,
        ...columns.map((column) => writtenAgain(cells[column], source.isFrom1904)),
      ];
    }
    const last = rows.at(-1);
    if (last === undefined || rows.length < PAGE_ROWS) return;
    after = last.row;
  }
}

function whatIsWrong(row: WrongRow, source: ImportSource, t: TFunction): string {
  const headingOf = (column: string) => source.headings[column] ?? column;
  const problems = (row.verdict === 'wrong' ? (row.remarks?.problems ?? []) : []).map((problem) =>
    textOfProblem(problem, headingOf(problem.column), t),
  );
  const refusals = (row.refusal ?? []).map((refusal) => textOfRefusal(refusal, t));
  const doubt =
    row.verdict === 'doubtful' && row.doubt !== null && refusals.length === 0
      ? [t(`imports.doubts.${row.doubt}`, { row: row.doubtRow ?? '' })]
      : [];
  return [...problems, ...refusals, ...doubt].join(' ');
}

/** A cell as it reads the same when the file comes back: dates and percentages as text, texts as they were. */
function writtenAgain(cell: TableCell | undefined, isFrom1904: boolean): WorkbookCell {
  if (cell === undefined) return null;
  if (typeof cell === 'number') return cell;
  if (typeof cell === 'object' && 'error' in cell) return cell.error;
  if (typeof cell === 'object' && 'percent' in cell)
    return `${Number((cell.percent * 100).toPrecision(12))}%`;
  if (typeof cell === 'object' && 'mailto' in cell) return cell.mailto.replace(/^mailto:/i, '') || cell.text;
  return textOfCell(cell, isFrom1904);
}
