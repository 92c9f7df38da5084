import { pool } from '#app/db.server.ts';
import { readFile } from '#app/integrations/storage/files.server.ts';
import { staffNames } from '#app/modules/shops/staff.server.ts';
import { PHOTOS_A_PAGE } from './photo-limits.ts';

export interface Photo {
  photoId: string;
  caption: string;
  width: number;
  height: number;
  /** `staff:<user id>` */
  author: string;
  /** Null while we do not know it. */
  authorName: string | null;
  createdAt: Date;
}

export interface PhotoPage {
  photos: Photo[];
  /** Position that the next page starts after; null on the last page. */
  olderThan: string | null;
  /** Whether photos can be added: not to deleted or erased customers. */
  isActive: boolean;
}

interface Row extends Omit<Photo, 'authorName'> {
  position: string;
}

/** Microseconds since 1970 and id: exact, where JavaScript's dates would lose the microseconds. */
const POSITION_FORMAT = /^(\d{1,18})_([0-9a-f-]{36})$/;

/** Lists a page of a customer's photos, newest first; null for an unknown customer. */
export async function listPhotos(
  shopId: bigint,
  customerId: bigint,
  before: string | null,
): Promise<PhotoPage | null> {
  const [, micros = null, photoId = null] = POSITION_FORMAT.exec(before ?? '') ?? [];
  const [customers, { rows }] = await Promise.all([
    pool.query<{ isActive: boolean }>(
      `SELECT state = 'active' AS "isActive" FROM customers WHERE shop_id = $1 AND customer_id = $2`,
      [shopId, customerId],
    ),
    pool.query<Row>(
      `SELECT photo_id AS "photoId", caption, width, height, author, created_at AS "createdAt",
         (extract(epoch FROM created_at) * 1000000)::bigint || '_' || photo_id AS position
       FROM customer_photos WHERE shop_id = $1 AND customer_id = $2
         AND ($3::bigint IS NULL OR (created_at, photo_id) < ('epoch'::timestamptz + $3::bigint * interval '1 microsecond', $4::uuid))
       ORDER BY created_at DESC, photo_id DESC LIMIT ${PHOTOS_A_PAGE + 1}`,
      [shopId, customerId, micros, photoId],
    ),
  ]);
  const [customer] = customers.rows;
  if (!customer) return null;
  const shown = rows.slice(0, PHOTOS_A_PAGE);
  const names = await staffNames(
    shopId,
    shown.map(({ author }) => author),
  );
  return {
    photos: shown.map(({ position: _position, ...photo }) => ({
      ...photo,
      authorName: names.get(photo.author) ?? null,
    })),
    olderThan: rows.length > shown.length ? (shown.at(-1)?.position ?? null) : null,
    isActive: customer.isActive,
  };
}

/**
 * Reads a photo's picture; null for an unknown photo.
 * @throws UpstreamError when the storage is unavailable.
 */
export async function readPhotoFile(
  shopId: bigint,
  photoId: string,
  size: 'full' | 'thumb',
): Promise<{ bytes: Uint8Array<ArrayBuffer>; mediaType: string } | null> {
  const { rows } = await pool.query<{ key: string; mediaType: string }>(
    `SELECT ${size === 'thumb' ? 'thumb_key' : 'file_key'} AS key, media_type AS "mediaType" FROM customer_photos
      WHERE shop_id = $1 AND photo_id = $2`,
    [shopId, photoId],
  );
  const [row] = rows;
  const bytes = row ? await readFile(row.key) : null;
  return row && bytes ? { bytes, mediaType: row.mediaType } : null;
}
