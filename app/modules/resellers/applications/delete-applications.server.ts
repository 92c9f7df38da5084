/** Applications end with their pictures: by staff, with an erased customer, and with the shop. */
import { withTransaction, type Transaction } from '#app/db.server.ts';
import { dropFiles } from '#app/modules/photos/file-removals.server.ts';

/** Deletes what a condition on `reseller_applications` (`$1` is the shop) finds. Returns how many. */
async function deleteWhere(
  tx: Transaction,
  where: string,
  values: readonly [bigint, ...unknown[]],
): Promise<number> {
  const [shopId] = values;
  const files = await tx.query<{ fileKey: string; thumbKey: string }>(
    `DELETE FROM application_files WHERE shop_id = $1
       AND application_id IN (SELECT application_id FROM reseller_applications WHERE shop_id = $1 AND ${where})
     RETURNING file_key AS "fileKey", thumb_key AS "thumbKey"`,
    [...values],
  );
  await dropFiles(
    tx,
    shopId,
    files.rows.flatMap(({ fileKey, thumbKey }) => [fileKey, thumbKey]),
  );
  const { rowCount } = await tx.query(`DELETE FROM reseller_applications WHERE shop_id = $1 AND ${where}`, [
    ...values,
  ]);
  return rowCount ?? 0;
}

/** Staff delete one. False where there is none. */
export async function deleteApplication(shopId: bigint, applicationId: string): Promise<boolean> {
  return withTransaction(
    async (tx) => (await deleteWhere(tx, 'application_id = $2', [shopId, applicationId])) === 1,
  );
}

/** Deletes those of these customers. Returns how many. */
export async function deleteApplicationsOf(
  tx: Transaction,
  shopId: bigint,
  customerIds: readonly bigint[],
): Promise<number> {
  return deleteWhere(tx, 'customer_id = ANY($2::bigint[])', [shopId, customerIds]);
}

/** Deletes those with one of these e-mail addresses or phone numbers. Returns how many. */
export async function deleteApplicationsFrom(
  tx: Transaction,
  shopId: bigint,
  contacts: readonly string[],
): Promise<number> {
  return deleteWhere(tx, '(email = ANY($2::text[]) OR phone = ANY($2::text[]))', [shopId, contacts]);
}

/** Deletes all of a shop. Returns how many. */
export async function deleteApplicationsOfShop(tx: Transaction, shopId: bigint): Promise<number> {
  return deleteWhere(tx, 'true', [shopId]);
}
