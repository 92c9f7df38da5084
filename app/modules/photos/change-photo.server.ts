/** What staff can do with a photo that is there. */
import { z } from 'zod';
import { pool, withTransaction } from '#app/db.server.ts';
import { fieldErrors, type FieldErrors } from '#app/lib/field-errors.ts';
import { dropFiles } from './file-removals.server.ts';
import { CAPTION_CHARACTERS_MAX } from './photo-limits.ts';

export type PhotoAnswer = { ok: true } | { ok: false; errors: FieldErrors };

const GONE: PhotoAnswer = { ok: false, errors: { form: { code: 'gone' } } };

const form = z.discriminatedUnion('intent', [
  z.object({
    intent: z.literal('caption'),
    photoId: z.uuid('invalid'),
    caption: z.string().trim().max(CAPTION_CHARACTERS_MAX, `too_long`),
  }),
  z.object({ intent: z.literal('delete'), photoId: z.uuid('invalid') }),
]);

/** Runs the form's `intent` on a photo of this customer: `caption` or `delete`. */
export async function changePhoto(shopId: bigint, customerId: bigint, values: unknown): Promise<PhotoAnswer> {
  const read = form.safeParse(values);
  if (!read.success) return { ok: false, errors: { form: { code: 'invalid' }, ...fieldErrors(read.error) } };
  const { data } = read;
  if (data.intent === 'delete') return deletePhoto(shopId, customerId, data.photoId);
  const { rowCount } = await pool.query(
    `UPDATE customer_photos SET caption = $4 WHERE shop_id = $1 AND customer_id = $2 AND photo_id = $3`,
    [shopId, customerId, data.photoId, data.caption],
  );
  return rowCount === 1 ? { ok: true } : GONE;
}

function deletePhoto(shopId: bigint, customerId: bigint, photoId: string): Promise<PhotoAnswer> {
  return withTransaction(async (tx) => {
    const { rows } = await tx.query<{ file_key: string; thumb_key: string }>(
      `DELETE FROM customer_photos WHERE shop_id = $1 AND customer_id = $2 AND photo_id = $3 RETURNING file_key, thumb_key`,
      [shopId, customerId, photoId],
    );
    await dropFiles(
      tx,
      shopId,
      rows.flatMap((row) => [row.file_key, row.thumb_key]),
    );
    return rows.length === 1 ? { ok: true } : GONE;
  });
}
