/** The Products tab of a customer's page: what they ever bought, and what they like best (F54, F56). */
import { pool } from '#app/db.server.ts';
import { readCustomer } from '../customers.queries.server.ts';
import { IS_VALID, ORDERS_OF } from '../refresh-stats.server.ts';

const PRODUCTS_SHOWN_MAX = 25;

export const PRODUCT_MEASURES = ['quantity', 'amount'] as const;
/** By pieces, or by what was paid for them. */
export type ProductMeasure = (typeof PRODUCT_MEASURES)[number];

export interface BoughtProduct {
  /** Null for what was typed into an order without being a product. */
  productId: bigint | null;
  /** Empty where nothing told it. */
  title: string;
  imageUrl: string | null;
  /** Pieces kept. */
  quantity: number;
  amountMinor: bigint;
  /** In how many orders. */
  orders: number;
  lastAt: Date;
}

export interface ProductsView {
  customerId: bigint;
  measure: ProductMeasure;
  /** The favourites by the measure, most first; the rest is in the sums only. */
  products: BoughtProduct[];
  totals: { products: number; quantity: number; amountMinor: bigint };
}

interface Row extends BoughtProduct {
  allProducts: number;
  allQuantity: number;
  allAmountMinor: bigint;
}

/** Lines of valid orders of customer $2, what went back left out. */
const BOUGHT = `
  SELECT l.product_id, CASE WHEN l.product_id IS NULL THEN l.title END AS own_title, l.title, l.kept_quantity, l.net_minor,
    l.order_id, o.processed_at
  FROM (SELECT $1::bigint AS shop_id, $2::bigint AS customer_id) k CROSS JOIN LATERAL ${ORDERS_OF} o
    JOIN order_lines l ON l.shop_id = o.shop_id AND l.order_id = o.order_id
  WHERE ${IS_VALID} AND l.kept_quantity > 0`;

/** The products that a customer bought; null for one whom the shop does not have. */
export async function readProductsTab(
  shopId: bigint,
  customerId: bigint,
  measure: ProductMeasure,
): Promise<ProductsView | null> {
  const by = measure === 'quantity' ? 'quantity' : '"amountMinor"';
  const [customer, { rows }] = await Promise.all([
    readCustomer(shopId, customerId),
    pool.query<Row>(
      `SELECT b.product_id AS "productId", coalesce(nullif(p.title, ''), b.title) AS title, p.image_url AS "imageUrl",
         b.quantity, b."amountMinor", b.orders, b.last_at AS "lastAt", b."allProducts", b."allQuantity", b."allAmountMinor"
       FROM (
         SELECT product_id, (array_agg(title ORDER BY processed_at DESC))[1] AS title, sum(kept_quantity)::int AS quantity,
           sum(net_minor)::bigint AS "amountMinor", count(DISTINCT order_id)::int AS orders, max(processed_at) AS last_at,
           (count(*) OVER ())::int AS "allProducts", (sum(sum(kept_quantity)) OVER ())::int AS "allQuantity",
           (sum(sum(net_minor)) OVER ())::bigint AS "allAmountMinor"
         FROM (${BOUGHT}) bought GROUP BY product_id, own_title
         ORDER BY ${by} DESC, last_at DESC LIMIT ${PRODUCTS_SHOWN_MAX}) b
       LEFT JOIN products p ON p.shop_id = $1 AND p.product_id = b.product_id
       ORDER BY b.${by} DESC, b.last_at DESC`,
      [shopId, customerId],
    ),
  ]);
  if (!customer) return null;
  const [first] = rows;
  return {
    customerId,
    measure,
    products: rows.map(({ allProducts: _p, allQuantity: _q, allAmountMinor: _a, ...product }) => product),
    totals: {
      products: first?.allProducts ?? 0,
      quantity: first?.allQuantity ?? 0,
      amountMinor: first?.allAmountMinor ?? 0n,
    },
  };
}

/** F54: the points printed on the products that a customer bought, for every piece they kept. */
export async function readPrintedPoints(shopId: bigint, customerId: bigint): Promise<bigint> {
  const { rows } = await pool.query<{ points: bigint }>(
    `SELECT coalesce(sum(b.kept_quantity * p.printed_points), 0)::bigint AS points
     FROM (${BOUGHT}) b JOIN products p ON p.shop_id = $1 AND p.product_id = b.product_id AND p.printed_points > 0`,
    [shopId, customerId],
  );
  return rows[0]?.points ?? 0n;
}
