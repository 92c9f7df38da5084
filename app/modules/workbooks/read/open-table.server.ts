/** Opens an uploaded file, workbook or CSV, as sheets of rows. */
import { open } from 'node:fs/promises';
import { findDialect, readCsvRows, type CsvDialect } from '#app/integrations/csv/read-csv.server.ts';
import { openWorkbook } from '#app/integrations/excel/read-workbook.server.ts';
import type { TableRow } from '#app/lib/table-cells.ts';
import { fileKind, KIND_BYTES } from './file-kind.ts';

export interface TableSheet {
  /** Null in a CSV. */
  name: string | null;
  isHidden: boolean;
  /** Rows with cells, in pages. @throws UnreadableFile also in the middle */
  readRows: () => AsyncGenerator<TableRow[]>;
  /** What the merchant should know of the sheet; whole after the last row. */
  notes(): TableNote[];
}

/** `hidden_rows` 3, `merged_cells` F2:F4. */
export interface TableNote {
  code:
    | 'hidden_rows'
    | 'hidden_columns'
    | 'merged_cells'
    | 'macros_ignored'
    | 'hidden_sheets'
    | 'other_sheets'
    | 'rows_above_heading'
    | 'duplicate_heading'
    | 'ignored_columns'
    | 'encoding'
    | 'delimiter';
  detail: string;
}

export interface OpenTable {
  sheets: readonly TableSheet[];
  isFrom1904: boolean;
  /** Version of our template that the file was made from; null for another file. */
  templateVersion: string | null;
  /** Null for a workbook. */
  dialect: CsvDialect | null;
  notes: TableNote[];
  close(): void;
}

/** The defined name by which our own templates are known. */
export const TEMPLATE_NAME = 'SetiaTemplate';

/**
 * Opens a file on this machine's disk. `country` (two letters) decides between encodings of a CSV; `dialect` is the one
 * found before.
 * @throws UnreadableFile
 */
export async function openTable(
  file: string,
  { country, dialect }: { country: string | null; dialect?: CsvDialect | null },
): Promise<OpenTable> {
  const kind = fileKind(await readStart(file));
  return kind === 'zip' ? openZipped(file) : openText(file, dialect ?? (await findDialect(file, country)));
}

async function readStart(file: string): Promise<Buffer> {
  const handle = await open(file);
  try {
    const { bytesRead, buffer } = await handle.read(Buffer.alloc(KIND_BYTES), 0, KIND_BYTES, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}

async function openZipped(file: string): Promise<OpenTable> {
  const book = await openWorkbook(file);
  const hidden = book.sheets.filter(({ isHidden }) => isHidden).map(({ name }) => name);
  const sheets = book.sheets.map((sheet): TableSheet => ({
    name: sheet.name,
    isHidden: sheet.isHidden,
    readRows: sheet.readRows,
    notes: () => {
      const { hiddenRows, hiddenColumns, mergedRanges } = sheet.notes;
      return [
        ...(hiddenRows > 0 ? [{ code: 'hidden_rows' as const, detail: String(hiddenRows) }] : []),
        ...(hiddenColumns.length > 0
          ? [{ code: 'hidden_columns' as const, detail: hiddenColumns.join(', ') }]
          : []),
        ...(mergedRanges.length > 0
          ? [{ code: 'merged_cells' as const, detail: mergedRanges.join(', ') }]
          : []),
      ];
    },
  }));
  return {
    sheets,
    isFrom1904: book.isFrom1904,
    templateVersion: book.textNames.get(TEMPLATE_NAME) ?? null,
    dialect: null,
    notes: [
      ...(book.hasMacros ? [{ code: 'macros_ignored' as const, detail: '' }] : []),
      ...(hidden.length > 0 ? [{ code: 'hidden_sheets' as const, detail: hidden.join(', ') }] : []),
    ],
    close: () => book.close(),
  };
}

function openText(file: string, dialect: CsvDialect): OpenTable {
  return {
    sheets: [{ name: null, isHidden: false, readRows: () => readCsvRows(file, dialect), notes: () => [] }],
    isFrom1904: false,
    templateVersion: null,
    dialect,
    notes: [
      { code: 'encoding', detail: dialect.encoding },
      { code: 'delimiter', detail: dialect.delimiter },
    ],
    close: () => undefined,
  };
}
