/** What the customers of a category bought and what prices took off, from the sums that orders keep. */
import { pool } from '#app/db.server.ts';

export interface SalesLine {
  orders: number;
  /** After discounts and refunds, in minor units of the shop's currency. */
  salesMinor: bigint;
  /** What prices took off that did not go back with refunded items. */
  discountMinor: bigint;
}

export interface CategorySales {
  /** The last twelve months with orders, the newest first; `month` is its first day, `YYYY-MM-DD`. */
  months: (SalesLine & { month: string })[];
  total: SalesLine;
  /** Orders of before the shop's first prices are still being counted. */
  isCounting: boolean;
}

const MONTHS_SHOWN = 12;

const READ = `
  SELECT s.month::text AS month, sum(s.orders)::int AS orders, sum(s.sales_minor)::bigint AS "salesMinor",
    sum(s.discount_minor)::bigint AS "discountMinor"
  FROM category_sales s WHERE s.shop_id = $1 AND (s.category_id = $2 OR s.category_id IN (
    SELECT h.category_id FROM category_homes h WHERE h.shop_id = $1 AND h.home_id = $2))
  GROUP BY s.month HAVING sum(s.orders) <> 0 ORDER BY s.month DESC`;

/** Reads a category's sums, with those of categories that were removed into it. */
export async function readCategorySales(shopId: bigint, categoryId: bigint): Promise<CategorySales> {
  const [{ rows }, settings] = await Promise.all([
    pool.query<SalesLine & { month: string }>(READ, [shopId, categoryId]),
    pool.query<{ isCounting: boolean }>(
      'SELECT counted_to IS NOT NULL AS "isCounting" FROM price_settings WHERE shop_id = $1',
      [shopId],
    ),
  ]);
  const total = { orders: 0, salesMinor: 0n, discountMinor: 0n };
  for (const { orders, salesMinor, discountMinor } of rows) {
    total.orders += orders;
    total.salesMinor += salesMinor;
    total.discountMinor += discountMinor;
  }
  return { months: rows.slice(0, MONTHS_SHOWN), total, isCounting: settings.rows[0]?.isCounting ?? false };
}
