/** Imports of customers on a real database: files uploaded, read and checked as the worker does. */
import { createHash, randomUUID } from 'node:crypto';
import { pool, withTransaction } from '#app/db.server.ts';
import { storeFile } from '#app/integrations/storage/files.server.ts';
import type { CustomerRecord } from '#app/modules/customers/rules/customer-record.ts';
import { recordCustomers } from '#app/modules/customers/record-customers.server.ts';
import { announceFiles } from '#app/modules/photos/file-removals.server.ts';
import type { ImportKey } from '#app/modules/workbooks/import/import-rows.server.ts';
import { processImports } from '#app/modules/workbooks/import/process-imports.server.ts';
import { startImport, type ImportStarted } from '#app/modules/workbooks/import/start-import.server.ts';
import { givenShop } from './shops.ts';
import { makeZip, rowsXml, workbookEntries, type MadeCell } from './zips.ts';

/** A shop in Indonesia; its customers are added by `givenPeople`. */
export async function givenImportShop(): Promise<bigint> {
  const { shopId } = await givenShop({ currency: 'IDR', timeZone: 'Asia/Jakarta' });
  await pool.query(`UPDATE shops SET country = 'ID', locale = 'id' WHERE shop_id = $1`, [shopId]);
  await pool.query('SELECT seed_club($1, 10000)', [shopId]);
  return shopId;
}

/** Customers as Shopify told of them. */
export async function givenPeople(
  shopId: bigint,
  people: Readonly<Record<number, Partial<CustomerRecord>>>,
): Promise<void> {
  await withTransaction((tx) =>
    recordCustomers(
      tx,
      Object.entries(people).map(([id, fields]) => ({
        shopId,
        customerId: BigInt(id),
        at: new Date('2026-01-01'),
        source: 'shopify',
        actor: 'shopify',
        fields,
      })),
    ),
  );
}

/** Uploads bytes as the screen does. */
export async function upload(shopId: bigint, bytes: Buffer, name = 'pelanggan.xlsx'): Promise<ImportStarted> {
  const key = `shops/${shopId}/imports/${randomUUID()}`;
  await announceFiles(pool, shopId, [key]);
  await storeFile(key, new Uint8Array(bytes));
  const started = await startImport({
    shopId,
    name,
    key,
    bytes: bytes.length,
    sha256: createHash('sha256').update(bytes).digest('hex'),
    actor: 'staff:1',
  });
  if (started === null) throw new Error('the file was removed');
  return started;
}

/** A workbook of these rows, the first one its heading. */
export const sheet = (rows: readonly (readonly MadeCell[])[]): Buffer =>
  makeZip(workbookEntries(rowsXml(rows)));

/** Uploads a workbook and lets the worker read and check it. */
export async function checkedImport(
  shopId: bigint,
  rows: readonly (readonly MadeCell[])[],
): Promise<ImportKey> {
  const { importId } = await upload(shopId, sheet(rows));
  await processImports();
  return { shopId, importId };
}

export interface StoredRow {
  row: number;
  verdict: string;
  doubt: string | null;
  doubtRow: number | null;
  customerId: bigint | null;
  values: Record<string, unknown>;
  problems: string[];
}

/** All rows of an import in order. */
export async function rowsOf({ shopId, importId }: ImportKey): Promise<StoredRow[]> {
  const { rows } = await pool.query<StoredRow>(
    `SELECT row_number AS row, verdict, doubt, doubt_row AS "doubtRow", customer_id AS "customerId", values,
       ARRAY(SELECT p->>'code' FROM json_array_elements(coalesce(remarks->'problems', '[]')) p) AS problems
     FROM import_rows WHERE shop_id = $1 AND import_id = $2 ORDER BY row_number`,
    [shopId, importId],
  );
  return rows;
}

/** Ends leases as time would. */
export async function endLeases(): Promise<void> {
  await pool.query(`UPDATE imports SET leased_until = '-infinity'`);
}
