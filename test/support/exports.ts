/** Exports on a real database: asked for as the screens do, written as the worker does, opened as a merchant does. */
import ExcelJS from 'exceljs';
import { pool } from '#app/db.server.ts';
import { readFile } from '#app/integrations/storage/files.server.ts';
import { startExport } from '#app/modules/workbooks/export/act-on-exports.server.ts';
import { COLUMNS_OF } from '#app/modules/workbooks/export/export-kinds.ts';
import type { ExportAsked } from '#app/modules/workbooks/export/export-selection.ts';
import { processExports } from '#app/modules/workbooks/export/process-exports.server.ts';

/** What is stored of an export. */
export interface StoredExport {
  exportId: bigint;
  state: string;
  rows: number;
  total: number | null;
  fileKey: string | null;
  failure: string | null;
  attempts: number;
  scopeName: string | null;
}

/** The shop's exports, the newest first. */
export async function exportsOf(shopId: bigint): Promise<StoredExport[]> {
  const { rows } = await pool.query<StoredExport>(
    `SELECT export_id AS "exportId", state, rows, total, file_key AS "fileKey", failure, attempts, scope_name AS "scopeName"
     FROM exports WHERE shop_id = $1 ORDER BY export_id DESC`,
    [shopId],
  );
  return rows;
}

/** Asks for all customers in every column, unless told otherwise. */
export async function askExport(shopId: bigint, asked: Partial<ExportAsked> = {}): Promise<void> {
  const kind = asked.kind ?? 'customers';
  const answer = await startExport(
    shopId,
    {
      kind,
      format: 'xlsx',
      scope: 'all',
      columns: [...COLUMNS_OF[kind]],
      selection: { filter: '' },
      locale: 'en',
      ...asked,
    },
    'staff:1',
  );
  if (!answer.ok) throw new Error(`not started: ${JSON.stringify(answer.errors)}`);
}

/** Asks for an export, lets the worker write it and returns the bytes of its file. */
export async function writtenExport(shopId: bigint, asked: Partial<ExportAsked> = {}): Promise<Buffer> {
  await askExport(shopId, asked);
  await processExports();
  const [latest] = await exportsOf(shopId);
  const bytes = latest?.fileKey == null ? null : await readFile(latest.fileKey);
  if (bytes === null) throw new Error(`no file: ${latest?.state}`);
  return Buffer.from(bytes);
}

/** The rows of a workbook's first sheet, as exceljs reads their values. */
export async function sheetRows(bytes: Buffer): Promise<ExcelJS.CellValue[][]> {
  const workbook = new ExcelJS.Workbook();
  await workbook.xlsx.load(new Uint8Array(bytes).buffer);
  const rows: ExcelJS.CellValue[][] = [];
  workbook.worksheets[0]!.eachRow((row) => rows.push((row.values as ExcelJS.CellValue[]).slice(1)));
  return rows;
}
