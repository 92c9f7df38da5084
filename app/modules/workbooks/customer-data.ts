import type { Transaction } from '#app/db.server.ts';
import type { CustomerData } from '#app/modules/customers/customer-data.ts';
import { removeExportsOf } from './export/remove-files.server.ts';
import { removeImportFiles } from './import/remove-files.server.ts';

export const CUSTOMER_DATA = [
  {
    table: 'import_rows',
    onMerge: { stays: 'what a file said of the deleted customer, until the rows are deleted' },
    onExport: { section: 'imports' },
    onErase: { delete: deleteImportedRows },
  },
  {
    // Has no customer_id: which customers a file holds is not stored.
    table: 'exports',
    onMerge: { stays: 'files as they were written, for some days' },
    onExport: { leftOut: 'copies of what the other sections show, for some days' },
    onErase: { delete: removeExportsOf },
  },
] satisfies CustomerData[];

/** Deletes the rows of these customers, and the files in which they are. */
async function deleteImportedRows(
  tx: Transaction,
  shopId: bigint,
  customerIds: readonly bigint[],
): Promise<number> {
  const { rows } = await tx.query<{ importId: bigint }>(
    `DELETE FROM import_rows WHERE shop_id = $1 AND customer_id = ANY ($2::bigint[]) RETURNING import_id AS "importId"`,
    [shopId, customerIds],
  );
  const importIds = [...new Set(rows.map(({ importId }) => importId))];
  await removeImportFiles(tx, shopId, importIds);
  return rows.length;
}
