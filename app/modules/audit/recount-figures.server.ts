import { pool } from '#app/db.server.ts';
import { forEachShop } from '#app/modules/shops/for-each-shop.server.ts';
import { recountCustomers } from './recount-customers.server.ts';

const DUE = `
  SELECT shop_id AS "shopId", currency FROM shops WHERE currency IS NOT NULL AND figures_currency IS DISTINCT FROM currency ORDER BY 1`;

const DONE = 'UPDATE shops SET figures_currency = $2 WHERE shop_id = $1';

/**
 * Counts the figures of orders and customers again in every shop whose currency they are not in. Returns how many shops
 * were counted.
 */
export async function recountFigures(signal?: AbortSignal): Promise<number> {
  const { rows } = await pool.query<{ shopId: bigint; currency: string }>(DUE);
  return forEachShop(
    'recount-figures',
    rows,
    async ({ shopId, currency }) => {
      await recountCustomers(shopId);
      await pool.query(DONE, [shopId, currency]);
      return 1;
    },
    { signal },
  );
}
