import {
  listProducts,
  type CatalogCursor,
  type CatalogPage,
  type CatalogProduct,
} from '#app/integrations/shopify/catalog.server.ts';
import { hasPrintedProgram } from '#app/modules/loyalty/printed-program.queries.server.ts';
import { orNoAnswer } from './no-answer.server.ts';

export interface ProductsView {
  /** Null when Shopify did not answer. */
  page: CatalogPage<CatalogProduct> | null;
  /** Whether anything is given for the points printed on products. */
  isUsed: boolean;
}

/** A page of the shop's products as Shopify lists them; a cursor that leads nowhere any more leads to the first page. */
export async function readProductsScreen(
  shop: { shopId: bigint; domain: string },
  query: string,
  cursor: CatalogCursor | null,
): Promise<ProductsView> {
  const read = (from: CatalogCursor | null) =>
    orNoAnswer(shop.domain, async () => ({
      ok: true as const,
      page: await listProducts(shop.domain, query, from),
    }));
  const [answer, isUsed] = await Promise.all([read(cursor), hasPrintedProgram(shop.shopId)]);
  const found = answer.ok || cursor === null ? answer : await read(null);
  return { page: found.ok ? found.page : null, isUsed };
}
