import { pool } from '#app/db.server.ts';
import { ensureProducts } from '#app/modules/products/ensure-products.server.ts';
import { shopsAskingProducts } from '../shops-asking-products.server.ts';
import { ORDERS_A_BATCH, type Backfill } from './backfill-rows.server.ts';

/**
 * Sees to it that the products of a backfill's next orders are known, if the shop's rules ask about products. Asks Shopify,
 * so before the transaction that counts or awards them. Throws UpstreamError when Shopify does not answer.
 */
export async function ensureBatchProducts({ shopId, backfillId, cursor }: Backfill): Promise<void> {
  if (!(await shopsAskingProducts(pool, new Set([shopId]))).has(shopId)) return;
  const { rows } = await pool.query<{ payload: unknown }>(
    `SELECT payload FROM backfill_orders WHERE shop_id = $1 AND backfill_id = $2 AND order_id > $3
     ORDER BY order_id LIMIT ${ORDERS_A_BATCH}`,
    [shopId, backfillId, cursor],
  );
  await ensureProducts(
    shopId,
    rows.map(({ payload }) => payload),
  );
}
