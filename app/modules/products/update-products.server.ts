import type { Transaction } from '#app/db.server.ts';
import type { ShopEvent } from '#app/lib/shop-event.ts';
import { bigintArray } from '#app/lib/pg-arrays.ts';
import { decodeDeletedProduct, decodeProduct, type ProductNews } from './rules/decode-product.ts';

/** A product as events and the first sync tell of it: without its collections and points. */
export interface ToldProduct extends ProductNews {
  shopId: bigint;
  /** Left out where nothing is said of it. */
  imageUrl?: string | null;
}

/**
 * What is told is true at once; collections and points are not in it, so they are read before the next order with this
 * product, if rules ask for them. An older state changes nothing.
 */
const TELL = `
  INSERT INTO products AS p (shop_id, product_id, title, status, image_url, tags, collection_ids, updated_at, seen_at, asked_at, is_read)
  SELECT n.shop_id, n.product_id, n.title, n.status, n.image_url, n.tags, '{}', n.updated_at, 'epoch', 'epoch', false
    FROM jsonb_to_recordset($1) AS n (shop_id bigint, product_id bigint, title text, status text, image_url text,
      tags text[], updated_at timestamptz)
   ORDER BY 1, 2
  ON CONFLICT (shop_id, product_id) DO UPDATE
     SET title = excluded.title, tags = excluded.tags, image_url = coalesce(excluded.image_url, p.image_url),
         updated_at = excluded.updated_at, seen_at = 'epoch', asked_at = 'epoch',
         status = CASE WHEN p.status = 'deleted' THEN p.status ELSE excluded.status END
   WHERE p.updated_at IS NULL OR p.updated_at <= excluded.updated_at`;

/** Works products/create and products/update events. The same one twice, or an older one late, changes nothing. Throws DecodeError. */
export async function updateProducts(tx: Transaction, events: readonly ShopEvent[]): Promise<void> {
  await tellProducts(
    tx,
    events.map(({ shopId, payload }) => ({ shopId, ...decodeProduct(payload) })),
  );
}

/** Takes in what was told of products; of several states of one the newest. */
export async function tellProducts(tx: Transaction, told: readonly ToldProduct[]): Promise<void> {
  const newest = new Map<string, ToldProduct>();
  for (const news of told) {
    const key = `${news.shopId}/${news.productId}`;
    const before = newest.get(key);
    if (!before || before.updatedAt <= news.updatedAt) newest.set(key, news);
  }
  const rows = Array.from(newest.values(), (news) => ({
    shop_id: news.shopId.toString(),
    product_id: news.productId.toString(),
    title: news.title,
    status: news.status,
    image_url: news.imageUrl ?? null,
    tags: news.tags,
    updated_at: news.updatedAt,
  }));
  if (rows.length > 0) await tx.query(TELL, [JSON.stringify(rows)]);
}

const DELETE = `
  UPDATE products p SET status = 'deleted', seen_at = clock_timestamp()
    FROM (SELECT shop_id, product_id FROM products
           WHERE (shop_id, product_id) IN (SELECT * FROM unnest($1::bigint[], $2::bigint[]))
           ORDER BY shop_id, product_id FOR UPDATE) AS held
   WHERE p.shop_id = held.shop_id AND p.product_id = held.product_id`;

/**
 * Works products/delete events. What was known of the product stays: orders of before are judged by it. Throws
 * DecodeError.
 */
export async function deleteProducts(tx: Transaction, events: readonly ShopEvent[]): Promise<void> {
  const keys = events.map(({ shopId, payload }) => ({ shopId, productId: decodeDeletedProduct(payload) }));
  await tx.query(DELETE, [
    bigintArray(keys.map(({ shopId }) => shopId)),
    bigintArray(keys.map(({ productId }) => productId)),
  ]);
}
