/** What a customer may not buy, for the till: Shopify's validation doesn't run there, so staff are told. */
import { pool } from '#app/db.server.ts';

/** More than this a till isn't told of. */
const LOCKED_MAX = 1_000;

/** By what was written to Shopify: the till says the same as the cart on the web. */
const LOCKED = `
  SELECT p.product_id AS id FROM price_products p
    JOIN access_settings x ON x.shop_id = p.shop_id AND x.is_on
    LEFT JOIN customers c ON c.shop_id = p.shop_id AND c.customer_id = $2 AND c.state = 'active' AND c.merged_into IS NULL
    LEFT JOIN categories g ON g.shop_id = p.shop_id AND (g.category_id = c.category_id OR c.customer_id IS NOT NULL AND c.category_id IS NULL AND g.is_default)
   WHERE p.shop_id = $1 AND p.written IS NOT NULL
     AND NOT (coalesce(p.written->'cats' ? g.key, false) OR coalesce(p.written->'tiers' ? ('t' || c.tier_id), false))
   ORDER BY 1 LIMIT ${LOCKED_MAX}`;

/** Lists the products that the shop sells only to others than this customer. */
export async function listLocked(shopId: bigint, customerId: bigint): Promise<bigint[]> {
  const { rows } = await pool.query<{ id: bigint }>(LOCKED, [shopId, customerId]);
  return rows.map(({ id }) => id);
}
