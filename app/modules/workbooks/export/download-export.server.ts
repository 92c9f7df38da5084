/** The door to an export's file. */
import { pool } from '#app/db.server.ts';
import { openFile } from '#app/integrations/storage/files.server.ts';
import { localDay } from '#app/lib/calendar-days.ts';
import { noteAccessRows, recordShopAccess } from '#app/modules/customers/sensitive-accesses.server.ts';

const TYPES: Readonly<Record<string, string>> = {
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  csv: 'text/csv; charset=utf-8',
};

interface Row {
  kind: string;
  format: string;
  key: string;
  rows: number;
  createdAt: Date;
}

const READY = `
  SELECT kind, format, file_key AS key, rows, created_at AS "createdAt" FROM exports
   WHERE shop_id = $1 AND export_id = $2 AND kind <> 'template' AND state = 'ready' AND file_key IS NOT NULL AND expires_at > clock_timestamp()`;

/**
 * Returns the file of a shop's export as a response that is read from the storage in pieces, and records that `actor` took
 * it; null when there is none of this shop, or its days have passed.
 * @throws UpstreamError when the storage is unreachable.
 */
export async function downloadExportFile(
  { shopId, timeZone }: { shopId: bigint; timeZone: string },
  exportId: bigint,
  actor: string,
): Promise<Response | null> {
  const { rows } = await pool.query<Row>(READY, [shopId, exportId]);
  const [row] = rows;
  const file = row ? await openFile(row.key) : null;
  if (!row || !file) return null;
  const subject = `${row.kind}.${row.format}`;
  const accessId = await recordShopAccess(pool, { shopId, what: 'export_download', subject, actor });
  await noteAccessRows(pool, shopId, accessId, row.rows);
  const name = `setia-${row.kind}-${localDay(row.createdAt, timeZone)}.${row.format}`;
  return new Response(file.stream, {
    headers: {
      'content-type': TYPES[row.format] ?? 'application/octet-stream',
      'content-length': String(file.bytes),
      'content-disposition': `attachment; filename="${name}"`,
      'cache-control': 'private, no-store',
      'x-content-type-options': 'nosniff',
    },
  });
}
