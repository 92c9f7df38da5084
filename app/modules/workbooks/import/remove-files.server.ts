import type { Transaction } from '#app/db.server.ts';
import { dropFiles } from '#app/modules/photos/file-removals.server.ts';

/** Removes the files of these imports, of all of a shop's when there is no list, once the transaction is committed. */
export async function removeImportFiles(
  tx: Transaction,
  shopId: bigint,
  importIds: readonly bigint[] | null = null,
): Promise<void> {
  const { rows } = await tx.query<{ keys: (string | null)[] }>(
    `WITH known AS (SELECT import_id, file_key, error_file_key FROM imports
       WHERE shop_id = $1 AND ($2::bigint[] IS NULL OR import_id = ANY ($2)) FOR UPDATE)
     UPDATE imports i SET file_key = NULL, error_file_key = NULL FROM known k
      WHERE i.shop_id = $1 AND i.import_id = k.import_id RETURNING ARRAY[k.file_key, k.error_file_key] AS keys`,
    [shopId, importIds],
  );
  await dropFiles(
    tx,
    shopId,
    rows.flatMap(({ keys }) => keys.filter((key) => key !== null)),
  );
}
