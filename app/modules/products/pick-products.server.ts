import { listProducts, listVariants } from '#app/integrations/shopify/catalog.server.ts';
import { orNoAnswer } from './no-answer.server.ts';
import type { PickableProduct, PickerPage, VariantsAnswer } from './picker-answer.ts';

/** A page of products to pick from, archived ones left out; `ok: false` when Shopify does not answer. */
export function pickProducts(
  shopDomain: string,
  query: string,
  from: string | null,
): Promise<PickerPage<PickableProduct>> {
  return orNoAnswer(shopDomain, async () => {
    const cursor = from === null ? null : { side: 'after' as const, position: from };
    const { items, after } = await listProducts(shopDomain, query, cursor);
    return {
      ok: true,
      items: items.map(({ productId, title, imageUrl, status, hasVariants }) => ({
        productId: productId.toString(),
        title,
        imageUrl,
        status,
        hasVariants,
      })),
      after,
      query,
      from,
    };
  });
}

/** The variants of a product to pick from; none for a product that is gone. */
export function pickVariants(shopDomain: string, productId: bigint): Promise<VariantsAnswer> {
  return orNoAnswer(shopDomain, async () => {
    const variants = (await listVariants(shopDomain, productId)) ?? [];
    return {
      ok: true,
      productId: productId.toString(),
      variants: variants.map(({ variantId, title }) => ({ variantId: variantId.toString(), title })),
    };
  });
}
