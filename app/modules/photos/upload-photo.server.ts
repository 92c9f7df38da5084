import { randomUUID } from 'node:crypto';
import { pool, withTransaction, type Queryable } from '#app/db.server.ts';
import { storeFile } from '#app/integrations/storage/files.server.ts';
import { UpstreamError } from '#app/lib/errors.ts';
import { logger } from '#app/lib/logger.server.ts';
import { safeErrorText } from '#app/lib/safe-error.ts';
import { announceFiles, claimFiles, dropFiles } from './file-removals.server.ts';
import { PHOTOS_MAX, type PhotoProblem, type UploadAnswer } from './photo-limits.ts';
import { PHOTO_MEDIA_TYPE, preparePhoto, type PreparedPhoto } from './prepare-photo.server.ts';

export interface PhotoUpload {
  shopId: bigint;
  customerId: bigint;
  /** `staff:<user id>` */
  actor: string;
  bytes: Uint8Array;
}

/** The lock makes an erasure of the customer wait for this row, and this row see the erasure. */
const ROOM = `
  SELECT (SELECT count(*) FROM customer_photos p WHERE p.shop_id = c.shop_id AND p.customer_id = c.customer_id)::int AS photos
    FROM customers c WHERE c.shop_id = $1 AND c.customer_id = $2 AND c.state = 'active'`;

const INSERT = `
  INSERT INTO customer_photos (shop_id, photo_id, customer_id, file_key, thumb_key, media_type, bytes, width, height, author)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`;

/**
 * Stores one photo: all of it or nothing. Errors go back to the sender; files of an upload that failed on
 * the way are removed later.
 */
export async function uploadPhoto(upload: PhotoUpload): Promise<UploadAnswer> {
  const { shopId, customerId } = upload;
  const refusal = await findRefusal(pool, shopId, customerId, '');
  if (refusal !== null) return { ok: false, problem: refusal };
  const prepared = await preparePhoto(upload.bytes);
  if (!prepared.ok) return prepared;
  const photoId = randomUUID();
  const keys = { full: `shops/${shopId}/photos/${photoId}`, thumb: `shops/${shopId}/thumbs/${photoId}` };
  try {
    await announceFiles(pool, shopId, [keys.full, keys.thumb]);
    await storeFile(keys.full, prepared.photo.full);
    await storeFile(keys.thumb, prepared.photo.thumb);
  } catch (error) {
    if (!(error instanceof UpstreamError)) throw error;
    const reason = safeErrorText(error.cause);
    logger.error({ shopId: String(shopId), reason }, 'photo not stored');
    return { ok: false, problem: 'not_stored' };
  }
  const problem = await writeRow(upload, photoId, keys, prepared.photo);
  return problem === null ? { ok: true, photoId } : { ok: false, problem };
}

function writeRow(
  { shopId, customerId, actor }: PhotoUpload,
  photoId: string,
  keys: { full: string; thumb: string },
  { full, thumb, width, height }: PreparedPhoto,
): Promise<PhotoProblem | null> {
  return withTransaction(async (tx) => {
    const both = [keys.full, keys.thumb];
    const refusal = await findRefusal(tx, shopId, customerId, 'FOR SHARE');
    if (refusal !== null) {
      await dropFiles(tx, shopId, both);
      return refusal;
    }
    if (!(await claimFiles(tx, shopId, both))) return 'not_stored';
    const size = full.length + thumb.length;
    await tx.query(INSERT, [
      shopId,
      photoId,
      customerId,
      keys.full,
      keys.thumb,
      PHOTO_MEDIA_TYPE,
      size,
      width,
      height,
      actor,
    ]);
    return null;
  });
}

async function findRefusal(
  db: Queryable,
  shopId: bigint,
  customerId: bigint,
  lock: 'FOR SHARE' | '',
): Promise<PhotoProblem | null> {
  const { rows } = await db.query<{ photos: number }>(`${ROOM} ${lock}`, [shopId, customerId]);
  const [customer] = rows;
  if (!customer) return 'unknown_customer';
  return customer.photos >= PHOTOS_MAX ? 'too_many' : null;
}
