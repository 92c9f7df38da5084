/**
 * `node bench/run-workbooks.ts <make|check|exceljs|usual|store> <file> <rows>`: makes a workbook of customers, checks it as the worker
 * does, reads it with exceljs's own streaming reader, imports it the usual way, or writes as many rows into our tables. Prints milliseconds,
 * of which processor time of this process, rows, its peak memory, and of a check after how long the columns were shown, as JSON.
 */
import { createHash, randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Prisma } from '@prisma/client';
import ExcelJS from 'exceljs';
import pMap from 'p-map';
import { pool, prisma, withTransaction } from '#app/db.server.ts';
import { streamWorkbook } from '#app/integrations/excel/workbook.server.ts';
import { storeFileFrom } from '#app/integrations/storage/files.server.ts';
import { invariant } from '#app/lib/errors.ts';
import { announceFiles } from '#app/modules/photos/file-removals.server.ts';
import { readImport } from '#app/modules/workbooks/import/import-rows.server.ts';
import { processImports } from '#app/modules/workbooks/import/process-imports.server.ts';
import { startImport } from '#app/modules/workbooks/import/start-import.server.ts';
import { PAGES_AT_ONCE, RESULT_ROWS } from '#app/modules/workbooks/run/bulk/bulk-limits.ts';
import { storeRows, type WrittenRow } from '#app/modules/workbooks/run/store-rows.server.ts';
import { postgresCpuMs } from './lib/postgres-cpu.ts';
import { SHOP_ID } from './lib/shop-rows.ts';

const shopId = BigInt(SHOP_ID);
const [way = '', file = '', rowsText = ''] = process.argv.slice(2);
const ROWS = Number(rowsText);
/** As pages of Shopify's results are stored. */
const BATCH_ROWS = RESULT_ROWS;
const LOOK_MS = 20;
const USUAL_BATCH_ROWS = 1_000;
const KIBIBYTES_A_MB = 1_024;
const MICROSECONDS_A_MS = 1_000;

let shownMs: number | null = null;

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
  await announceFiles(pool, shopId, [key]);
  await storeFileFrom(key, file);
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  const { size } = await stat(file);
  await startImport({
    shopId,
    name: 'b.xlsx',
    key,
    bytes: size,
    sha256: hash.digest('hex'),
    actor: 'staff:1',
  });
  const start = performance.now();
  const shown = untilShown().then(() => performance.now() - start);
  await processImports();
  shownMs = await shown;
  const { rows } = await pool.query<{ count: number }>(
    `SELECT count(*)::int AS count FROM import_rows JOIN imports USING (shop_id, import_id) WHERE shop_id = $1 AND imports.state = 'checked'`,
    [shopId],
  );
  await pool.query('TRUNCATE import_rows');
  await pool.query('DELETE FROM imports WHERE shop_id = $1', [shopId]);
  return rows[0]?.count ?? 0;
}

/** Until the merchant sees how columns were matched and the first rows. */
async function untilShown(): Promise<void> {
  const isShown = () =>
    pool.query('SELECT FROM imports WHERE shop_id = $1 AND proposal IS NOT NULL', [shopId]);
  while ((await isShown()).rowCount === 0) await sleep(LOOK_MS);
}

async function readWithExceljs(): Promise<number> {
  let count = 0;
  for await (const sheet of new ExcelJS.stream.xlsx.WorkbookReader(file, { worksheets: 'emit' }))
    for await (const row of sheet) count += row.hasValues ? 1 : 0;
  return count;
}

/** The whole workbook in memory, and its rows into the same table by Prisma: nothing is looked up, checked, staged or recorded. */
async function importUsually(): Promise<number> {
  const workbook = new ExcelJS.Workbook();
  await workbook.xlsx.readFile(file);
  const [sheet] = workbook.worksheets;
  invariant(sheet, 'the workbook has a sheet');
  let batch: Prisma.CustomerCreateManyInput[] = [];
  let count = 0;
  for (let row = 2; row <= sheet.rowCount; row += 1) {
    batch.push(usualCustomer(sheet.getRow(row), row));
    if (batch.length < USUAL_BATCH_ROWS && row < sheet.rowCount) continue;
    count += (await prisma.customer.createMany({ data: batch })).count;
    batch = [];
  }
  return count;
}

function usualCustomer(row: ExcelJS.Row, customerId: number): Prisma.CustomerCreateManyInput {
  const text = (column: number) => row.getCell(column).text;
  return {
    shopId,
    customerId: BigInt(customerId),
    firstName: text(1),
    lastName: text(2),
    phone: text(3),
    email: text(4),
    province: text(5),
    city: text(6),
    district: text(7),
    postalCode: text(8),
    street: text(9),
    birthDate: new Date(text(10)),
    gender: text(11) === 'P' ? 'female' : 'male',
    interests: text(12).split(', '),
    social: { instagram: text(13), facebook: text(14), tiktok: text(15) },
    note: text(16),
    tags: [text(17)],
  };
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
  const storeFrom = async (from: number) => {
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
  };
  const starts = Array.from({ length: Math.ceil(ROWS / BATCH_ROWS) }, (_, batch) => batch * BATCH_ROWS);
  await pMap(starts, storeFrom, { concurrency: PAGES_AT_ONCE });
  return ROWS;
}

const WAYS: Record<string, () => Promise<number>> = {
  make,
  check,
  exceljs: readWithExceljs,
  usual: importUsually,
  store,
};
const postgresBefore = await postgresCpuMs(pool);
const { userCPUTime: userBefore, systemCPUTime: systemBefore } = process.resourceUsage();
const cpuBefore = userBefore + systemBefore;
const start = performance.now();
const rows = await WAYS[way]?.();
const ms = performance.now() - start;
const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
const maxMb = maxRSS / KIBIBYTES_A_MB;
const cpuMs = (userCPUTime + systemCPUTime - cpuBefore) / MICROSECONDS_A_MS;
const postgresMs = (await postgresCpuMs(pool)) - postgresBefore;
process.stdout.write(`${JSON.stringify({ ms, cpuMs, postgresMs, rows, maxMb, shownMs })}\n`);
await Promise.all([pool.end(), prisma.$disconnect()]);
