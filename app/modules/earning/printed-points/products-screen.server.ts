import {
  listProducts,
  type CatalogCursor,
  type CatalogPage,
  type CatalogProduct,
} from '#app/integrations/shopify/catalog.server.ts';
import { hasPrintedProgram } from '../programs/printed-program.queries.server.ts';
import { unlessUnavailable } from '#app/modules/products/unless-unavailable.server.ts';

export interface ProductsView {
  /** Null when Shopify did not answer. */
  page: CatalogPage<CatalogProduct> | null;
  /** Whether anything is given for the points printed on products. */
  isUsed: boolean;
}

/** A page of the shop's products as Shopify lists them; a cursor that Shopify no longer knows leads to the first page. */
export async function readProductsScreen(
  shop: { shopId: bigint; domain: string },
  query: string,
  cursor: CatalogCursor | null,
): Promise<ProductsView> {
  const read = (from: CatalogCursor | null) =>
    unlessUnavailable(shop.domain, async () => ({
      ok: true as const,
      page: await listProducts(shop.domain, query, from),
    }));
  const [answer, isUsed] = await Promise.all([read(cursor), hasPrintedProgram(shop.shopId)]);
  const found = answer.ok || cursor === null ? answer : await read(null);
  return { page: found.ok ? found.page : null, isUsed };
}
