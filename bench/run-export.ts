/**
 * `node bench/run-export.ts <xlsx|csv|exceljs>`: writes all customers of the benches' shop to a file, as the worker does, or
 * with exceljs's own streaming writer from rows that are in memory already. Prints seconds, rows and the process's peak
 * memory, as JSON.
 */
import { createWriteStream } from 'node:fs';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import ExcelJS from 'exceljs';
import { pool } from '#app/db.server.ts';
import { i18nFor } from '#app/i18n/i18n.ts';
import type { WorkbookCell, WorkbookColumn } from '#app/integrations/excel/workbook.server.ts';
import { startExport } from '#app/modules/workbooks/export/act-on-exports.server.ts';
import type { ExportFormat } from '#app/modules/workbooks/export/export-kinds.ts';
import { processExports } from '#app/modules/workbooks/export/process-exports.server.ts';
import { openCustomers } from '#app/modules/workbooks/export/sources/customers.server.ts';
import { SHOP_ID } from './lib/shop-rows.ts';

const shopId = BigInt(SHOP_ID);
const COLUMNS = [
  'customerId',
  'category',
  'firstName',
  'lastName',
  'phone',
  'email',
  'country',
  'province',
  'city',
  'district',
  'postalCode',
  'street',
  'birthDate',
  'interests',
  'tags',
  'note',
  'orders',
  'items',
  'sales',
  'lastOrder',
];
const SELECTION = { filter: '' };

async function ours(format: ExportFormat): Promise<{ ms: number; rows: number }> {
  const started = await startExport(
    shopId,
    { kind: 'customers', format, scope: 'all', columns: COLUMNS, selection: SELECTION, locale: 'en' },
    'staff:1',
  );
  if (!started.ok) throw new Error('the export was not started');
  const start = performance.now();
  await processExports();
  const ms = performance.now() - start;
  const { rows } = await pool.query<{ state: string; rows: number }>(
    'SELECT state, rows FROM exports WHERE shop_id = $1 ORDER BY export_id DESC LIMIT 1',
    [shopId],
  );
  if (rows[0]?.state !== 'ready') throw new Error(`the export is ${rows[0]?.state}`);
  return { ms, rows: rows[0].rows };
}

async function exceljs(): Promise<{ ms: number; rows: number }> {
  const asked = { asksSensitive: false, asksWeddingDate: false };
  const seen = {
    shopId,
    exportId: 0n,
    kind: 'customers' as const,
    format: 'xlsx' as const,
    columns: COLUMNS,
    selection: SELECTION,
    locale: 'en',
    attempts: 1,
    domain: '',
    currency: 'IDR',
    timeZone: 'Asia/Jakarta',
    shopLocale: 'en',
  };
  const { columns, pages } = await openCustomers({ seen, asked, t: i18nFor('en').t });
  const rows: WorkbookCell[][] = [];
  for await (const page of pages) rows.push(...page);
  const folder = await fs.mkdtemp(path.join(os.tmpdir(), 'setia-bench-'));
  try {
    const start = performance.now();
    await write(columns, rows, path.join(folder, 'file.xlsx'));
    return { ms: performance.now() - start, rows: rows.length };
  } finally {
    await fs.rm(folder, { recursive: true, force: true });
  }
}

/** As its documentation shows it. */
async function write(
  columns: readonly WorkbookColumn[],
  rows: WorkbookCell[][],
  file: string,
): Promise<void> {
  const workbook = new ExcelJS.stream.xlsx.WorkbookWriter({
    stream: createWriteStream(file),
    useStyles: true,
  });
  const sheet = workbook.addWorksheet('Customers');
  sheet.columns = columns.map(({ header, width, format }) => ({
    header,
    width,
    style: format === undefined ? {} : { numFmt: format },
  }));
  for (const row of rows) sheet.addRow(row).commit();
  sheet.commit();
  await workbook.commit();
}

const [, , way = ''] = process.argv;
const done = way === 'exceljs' ? await exceljs() : await ours(way === 'csv' ? 'csv' : 'xlsx');
const maxMb = process.resourceUsage().maxRSS / 1_024;
process.stdout.write(JSON.stringify({ ...done, maxMb }));
await pool.end();
