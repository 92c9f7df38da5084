import { pool } from '#app/db.server.ts';
import { ensureOrderProducts } from '../award/ensure-order-products.server.ts';
import { shopsNeedingProducts } from '../award/shops-needing-products.server.ts';
import { ORDERS_A_BATCH, type Backfill } from './backfill-rows.server.ts';

/**
 * Sees to it that the products of a backfill's next orders are known, if the shop's rules ask about products. Asks Shopify,
 * so before the transaction that counts or awards them. Throws UpstreamError when Shopify does not answer.
 */
export async function ensureBatchProducts({ shopId, backfillId, cursor }: Backfill): Promise<void> {
  if (!(await shopsNeedingProducts(pool, new Set([shopId]))).has(shopId)) return;
  const { rows } = await pool.query<{ payload: unknown }>(
    `SELECT payload FROM backfill_orders WHERE shop_id = $1 AND backfill_id = $2 AND order_id > $3
     ORDER BY order_id LIMIT ${ORDERS_A_BATCH}`,
    [shopId, backfillId, cursor],
  );
  await ensureOrderProducts(
    shopId,
    rows.map(({ payload }) => payload),
  );
}
