/** Keeps what customers bought of each variant, from their lines. */
import type { Transaction } from '#app/db.server.ts';
import { bigintArray } from '#app/lib/pg-arrays.ts';
import type { OrderState } from '../rules/order-state.ts';

/** What one customer bought of one variant; the variant is 0 where a line names none, the product null for own items. */
export interface BoughtKey {
  shopId: bigint;
  customerId: bigint;
  productId: bigint | null;
  variantId: bigint;
}

/** Who bought what by the stored lines of these orders. */
export async function listBought(
  tx: Transaction,
  orders: readonly { shopId: bigint; order: OrderState }[],
): Promise<BoughtKey[]> {
  const { rows } = await tx.query<BoughtKey>(
    `SELECT DISTINCT l.shop_id AS "shopId", l.customer_id AS "customerId", l.product_id AS "productId", coalesce(l.variant_id, 0) AS "variantId"
     FROM unnest($1::bigint[], $2::bigint[]) AS k (shop_id, order_id) JOIN order_lines l USING (shop_id, order_id)
     WHERE l.customer_id IS NOT NULL`,
    [bigintArray(orders.map(({ shopId }) => shopId)), bigintArray(orders.map(({ order }) => order.orderId))],
  );
  return rows;
}

/** What the rows are, for the keys `k`; the audit uses the same. */
export const BOUGHT = `
  SELECT l.shop_id, l.customer_id, l.product_id, coalesce(l.variant_id, 0) AS variant_id, min(l.bought_at) AS first_at,
    max(l.bought_at) AS last_at, count(DISTINCT l.order_id)::int AS times, sum(l.kept_quantity)::int AS units,
    sum(l.net_minor)::bigint AS net_minor
  FROM order_lines l`;

const KEYS = `SELECT DISTINCT * FROM unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::bigint[]) AS n (shop_id, customer_id, product_id, variant_id)`;

/**
 * Recomputes what customers bought of variants. `before` is whom orders' lines named before they were written, `written`
 * whom they name now: only of the former can nothing be left. Their rows of `customer_stats` are locked.
 */
export async function countBought(
  tx: Transaction,
  { before, written }: { before: readonly BoughtKey[]; written: readonly BoughtKey[] },
): Promise<void> {
  const keys = columnsOf([...before, ...written]);
  if (keys === null) return;
  await tx.query(
    `INSERT INTO customer_products AS p (shop_id, customer_id, product_id, variant_id, first_at, last_at, times, units, net_minor)
     SELECT n.* FROM (${KEYS}) k CROSS JOIN LATERAL (${BOUGHT}
       WHERE l.shop_id = k.shop_id AND l.customer_id = k.customer_id AND l.product_id = k.product_id
         AND coalesce(l.variant_id, 0) = k.variant_id AND l.bought_at IS NOT NULL GROUP BY 1, 2, 3, 4) n
     ON CONFLICT (shop_id, customer_id, product_id, variant_id) DO UPDATE SET first_at = excluded.first_at,
       last_at = excluded.last_at, times = excluded.times, units = excluded.units, net_minor = excluded.net_minor
     WHERE (p.first_at, p.last_at, p.times, p.units, p.net_minor) IS DISTINCT FROM
       (excluded.first_at, excluded.last_at, excluded.times, excluded.units, excluded.net_minor)`,
    keys,
  );
  const emptied = columnsOf(before);
  if (emptied === null) return;
  await tx.query(
    `DELETE FROM customer_products p USING (${KEYS}) k
     WHERE p.shop_id = k.shop_id AND p.customer_id = k.customer_id AND p.product_id = k.product_id AND p.variant_id = k.variant_id
       AND NOT EXISTS (SELECT 1 FROM order_lines l WHERE l.shop_id = k.shop_id AND l.customer_id = k.customer_id
         AND l.product_id = k.product_id AND coalesce(l.variant_id, 0) = k.variant_id AND l.bought_at IS NOT NULL)`,
    emptied,
  );
}

/** Null without any product. */
function columnsOf(keys: readonly BoughtKey[]): string[] | null {
  const products = keys.filter(({ productId }) => productId !== null);
  if (products.length === 0) return null;
  return [
    bigintArray(products.map(({ shopId }) => shopId)),
    bigintArray(products.map(({ customerId }) => customerId)),
    bigintArray(products.map(({ productId }) => productId)),
    bigintArray(products.map(({ variantId }) => variantId)),
  ];
}

/** Deletes what no line of the shop says. */
export async function deleteLeftOver(tx: Transaction, shopId: bigint): Promise<void> {
  await tx.query(
    `DELETE FROM customer_products p WHERE p.shop_id = $1 AND NOT EXISTS (SELECT 1 FROM order_lines l
       WHERE l.shop_id = $1 AND l.customer_id = p.customer_id AND l.product_id = p.product_id
         AND coalesce(l.variant_id, 0) = p.variant_id AND l.bought_at IS NOT NULL)`,
    [shopId],
  );
}
