/** The Products tab of a customer's page: what they ever bought, and what they like best (F54, F56). */
import { pool } from '#app/db.server.ts';
import { readCustomer } from '#app/modules/customers/customers.queries.server.ts';

const PRODUCTS_SHOWN_MAX = 25;

export const PRODUCT_MEASURES = ['quantity', 'amount'] as const;
/** By items, or by what was paid for them. */
export type ProductMeasure = (typeof PRODUCT_MEASURES)[number];

export interface BoughtProduct {
  /** Null for what was typed into an order without being a product. */
  productId: bigint | null;
  /** Empty where unknown. */
  title: string;
  imageUrl: string | null;
  /** Quantity bought less returned. */
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

/** Customer $2 of shop $1, with those merged into them: late events may have left orders with these. */
const THEIRS = `ANY(ARRAY(SELECT $2::bigint UNION ALL SELECT m.customer_id FROM customers m WHERE m.shop_id = $1 AND m.merged_into = $2))`;

/** Lines of their valid orders of which something was kept. */
const KEPT_LINES = `order_lines l WHERE l.shop_id = $1 AND l.customer_id = ${THEIRS} AND l.bought_at IS NOT NULL`;

/** A row for each product, from what is kept of variants, and for each title of what is no product. */
const BOUGHT = `
  SELECT p.product_id, NULL AS title, sum(p.units)::int AS quantity, sum(p.net_minor)::bigint AS "amountMinor",
    max(p.last_at) AS last_at, CASE WHEN count(*) = 1 THEN max(p.times) END AS orders
  FROM customer_products p WHERE p.shop_id = $1 AND p.customer_id = ${THEIRS} GROUP BY p.product_id
  UNION ALL
  SELECT NULL, l.title, sum(l.kept_quantity)::int, sum(l.net_minor)::bigint, max(l.bought_at), count(DISTINCT l.order_id)::int
  FROM ${KEPT_LINES} AND l.product_id IS NULL GROUP BY l.title`;

/** Reads the products that a customer bought; null for an unknown customer. */
export async function readProductsTab(
  shopId: bigint,
  customerId: bigint,
  measure: ProductMeasure,
): Promise<ProductsView | null> {
  const by = measure === 'quantity' ? 'quantity' : '"amountMinor"';
  const [customer, { rows }] = await Promise.all([
    readCustomer(shopId, customerId),
    pool.query<Row>(
      `SELECT b.product_id AS "productId", b.quantity, b."amountMinor", b.last_at AS "lastAt", p.image_url AS "imageUrl",
         coalesce(nullif(p.title, ''), b.title, (SELECT l.title FROM ${KEPT_LINES} AND l.product_id = b.product_id
           ORDER BY l.bought_at DESC, l.order_id DESC LIMIT 1), '') AS title,
         coalesce(b.orders, (SELECT count(DISTINCT l.order_id)::int FROM ${KEPT_LINES} AND l.product_id = b.product_id)) AS orders,
         b."allProducts", b."allQuantity", b."allAmountMinor"
       FROM (SELECT *, (count(*) OVER ())::int AS "allProducts", (sum(quantity) OVER ())::int AS "allQuantity",
           (sum("amountMinor") OVER ())::bigint AS "allAmountMinor" FROM (${BOUGHT}) every
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

/** F54: the points printed on the products that a customer bought, for each one not returned. */
export async function readPrintedPoints(shopId: bigint, customerId: bigint): Promise<bigint> {
  const { rows } = await pool.query<{ points: bigint }>(
    `SELECT coalesce(sum(b.units * p.printed_points), 0)::bigint AS points
     FROM customer_products b JOIN products p ON p.shop_id = $1 AND p.product_id = b.product_id AND p.printed_points > 0
     WHERE b.shop_id = $1 AND b.customer_id = ${THEIRS}`,
    [shopId, customerId],
  );
  return rows[0]?.points ?? 0n;
}
