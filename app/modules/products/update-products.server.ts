import type { Transaction } from '#app/db.server.ts';
import type { ShopEvent } from '#app/lib/shop-event.ts';
import { bigintArray } from '#app/lib/pg-arrays.ts';
import { decodeDeletedProduct, decodeProduct, type ProductNews } from './rules/decode-product.ts';

/**
 * What the event says is true at once; collections and points are not in it, so they are read again before the next
 * order with this product. An older state changes nothing. Products that nobody asked about stay unknown.
 */
const UPDATE = `
  WITH held AS (
    SELECT p.shop_id, p.product_id, n.title, n.status, n.tags, n.updated_at
      FROM products p JOIN jsonb_to_recordset($1) AS n (shop_id bigint, product_id bigint, title text, status text,
        tags text[], updated_at timestamptz) USING (shop_id, product_id)
     WHERE p.updated_at IS NULL OR p.updated_at <= n.updated_at
     ORDER BY p.shop_id, p.product_id FOR UPDATE OF p)
  UPDATE products p
     SET title = held.title, tags = held.tags, updated_at = held.updated_at, seen_at = 'epoch', asked_at = 'epoch',
         status = CASE WHEN p.status = 'deleted' THEN p.status ELSE held.status END
    FROM held WHERE p.shop_id = held.shop_id AND p.product_id = held.product_id`;

/** Works products/update events. The same one twice, or an older one late, changes nothing. Throws DecodeError. */
export async function updateProducts(tx: Transaction, events: readonly ShopEvent[]): Promise<void> {
  const newest = new Map<string, ProductNews & { shopId: bigint }>();
  for (const { shopId, payload } of events) {
    const news = decodeProduct(payload);
    const key = `${shopId}/${news.productId}`;
    const before = newest.get(key);
    if (!before || before.updatedAt <= news.updatedAt) newest.set(key, { shopId, ...news });
  }
  const rows = Array.from(newest.values(), (news) => ({
    shop_id: news.shopId.toString(),
    product_id: news.productId.toString(),
    title: news.title,
    status: news.status,
    tags: news.tags,
    updated_at: news.updatedAt,
  }));
  await tx.query(UPDATE, [JSON.stringify(rows)]);
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
