/** Loads products from Shopify into the table that rules read. */
import { pool } from '#app/db.server.ts';
import { readProducts, type ShopProduct } from '#app/integrations/shopify/products.server.ts';
import { systemNow } from '#app/lib/clock.ts';
import { UpstreamError } from '#app/lib/errors.ts';
import { logger } from '#app/lib/logger.server.ts';
import { bigintArray } from '#app/lib/pg-arrays.ts';
import { safeErrorText } from '#app/lib/safe-error.ts';
import type { ProductToLoad } from './products-to-load.server.ts';

/**
 * How long a shop that didn't answer is left alone, so that a backlog of its events doesn't delay other shops.
 * Shorter than the inbox's first retry.
 */
const REST_MS = 8_000;

const restingUntil = new Map<bigint, number>();

/**
 * Asks Shopify for these products, for all shops at once, and stores the result unless a newer state is stored
 * already. When a shop doesn't answer, nothing new is stored, and what is stored counts as fresh enough for a few
 * minutes. Only outside transactions.
 */
export async function loadProducts(products: readonly ProductToLoad[]): Promise<void> {
  const byShop = Map.groupBy(products, ({ shopId }) => shopId);
  await Promise.all(Array.from(byShop.values(), readForShop));
}

async function readForShop(products: readonly ProductToLoad[]): Promise<void> {
  const [first] = products;
  if (first === undefined) return;
  const { shopId, domain } = first;
  const productIds = products.map(({ productId }) => productId);
  if ((restingUntil.get(shopId) ?? 0) <= systemNow().getTime()) await askShop(shopId, domain, productIds);
  // Only now: while the request is in flight, no other process may treat the stored state as fresh enough.
  await pool.query(ASKED, [shopId, bigintArray(productIds)]);
}

async function askShop(shopId: bigint, domain: string, productIds: readonly bigint[]): Promise<void> {
  try {
    await storeProducts(shopId, await readProducts(domain, productIds));
    restingUntil.delete(shopId);
  } catch (error) {
    if (!(error instanceof UpstreamError)) throw error;
    restingUntil.set(shopId, systemNow().getTime() + REST_MS);
    const line = { shop: domain, products: productIds.length, reason: safeErrorText(error) };
    logger.warn(line, 'products could not be read');
  }
}

const ASKED = `UPDATE products SET asked_at = clock_timestamp() WHERE shop_id = $1 AND product_id = ANY($2::bigint[])`;

const KEEP = `
  INSERT INTO products AS p (shop_id, product_id, title, status, image_url, tags, product_type, vendor, collection_ids, printed_points, updated_at)
  SELECT $1, n.product_id, n.title, n.status, n.image_url, n.tags, n.product_type, n.vendor, n.collection_ids, n.printed_points, n.updated_at
    FROM jsonb_to_recordset($2) AS n (product_id bigint, title text, status text, image_url text, tags text[], product_type text, vendor text,
      collection_ids bigint[], printed_points bigint, updated_at timestamptz)
   ORDER BY n.product_id
  ON CONFLICT (shop_id, product_id) DO UPDATE SET title = excluded.title, status = excluded.status,
    image_url = excluded.image_url, tags = excluded.tags, product_type = excluded.product_type, vendor = excluded.vendor, collection_ids = excluded.collection_ids,
    printed_points = excluded.printed_points, updated_at = excluded.updated_at, seen_at = clock_timestamp(), is_read = true
   WHERE p.updated_at IS NULL OR p.updated_at <= excluded.updated_at`;

/** A known product keeps what was stored: orders from before its deletion are judged by that. */
const KEEP_GONE = `
  INSERT INTO products (shop_id, product_id, status, tags, collection_ids)
  SELECT $1, product_id, 'deleted', '{}', '{}' FROM unnest($2::bigint[]) AS n (product_id) ORDER BY 2
  ON CONFLICT (shop_id, product_id) DO UPDATE SET status = 'deleted', seen_at = clock_timestamp(), is_read = true`;

async function storeProducts(
  shopId: bigint,
  products: ReadonlyMap<bigint, ShopProduct | null>,
): Promise<void> {
  const found = [...products.values()].filter((product) => product !== null);
  const gone = [...products].filter(([, product]) => product === null).map(([productId]) => productId);
  if (found.length > 0) await pool.query(KEEP, [shopId, JSON.stringify(found.map(toRow))]);
  if (gone.length > 0) await pool.query(KEEP_GONE, [shopId, bigintArray(gone)]);
}

function toRow(product: ShopProduct) {
  return {
    product_id: product.productId.toString(),
    title: product.title,
    status: product.status,
    image_url: product.imageUrl,
    tags: product.tags,
    product_type: product.productType,
    vendor: product.vendor,
    collection_ids: product.collectionIds.map(String),
    printed_points: product.printedPoints.toString(),
    updated_at: product.updatedAt,
  };
}
