/** Price lists by category: what is in them, and what is wrong with a price. */
import { pool } from '#app/db.server.ts';
import { readCategories } from '../categories/categories.server.ts';
import { ROWS_A_PAGE } from './list-form.ts';

export interface ListedPrice {
  quantity: number;
  priceMinor: bigint;
}

export interface ListedVariant {
  variantId: bigint;
  productId: bigint;
  title: string;
  sku: string;
  /** The store's price when it was last read. */
  retailMinor: bigint;
  costMinor: bigint | null;
  prices: ListedPrice[];
}

export interface PriceListView {
  /** Null: the shop has no category. */
  categoryId: bigint | null;
  categories: { categoryId: bigint; name: string; listed: number }[];
  query: string;
  variants: ListedVariant[];
  /** The cursor of the next page; null on the last. */
  after: bigint | null;
  isFirstPage: boolean;
}

const CATEGORIES = `
  SELECT category_id AS id, count(DISTINCT variant_id)::int AS listed FROM list_prices WHERE shop_id = $1 GROUP BY 1`;

const PAGE = `
  SELECT v.variant_id AS "variantId", v.product_id AS "productId", v.title, v.sku, v.price_minor AS "retailMinor", v.cost_minor AS "costMinor",
    (SELECT jsonb_agg(jsonb_build_array(l.quantity, l.price_minor::text) ORDER BY l.quantity) FROM list_prices l
      WHERE l.shop_id = $1 AND l.category_id = $2 AND l.variant_id = v.variant_id) AS prices
  FROM listed_variants v WHERE v.shop_id = $1 AND v.variant_id > $4
    AND ($3 = '' OR strpos(lower(v.title || ' ' || v.sku), lower($3)) > 0)
    AND EXISTS (SELECT FROM list_prices l WHERE l.shop_id = $1 AND l.category_id = $2 AND l.variant_id = v.variant_id)
  ORDER BY v.variant_id LIMIT ${ROWS_A_PAGE + 1}`;

type Row = Omit<ListedVariant, 'prices'> & { prices: [number, string][] };

/** Reads a page of a category's list (null: the first category with one); `query` finds in titles and SKUs. */
export async function readPriceList(
  shopId: bigint,
  categoryId: bigint | null,
  query: string,
  after: bigint | null,
): Promise<PriceListView> {
  const [categories, counts] = await Promise.all([
    readCategories(pool, shopId),
    pool.query<{ id: bigint; listed: number }>(CATEGORIES, [shopId]),
  ]);
  const listed = new Map(counts.rows.map((row) => [row.id, row.listed]));
  const choices = categories.map(({ categoryId: id, name }) => ({
    categoryId: id,
    name,
    listed: listed.get(id) ?? 0,
  }));
  const chosen =
    choices.find((each) => each.categoryId === categoryId) ??
    choices.find((each) => each.listed > 0) ??
    choices.find((_each, index) => categories[index]?.key === 'reseller') ??
    choices[0];
  const { rows } = await pool.query<Row>(PAGE, [shopId, chosen?.categoryId ?? 0n, query, after ?? 0n]);
  const shown = rows.slice(0, ROWS_A_PAGE);
  return {
    categoryId: chosen?.categoryId ?? null,
    categories: choices,
    query,
    variants: shown.map(({ prices, ...variant }) => ({
      ...variant,
      prices: prices.map(([quantity, price]) => ({ quantity, priceMinor: BigInt(price) })),
    })),
    after: rows.length > ROWS_A_PAGE ? (shown.at(-1)?.variantId ?? null) : null,
    isFirstPage: after === null,
  };
}
