/**
 * `node bench/run-workbooks.ts <make|check|exceljs|store> <file> <rows>`: makes a workbook of customers, checks it as the worker
 * does, reads it with exceljs's own streaming reader, or writes as many rows into our tables. Prints milliseconds,
 * of which processor time of this process, rows and its peak memory, as JSON.
 */
import { createHash, randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import ExcelJS from 'exceljs';
import { pool, prisma, withTransaction } from '#app/db.server.ts';
import { streamWorkbook } from '#app/integrations/excel/workbook.server.ts';
import { storeFileFrom } from '#app/integrations/storage/files.server.ts';
import { invariant } from '#app/lib/errors.ts';
import { announceFiles } from '#app/modules/photos/file-removals.server.ts';
import { readImport } from '#app/modules/workbooks/import/import-rows.server.ts';
import { processImports } from '#app/modules/workbooks/import/process-imports.server.ts';
import { startImport } from '#app/modules/workbooks/import/start-import.server.ts';
import { storeRows, type WrittenRow } from '#app/modules/workbooks/run/store-rows.server.ts';
import { SHOP_ID } from './lib/shop-rows.ts';

const shopId = BigInt(SHOP_ID);
const [way = '', file = '', rowsText = ''] = process.argv.slice(2);
const ROWS = Number(rowsText);
const BATCH_ROWS = 1_000;
const KIBIBYTES_A_MB = 1_024;
const MICROSECONDS_A_MS = 1_000;

const HEADINGS =
  'Nama Depan,Nama Belakang,No HP,Email,Provinsi,Kota,Kecamatan,Kode Pos,Alamat,Tanggal Lahir,Jenis Kelamin,Minat,Instagram,Facebook,TikTok,Catatan,Tag,Poin Awal,Warna,Kode'.split(
    ',',
  );

function* rowsOfFile() {
  for (let row = 0; row < ROWS; row += 1)
    yield [
      `Siti ${row}`,
      'Rahayu',
      `0811${String(10_000_000 + row)}`,
      `siti${row}@example.com`,
      'Jawa Barat',
      'Kota Bandung',
      'Coblong',
      '40132',
      `Jl. Dago ${row}`,
      `${1960 + (row % 40)}-03-1${row % 10}`,
      row % 2 === 0 ? 'P' : 'L',
      'batik, kopi',
      `siti.${row}`,
      `siti.f.${row}`,
      `siti.t.${row}`,
      `Pelanggan lama ${row}`,
      'grosir',
      row % 100,
      'hijau',
      `K-${row}`,
    ];
}

async function make(): Promise<number> {
  const columns = HEADINGS.map((header) => ({ header, width: 16 }));
  await pipeline(streamWorkbook([{ name: 'Data', columns, rows: rowsOfFile() }]), createWriteStream(file));
  return ROWS;
}

async function check(): Promise<number> {
  const key = `shops/${shopId}/imports/${randomUUID()}`;
  const bytes = await readFile(file);
  await announceFiles(pool, shopId, [key]);
  await storeFileFrom(key, file);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  await startImport({ shopId, name: 'b.xlsx', key, bytes: bytes.length, sha256, actor: 'staff:1' });
  await processImports();
  const { rows } = await pool.query<{ count: number }>(
    `SELECT count(*)::int AS count FROM import_rows JOIN imports USING (shop_id, import_id) WHERE shop_id = $1 AND imports.state = 'checked'`,
    [shopId],
  );
  await pool.query('TRUNCATE import_rows');
  await pool.query('DELETE FROM imports WHERE shop_id = $1', [shopId]);
  return rows[0]?.count ?? 0;
}

async function readWithExceljs(): Promise<number> {
  let count = 0;
  for await (const sheet of new ExcelJS.stream.xlsx.WorkbookReader(file, { worksheets: 'emit' }))
    for await (const row of sheet) count += row.hasValues ? 1 : 0;
  return count;
}

/** As after Shopify's answer: new customers with ten fields and opening points. */
async function store(): Promise<number> {
  const started = await pool.query<{ importId: bigint }>(
    `INSERT INTO imports (shop_id, state, file_name, file_bytes, file_sha256, actor) VALUES ($1, 'paused', 'b.xlsx', 1, '', 'staff:1')
     RETURNING import_id AS "importId"`,
    [shopId],
  );
  const importId = started.rows[0]?.importId ?? 0n;
  const seen = await readImport(pool, { shopId, importId });
  invariant(seen, 'the import is there');
  const now = new Date();
  const context = { seen, actor: 'staff:1', now, allowsDiscount: () => true };
  const first = BigInt(Date.now()) * 1_000_000n;
  for (let from = 0; from < ROWS; from += BATCH_ROWS) {
    const batch = Array.from({ length: Math.min(BATCH_ROWS, ROWS - from) }, (_, index): WrittenRow => {
      const row = from + index;
      return {
        row,
        customerId: first + BigInt(row),
        known: null,
        updatedAt: now,
        tagsAt: null,
        changes: {
          openingPoints: (row % 100) + 1,
          fields: {
            firstName: `Siti ${row}`,
            lastName: 'Rahayu',
            phone: `+62811${String(10_000_000 + row)}`,
            email: `siti${row}@example.com`,
            gender: 'female',
            birthDate: '1990-03-01',
            interests: ['batik'],
            social: { instagram: `siti.${row}` },
            note: `Pelanggan ${row}`,
          },
        },
      };
    });
    await withTransaction((tx) => storeRows(tx, context, batch));
  }
  return ROWS;
}

const WAYS: Record<string, () => Promise<number>> = { make, check, exceljs: readWithExceljs, store };
const { userCPUTime: userBefore, systemCPUTime: systemBefore } = process.resourceUsage();
const cpuBefore = userBefore + systemBefore;
const start = performance.now();
const rows = await WAYS[way]?.();
const ms = performance.now() - start;
const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
const maxMb = maxRSS / KIBIBYTES_A_MB;
const cpuMs = (userCPUTime + systemCPUTime - cpuBefore) / MICROSECONDS_A_MS;
process.stdout.write(`${JSON.stringify({ ms, cpuMs, rows, maxMb })}\n`);
await Promise.all([pool.end(), prisma.$disconnect()]);
