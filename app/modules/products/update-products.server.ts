import type { Transaction } from '#app/db.server.ts';
import type { ShopEvent } from '#app/lib/shop-event.ts';
import { bigintArray } from '#app/lib/pg-arrays.ts';
import { decodeDeletedProduct, decodeProduct, type ProductNews } from './rules/decode-product.ts';

/** A product as events and the first sync report it: without its collections and points. */
export interface ReportedProduct extends ProductNews {
  shopId: bigint;
  /** Absent fields are left unchanged. */
  imageUrl?: string | null;
}

/**
 * The reported fields are stored at once. Collections and points aren't part of the report, so they are loaded before
 * the next order with this product, if rules need them. An older state changes nothing.
 */
const TELL = `
  INSERT INTO products AS p (shop_id, product_id, title, status, image_url, tags, product_type, vendor, collection_ids, updated_at, seen_at, asked_at, is_read)
  SELECT n.shop_id, n.product_id, n.title, n.status, n.image_url, n.tags, n.product_type, n.vendor, '{}', n.updated_at, 'epoch', 'epoch', false
    FROM jsonb_to_recordset($1) AS n (shop_id bigint, product_id bigint, title text, status text, image_url text,
      tags text[], product_type text, vendor text, updated_at timestamptz)
   ORDER BY 1, 2
  ON CONFLICT (shop_id, product_id) DO UPDATE
     SET title = excluded.title, tags = excluded.tags, product_type = excluded.product_type, vendor = excluded.vendor, image_url = coalesce(excluded.image_url, p.image_url),
         updated_at = excluded.updated_at, seen_at = 'epoch', asked_at = 'epoch',
         status = CASE WHEN p.status = 'deleted' THEN p.status ELSE excluded.status END
   WHERE p.updated_at IS NULL OR p.updated_at <= excluded.updated_at`;

/**
 * Processes products/create and products/update events. A duplicate or a late older event changes nothing. Throws
 * DecodeError.
 */
export async function updateProducts(tx: Transaction, events: readonly ShopEvent[]): Promise<void> {
  await storeReportedProducts(
    tx,
    events.map(({ shopId, payload }) => ({ shopId, ...decodeProduct(payload) })),
  );
}

/** Stores reported products; of several states of one product, the newest. */
export async function storeReportedProducts(
  tx: Transaction,
  reported: readonly ReportedProduct[],
): Promise<void> {
  const newest = new Map<string, ReportedProduct>();
  for (const news of reported) {
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
    product_type: news.productType,
    vendor: news.vendor,
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
 * Processes products/delete events. The product's stored values stay: earlier orders are judged by them. Throws
 * DecodeError.
 */
export async function deleteProducts(tx: Transaction, events: readonly ShopEvent[]): Promise<void> {
  const keys = events.map(({ shopId, payload }) => ({ shopId, productId: decodeDeletedProduct(payload) }));
  await tx.query(DELETE, [
    bigintArray(keys.map(({ shopId }) => shopId)),
    bigintArray(keys.map(({ productId }) => productId)),
  ]);
}
