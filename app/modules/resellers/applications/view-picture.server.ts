/** Staff look at a picture of an application; who saw an identity card, and when, is written down. */
import { pool } from '#app/db.server.ts';
import { readFile } from '#app/integrations/storage/files.server.ts';
import { recordShopAccess } from '#app/modules/customers/sensitive-accesses.server.ts';
import type { FileKind } from './application-fields.ts';

/** The page shows it small, then large, and again after each change. */
const SAME_VIEW_MINUTES = 10;

export interface PictureRequest {
  shopId: bigint;
  applicationId: string;
  kind: FileKind;
  size: 'full' | 'thumb';
}

/**
 * Reads a picture of an application; null where there is none. That of an identity card is recorded first: what can't be recorded
 * isn't shown. @throws UpstreamError when the storage is unavailable.
 */
export async function viewPicture(
  { shopId, applicationId, kind, size }: PictureRequest,
  readActor: () => Promise<string>,
): Promise<{ bytes: Uint8Array<ArrayBuffer>; mediaType: string } | null> {
  const { rows } = await pool.query<{ key: string; mediaType: string }>(
    `SELECT ${size === 'thumb' ? 'thumb_key' : 'file_key'} AS key, media_type AS "mediaType" FROM application_files
      WHERE shop_id = $1 AND application_id = $2 AND kind = $3`,
    [shopId, applicationId, kind],
  );
  const [row] = rows;
  if (!row) return null;
  if (kind === 'id_card')
    await recordShopAccess(pool, {
      shopId,
      what: 'application_id_card',
      subject: applicationId,
      actor: await readActor(),
      onceWithinMinutes: SAME_VIEW_MINUTES,
    });
  const bytes = await readFile(row.key);
  return bytes && { bytes, mediaType: row.mediaType };
}
