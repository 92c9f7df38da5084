/** Processes shop/redact: deletes a shop from every table, and its files from the storage. */
import type { Queryable, Transaction } from '#app/db.server.ts';
import { invariant } from '#app/lib/errors.ts';
import type { ShopEvent } from '#app/lib/shop-event.ts';
import { queueAccountClosing } from '#app/modules/messaging/channels/close-accounts.server.ts';
import { deletePhotosOfShop } from '#app/modules/photos/delete-photos.server.ts';
import { deleteApplicationsOfShop } from '#app/modules/resellers/applications/delete-applications.server.ts';
import { removeExportFiles } from '#app/modules/workbooks/export/remove-files.server.ts';
import { removeImportFiles } from '#app/modules/workbooks/import/remove-files.server.ts';
import { addRecord } from './privacy-records.server.ts';

/** The proof, and what finds the shop's files and its account at Twilio after its rows are deleted. */
const OUTLIVE_THE_SHOP = ['shops', 'privacy_records', 'file_removals', 'account_closings'];

/**
 * Deletes every row of the shop in every table, the ledger included. The shop's domain and the record of the erasure
 * stay. A shop that has reinstalled the app since its uninstall is left alone.
 */
export async function eraseShop(tx: Transaction, event: ShopEvent): Promise<void> {
  const { shopId } = event;
  const { rows } = await tx.query<{ domain: string; isBack: boolean }>(
    `SELECT domain, coalesce(uninstalled_at < installed_at, false) AS "isBack" FROM shops WHERE shop_id = $1 FOR UPDATE`,
    [shopId],
  );
  const [shop] = rows;
  invariant(shop, `webhook of shop ${shopId}, which has no row`);
  if (shop.isBack) return addRecord(tx, event, null, { erased: false, reason: 'reinstalled' });

  const photos = await deletePhotosOfShop(tx, shopId);
  await deleteApplicationsOfShop(tx, shopId);
  await removeImportFiles(tx, shopId);
  await removeExportFiles(tx, shopId);
  await queueAccountClosing(tx, shopId);
  // The ledger's trigger allows deletes under this setting only; it ends with the transaction.
  await tx.query(`SET LOCAL setia.erasing_shop = 'on'`);
  const deleted: Record<string, number> = {};
  for (const table of await tablesOfShops(tx)) {
    const { rowCount } = await tx.query(`DELETE FROM ${table} WHERE shop_id = $1`, [shopId]);
    if (rowCount !== null && rowCount > 0) deleted[table] = rowCount;
  }
  await tx.query(`SET LOCAL setia.erasing_shop = 'off'`);
  await tx.query(`DELETE FROM "Session" WHERE shop = $1`, [shop.domain]);
  await tx.query(
    `UPDATE shops SET name = NULL, currency = NULL, country = NULL, time_zone = 'UTC', unknown_time_zone = NULL, locale = 'en', scopes = NULL,
            installed_at = NULL, reconciled_until = NULL WHERE shop_id = $1`,
    [shopId],
  );
  await addRecord(tx, event, null, { erased: true, photos, deleted });
}

/** Every table with a shop_id but those: a table that is added later is covered too. */
async function tablesOfShops(tx: Transaction): Promise<string[]> {
  const { rows } = await tx.query<{ name: string }>(
    `SELECT quote_ident(table_name) AS name FROM information_schema.columns JOIN information_schema.tables
       USING (table_schema, table_name)
      WHERE table_schema = 'public' AND table_type = 'BASE TABLE' AND column_name = 'shop_id'
        AND table_name <> ALL ($1::text[]) ORDER BY 1`,
    [OUTLIVE_THE_SHOP],
  );
  return rows.map(({ name }) => name);
}

/**
 * Returns which of these shops were erased and have not installed the app since: late events of theirs are not
 * processed, or they would bring personal data back.
 */
export async function findErasedShops(db: Queryable, shopIds: readonly bigint[]): Promise<Set<bigint>> {
  const { rows } = await db.query<{ shopId: bigint }>(
    `SELECT DISTINCT shop_id AS "shopId" FROM privacy_records JOIN shops USING (shop_id)
      WHERE shop_id = ANY($1::bigint[]) AND topic = 'shop/redact' AND outcome @> '{"erased": true}'
        AND installed_at IS NULL`,
    [[...new Set(shopIds)]],
  );
  return new Set(rows.map(({ shopId }) => shopId));
}
