import type { Queryable } from '#app/db.server.ts';
import { AppError } from '#app/lib/errors.ts';
import { bigintArray } from '#app/lib/pg-arrays.ts';

export interface ProductKey {
  shopId: bigint;
  productId: bigint;
}

/** A product that rules need and that has to be loaded from Shopify. */
export interface ProductToLoad extends ProductKey {
  domain: string;
  /** False: the product is known, but may have changed. */
  isMissing: boolean;
}

/** Products read longer ago than this are read again: collections and metafields can change without a webhook. */
const STALE_AFTER = '24 hours';
/** After a failed request, what is stored is fresh enough for this long. */
const REST_AFTER_ASKING = '5 minutes';

/** Returns those of these products that aren't stored; with `staleToo` also those that may have changed. */
export async function findProductsToLoad(
  db: Queryable,
  keys: readonly ProductKey[],
  { staleToo }: { staleToo: boolean },
): Promise<ProductToLoad[]> {
  if (keys.length === 0) return [];
  const { rows } = await db.query<ProductToLoad>(
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

/** Orders can't be awarded before these products are loaded. Nothing was posted. */
export class ProductsNotLoaded extends AppError {
  readonly products: readonly ProductToLoad[];
  constructor(products: readonly ProductToLoad[]) {
    super('products_unread', 'products of the order are not known yet: Shopify could not be asked');
    this.name = 'ProductsNotLoaded';
    this.products = products;
  }
}
