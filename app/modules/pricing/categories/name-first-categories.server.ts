import type { Transaction } from '#app/db.server.ts';
import { firstCategoryNames } from '../rules/first-categories.ts';

/** Calls the six categories of a shop that just began as its language does. */
export async function nameFirstCategories(tx: Transaction, shopId: bigint): Promise<void> {
  const { rows } = await tx.query<{ locale: string }>('SELECT locale FROM shops WHERE shop_id = $1', [
    shopId,
  ]);
  const names = firstCategoryNames(rows[0]?.locale ?? 'en');
  if (names.length === 0) return;
  await tx.query(
    `UPDATE categories g SET name = n.name FROM unnest($2::text[], $3::text[]) AS n (key, name)
     WHERE g.shop_id = $1 AND g.key = n.key`,
    [shopId, names.map(([key]) => key), names.map(([, name]) => name)],
  );
}
