/** Variants with what prices need of them: price, cost, and the collections of their product. */
import { idToGid } from '#app/lib/ids.ts';
import { parseMinor } from '#app/lib/money.ts';
import type {
  FindPricedVariantsQuery,
  ListPricedVariantsQuery,
  PricedVariantFragment,
  ReadPricedVariantsQuery,
} from '#app/types/admin.generated.d.ts';
import { adminGraphql } from './admin-client.server.ts';
import { idOfGid } from './gid.ts';
import { FIND_VARIANTS, LIST_VARIANTS, READ_PRICED_VARIANTS } from './operations/prices.ts';

export interface PricedVariant {
  variantId: bigint;
  productId: bigint;
  /** The product's, with the variant's behind it where there are several. */
  title: string;
  sku: string;
  priceMinor: bigint;
  compareAtMinor: bigint | null;
  /** Null where the shop keeps none, or doesn't let the app see it. */
  costMinor: bigint | null;
  isGiftCard: boolean;
  collectionIds: bigint[];
}

/** A product counts with each of its first variants. */
export type VariantRef = { variantId: bigint } | { productId: bigint };

const REFS_A_QUERY = 20;
const SKUS_A_QUERY = 20;

/** Reads variants in the order of `refs`; deleted ones are left out. Amounts are in `currency`, the shop's. Throws UpstreamError. */
export async function readPricedVariants(
  shopDomain: string,
  currency: string,
  refs: readonly VariantRef[],
): Promise<PricedVariant[]> {
  const variants: PricedVariant[] = [];
  for (let from = 0; from < refs.length; from += REFS_A_QUERY) {
    const { nodes } = await adminGraphql<ReadPricedVariantsQuery>(shopDomain, READ_PRICED_VARIANTS, {
      ids: refs
        .slice(from, from + REFS_A_QUERY)
        .map((ref) =>
          'variantId' in ref ? idToGid('ProductVariant', ref.variantId) : idToGid('Product', ref.productId),
        ),
    });
    for (const node of nodes) {
      if (node?.__typename === 'ProductVariant') variants.push(toVariant(node, currency));
      if (node?.__typename === 'Product')
        variants.push(...node.variants.nodes.map((each) => toVariant(each, currency)));
    }
  }
  return variants;
}

/** Finds the variants that have these SKUs; several may have the same. Throws UpstreamError. */
export async function findVariantsBySku(
  shopDomain: string,
  currency: string,
  skus: readonly string[],
): Promise<PricedVariant[]> {
  const wanted = new Set(skus.map((sku) => sku.toLowerCase()));
  const found: PricedVariant[] = [];
  for (let from = 0; from < skus.length; from += SKUS_A_QUERY) {
    const query = skus
      .slice(from, from + SKUS_A_QUERY)
      .map((sku) => `sku:"${sku.replaceAll(/["\\]/g, '\\$&')}"`)
      .join(' OR ');
    const { productVariants } = await adminGraphql<FindPricedVariantsQuery>(shopDomain, FIND_VARIANTS, {
      query,
    });
    found.push(...productVariants.nodes.map((node) => toVariant(node, currency)));
  }
  // Shopify's search also finds what begins alike.
  return found.filter(({ sku }) => wanted.has(sku.toLowerCase()));
}

export interface VariantPage {
  variants: PricedVariant[];
  /** Where the next page begins; null on the last one. */
  next: string | null;
}

/** What Shopify's search takes as its own marks. */
const SEARCH_MARKS = /[^\p{L}\p{N}]+/gu;

/**
 * Lists variants of active products by SKU, those whose title or SKU begins with the words of `search`; empty for all.
 * Throws UpstreamError.
 */
export async function listPricedVariants(
  shopDomain: string,
  currency: string,
  { search, after, first }: { search: string; after: string | null; first: number },
): Promise<VariantPage> {
  const words = search.split(SEARCH_MARKS).filter((word) => word !== '');
  const query = ['product_status:active', ...words.map((word) => `${word}*`)].join(' ');
  const { productVariants } = await adminGraphql<ListPricedVariantsQuery>(shopDomain, LIST_VARIANTS, {
    first,
    after,
    query,
  });
  const { nodes, pageInfo } = productVariants;
  return {
    variants: nodes.map((node) => toVariant(node, currency)),
    next: pageInfo.hasNextPage ? (pageInfo.endCursor ?? null) : null,
  };
}

function toVariant(node: PricedVariantFragment, currency: string): PricedVariant {
  const { product, inventoryItem } = node;
  const cost = inventoryItem.unitCost?.amount;
  return {
    variantId: idOfGid(node.id, 'ProductVariant'),
    productId: idOfGid(product.id, 'Product'),
    title: product.hasOnlyDefaultVariant ? product.title : `${product.title} – ${node.title}`,
    sku: node.sku ?? '',
    priceMinor: parseMinor(String(node.price), currency),
    compareAtMinor: node.compareAtPrice == null ? null : parseMinor(String(node.compareAtPrice), currency),
    costMinor: cost == null ? null : parseMinor(String(cost), currency),
    isGiftCard: product.isGiftCard,
    collectionIds: product.collections.nodes.map(({ id }) => idOfGid(id, 'Collection')),
  };
}
