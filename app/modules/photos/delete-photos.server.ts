import type { Transaction } from '#app/db.server.ts';
import { dropFiles } from './file-removals.server.ts';

interface Deleted {
  file_key: string;
  thumb_key: string;
}

const RETURNING = 'RETURNING file_key, thumb_key';

/** Deletes the photos of these customers with their files, once the transaction is committed. Returns how many. */
export async function deletePhotosOf(
  tx: Transaction,
  shopId: bigint,
  customerIds: readonly bigint[],
): Promise<number> {
  const { rows } = await tx.query<Deleted>(
    `DELETE FROM customer_photos WHERE shop_id = $1 AND customer_id = ANY($2::bigint[]) ${RETURNING}`,
    [shopId, customerIds],
  );
  return removeFilesOf(tx, shopId, rows);
}

/** As `deletePhotosOf`, for every customer of a shop. */
export async function deletePhotosOfShop(tx: Transaction, shopId: bigint): Promise<number> {
  const { rows } = await tx.query<Deleted>(`DELETE FROM customer_photos WHERE shop_id = $1 ${RETURNING}`, [
    shopId,
  ]);
  return removeFilesOf(tx, shopId, rows);
}

async function removeFilesOf(tx: Transaction, shopId: bigint, photos: readonly Deleted[]): Promise<number> {
  await dropFiles(
    tx,
    shopId,
    photos.flatMap((photo) => [photo.file_key, photo.thumb_key]),
  );
  return photos.length;
}
