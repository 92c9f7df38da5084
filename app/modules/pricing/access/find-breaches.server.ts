/** Orders with products that their customers may not buy: carts can get past the validation (it can't run, tills, other apps). */
import { pool } from '#app/db.server.ts';

/** Looked at again until what an order is changes no more. */
const LOOKED_BACK = `interval '8 days'`;

/** Carts and checkouts keep what they knew of a product for a while. */
const SEEN_WITHIN = `interval '1 minute'`;

/**
 * Whether a customer may buy is asked by their category and tier of today. Only orders placed since the product was locked; at
 * the till staff decide.
 */
const FIND = `
  INSERT INTO access_findings (shop_id, order_id, product_id, customer_id)
  SELECT o.shop_id, o.order_id, l.product_id, o.customer_id
    FROM orders o JOIN order_lines l USING (shop_id, order_id)
    JOIN LATERAL (SELECT min(since) AS since FROM access_products a WHERE a.shop_id = o.shop_id AND a.product_id = l.product_id) a
      ON a.since < o.processed_at - ${SEEN_WITHIN}
    JOIN price_products p ON p.shop_id = o.shop_id AND p.product_id = l.product_id AND p.written IS NOT NULL
    LEFT JOIN customers c ON c.shop_id = o.shop_id AND c.customer_id = o.customer_id
    LEFT JOIN categories g ON g.shop_id = o.shop_id AND (g.category_id = c.category_id OR c.customer_id IS NOT NULL AND c.category_id IS NULL AND g.is_default)
   WHERE o.shop_id = $1 AND o.processed_at > ledger_now() - ${LOOKED_BACK} AND NOT o.is_test AND o.cancelled_at IS NULL
     AND o.source_name IS DISTINCT FROM 'pos' AND l.kept_quantity > 0
     AND NOT (coalesce(p.written->'cats' ? g.key, false) OR coalesce(p.written->'tiers' ? ('t' || c.tier_id), false))
   GROUP BY 1, 2, 3, 4 ON CONFLICT DO NOTHING`;

/** Finds what got through. Returns how many are new. */
export async function findBreaches(shopId: bigint): Promise<number> {
  const { rowCount } = await pool.query(FIND, [shopId]);
  await pool.query('UPDATE access_settings SET searched_at = clock_timestamp() WHERE shop_id = $1', [shopId]);
  return rowCount ?? 0;
}
