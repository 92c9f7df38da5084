import type { Queryable } from '#app/db.server.ts';
import { AppError } from '#app/lib/errors.ts';
import { bigintArray } from '#app/lib/pg-arrays.ts';

export interface ProductKey {
  shopId: bigint;
  productId: bigint;
}

/** A product that rules ask about and that has to be read from Shopify. */
export interface UnreadProduct extends ProductKey {
  domain: string;
  /** False: what rules ask of it is known, but not whether it still is so. */
  isMissing: boolean;
}

/** What was read so long ago is read again: collections and metafields can change without a webhook. */
const STALE_AFTER = '24 hours';
/** After asking in vain, what is known is good enough for this long. */
const REST_AFTER_ASKING = '5 minutes';

/** Those of these products that are not known; with `staleToo` also those that may have changed. */
export async function findUnreadProducts(
  db: Queryable,
  keys: readonly ProductKey[],
  { staleToo }: { staleToo: boolean },
): Promise<UnreadProduct[]> {
  if (keys.length === 0) return [];
  const { rows } = await db.query<UnreadProduct>(
    `SELECT k.shop_id AS "shopId", k.product_id AS "productId", s.domain, NOT coalesce(p.is_read, false) AS "isMissing"
       FROM (SELECT DISTINCT * FROM unnest($1::bigint[], $2::bigint[])) AS k (shop_id, product_id)
       JOIN shops s USING (shop_id) LEFT JOIN products p USING (shop_id, product_id)
      WHERE NOT coalesce(p.is_read, false) OR ($3::bool AND p.seen_at < statement_timestamp() - interval '${STALE_AFTER}'
        AND p.asked_at < statement_timestamp() - interval '${REST_AFTER_ASKING}')
      ORDER BY 1, 2`,
    [
      bigintArray(keys.map(({ shopId }) => shopId)),
      bigintArray(keys.map(({ productId }) => productId)),
      staleToo,
    ],
  );
  return rows;
}

/** Orders cannot be awarded before these products have been read; nothing was posted. */
export class ProductsUnread extends AppError {
  readonly products: readonly UnreadProduct[];
  constructor(products: readonly UnreadProduct[]) {
    super('products_unread', 'products of the order are not known yet: Shopify could not be asked');
    this.name = 'ProductsUnread';
    this.products = products;
  }
}
