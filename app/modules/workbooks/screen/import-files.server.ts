/** The files of an import, as responses: what was uploaded, and the rows that were not imported. */
import { createReadableStreamFromReadable } from '@remix-run/node';
import type { TFunction } from 'i18next';
import { pool } from '#app/db.server.ts';
import { openFile } from '#app/integrations/storage/files.server.ts';
import { recordShopAccess } from '#app/modules/customers/sensitive-accesses.server.ts';
import { readImport, type ImportKey } from '../import/import-rows.server.ts';
import { streamErrorFile } from '../run/error-file.server.ts';

const HEADERS = { 'content-type': 'application/octet-stream', 'cache-control': 'no-store' };

/** The rows that were not imported, as a file to mend, which `actor` took; null where there is none. */
export async function sendErrorFile(key: ImportKey, t: TFunction, actor: string): Promise<Response | null> {
  const seen = await readImport(pool, key);
  const file = seen && streamErrorFile(seen, t);
  if (!file) return null;
  await noteDownload(key, `errors.${file.format}`, actor);
  return new Response(createReadableStreamFromReadable(file.body), {
    headers: {
      ...HEADERS,
      'content-disposition': `attachment; filename="setia-import-errors.${file.format}"`,
    },
  });
}

/** The file as it was uploaded, which `actor` took; null where it is gone. */
export async function sendOriginal(key: ImportKey, actor: string): Promise<Response | null> {
  const seen = await readImport(pool, key);
  const file = seen?.fileKey ? await openFile(seen.fileKey) : null;
  if (!file) return null;
  await noteDownload(key, 'original', actor);
  return new Response(file.stream, {
    headers: { ...HEADERS, 'content-length': String(file.bytes), 'content-disposition': 'attachment' },
  });
}

async function noteDownload({ shopId }: ImportKey, subject: string, actor: string): Promise<void> {
  await recordShopAccess(pool, { shopId, what: 'import_download', subject, actor });
}
