/** Products and collections of a shop as its Admin API lists them. */
import { idToGid } from '#app/lib/ids.ts';
import type {
  ListCollectionsQuery,
  ListProductsQuery,
  ListVariantsQuery,
  ReadCollectionsQuery,
} from '#app/types/admin.generated.d.ts';
import { adminGraphql } from './admin-client.server.ts';
import { idOfGid } from './gid.ts';
import { LIST_COLLECTIONS, LIST_PRODUCTS, LIST_VARIANTS, READ_COLLECTIONS } from './operations/products.ts';
import { readStatus, type ProductStatus } from './product-values.ts';

export interface CatalogProduct {
  productId: bigint;
  title: string;
  status: ProductStatus;
  imageUrl: string | null;
  hasVariants: boolean;
  /** The metafield as stored; null when there is none. */
  printedPoints: string | null;
}

export interface CatalogPage<Item> {
  items: Item[];
  /** Cursor to page back from; null on the first page. */
  before: string | null;
  /** Cursor to page on from; null on the last page. */
  after: string | null;
}

/** A position in one of Shopify's lists. */
export type CatalogCursor = { side: 'after' | 'before'; position: string };

const PRODUCTS_A_PAGE = 20;
const COLLECTIONS_A_PAGE = 20;
const VARIANTS_A_PAGE = 100;
/** Statuses that can be sold again. */
const NOT_ARCHIVED = 'status:active,draft,unlisted';

const WORD = /[\p{L}\p{N}]+/gu;

/** Returns Shopify's search query for words that start with each of these. */
function searchText(typed: string): string {
  return Array.from(typed.matchAll(WORD), ([word]) => `${word}*`).join(' ');
}

/**
 * Lists a page of a shop's products by title, without archived ones, with words that start with those of `typed`.
 * @throws UpstreamError, also for a cursor that Shopify did not issue
 */
export async function listProducts(
  shopDomain: string,
  typed: string,
  cursor: CatalogCursor | null,
): Promise<CatalogPage<CatalogProduct>> {
  const isBackward = cursor?.side === 'before';
  const { products } = await adminGraphql<ListProductsQuery>(shopDomain, LIST_PRODUCTS, {
    ...(isBackward
      ? { last: PRODUCTS_A_PAGE, before: cursor.position }
      : { first: PRODUCTS_A_PAGE, after: cursor?.position ?? null }),
    query: `${NOT_ARCHIVED} ${searchText(typed)}`.trim(),
  });
  const { pageInfo } = products;
  return {
    items: products.nodes.map(toCatalogProduct),
    before: pageInfo.hasPreviousPage ? (pageInfo.startCursor ?? null) : null,
    after: pageInfo.hasNextPage ? (pageInfo.endCursor ?? null) : null,
  };
}

function toCatalogProduct(node: ListProductsQuery['products']['nodes'][number]): CatalogProduct {
  return {
    productId: idOfGid(node.id, 'Product'),
    title: node.title,
    status: readStatus(node.status),
    imageUrl: node.featuredMedia?.preview?.image?.url ?? null,
    hasVariants: !node.hasOnlyDefaultVariant,
    printedPoints: node.metafield?.value ?? null,
  };
}

/** Lists all variants of a product; null when it was deleted. Throws UpstreamError. */
export async function listVariants(
  shopDomain: string,
  productId: bigint,
): Promise<{ variantId: bigint; title: string }[] | null> {
  const variants: { variantId: bigint; title: string }[] = [];
  for (let after: string | null = null; ;) {
    const { product }: ListVariantsQuery = await adminGraphql(shopDomain, LIST_VARIANTS, {
      id: idToGid('Product', productId),
      first: VARIANTS_A_PAGE,
      after,
    });
    if (!product) return null;
    for (const { id, title } of product.variants.nodes)
      variants.push({ variantId: idOfGid(id, 'ProductVariant'), title });
    if (!product.variants.pageInfo.hasNextPage) return variants;
    after = product.variants.pageInfo.endCursor ?? null;
  }
}

export interface CatalogCollection {
  collectionId: bigint;
  title: string;
  products: number;
}

/** Lists a page of a shop's collections by title, with words that start with those of `typed`. Throws UpstreamError. */
export async function listCollections(
  shopDomain: string,
  typed: string,
  after: string | null,
): Promise<CatalogPage<CatalogCollection>> {
  const { collections } = await adminGraphql<ListCollectionsQuery>(shopDomain, LIST_COLLECTIONS, {
    first: COLLECTIONS_A_PAGE,
    after,
    query: searchText(typed),
  });
  return {
    items: collections.nodes.map(({ id, title, productsCount }) => ({
      collectionId: idOfGid(id, 'Collection'),
      title,
      products: productsCount?.count ?? 0,
    })),
    before: null,
    after: collections.pageInfo.hasNextPage ? (collections.pageInfo.endCursor ?? null) : null,
  };
}

/** Reads what these collections are called, at most 250; null for a deleted one. Throws UpstreamError. */
export async function readCollectionTitles(
  shopDomain: string,
  collectionIds: readonly bigint[],
): Promise<Map<bigint, string | null>> {
  const { nodes } = await adminGraphql<ReadCollectionsQuery>(shopDomain, READ_COLLECTIONS, {
    ids: collectionIds.map((id) => idToGid('Collection', id)),
  });
  return new Map(
    collectionIds.map((id, index) => {
      const node = nodes[index];
      return [id, node?.__typename === 'Collection' ? node.title : null];
    }),
  );
}
