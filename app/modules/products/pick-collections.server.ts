import { listCollections } from '#app/integrations/shopify/catalog.server.ts';
import { unlessUnavailable } from './unless-unavailable.server.ts';
import type { PickableCollection, PickerPage } from './picker-answer.ts';

/** Reads a page of collections to pick from; `ok: false` when Shopify doesn't answer. */
export function pickCollections(
  shopDomain: string,
  query: string,
  from: string | null,
): Promise<PickerPage<PickableCollection>> {
  return unlessUnavailable(shopDomain, async () => {
    const { items, after } = await listCollections(shopDomain, query, from);
    return {
      ok: true,
      items: items.map(({ collectionId, title, products }) => ({
        collectionId: collectionId.toString(),
        title,
        products,
      })),
      after,
      query,
      from,
    };
  });
}
