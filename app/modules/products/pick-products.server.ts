import { listProducts, listVariants } from '#app/integrations/shopify/catalog.server.ts';
import { unlessUnavailable } from './unless-unavailable.server.ts';
import type { PickableProduct, PickerPage, VariantsAnswer } from './picker-answer.ts';

/** Reads a page of products to pick from, without archived ones; `ok: false` when Shopify doesn't answer. */
export function pickProducts(
  shopDomain: string,
  query: string,
  from: string | null,
): Promise<PickerPage<PickableProduct>> {
  return unlessUnavailable(shopDomain, async () => {
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

/** Reads the variants of a product to pick from; none for a deleted product. */
export function pickVariants(shopDomain: string, productId: bigint): Promise<VariantsAnswer> {
  return unlessUnavailable(shopDomain, async () => {
    const variants = (await listVariants(shopDomain, productId)) ?? [];
    return {
      ok: true,
      productId: productId.toString(),
      variants: variants.map(({ variantId, title }) => ({ variantId: variantId.toString(), title })),
    };
  });
}
