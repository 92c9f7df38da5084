/** What the club reads and writes of products at Shopify: tags, collections, and the points printed on them. */
import { idToGid } from '#app/lib/ids.ts';
import type {
  DefinePrintedPointsMutation,
  ReadProductCollectionsQuery,
  ReadProductsQuery,
  SetPrintedPointsMutation,
} from '#app/types/admin.generated.d.ts';
import { adminGraphql } from './admin-client.server.ts';
import { idOfGid } from './gid.ts';
import {
  DEFINE_PRINTED_POINTS,
  READ_PRODUCT_COLLECTIONS,
  READ_PRODUCTS,
  SET_PRINTED_POINTS,
} from './operations/products.ts';
import { PRINTED_POINTS_MAX, readPrintedPoints, readStatus, type ProductStatus } from './product-values.ts';

/** Products per query: with their collections it stays well below Shopify's limit of 1,000 points. */
const PRODUCTS_A_QUERY = 40;
/** Shopify's limit for one metafieldsSet. */
export const METAFIELDS_A_CALL = 25;

const POINTS = { namespace: '$app:loyalty', key: 'points', type: 'number_integer' };

export interface ShopProduct {
  productId: bigint;
  title: string;
  status: ProductStatus;
  imageUrl: string | null;
  tags: readonly string[];
  /** Null where the merchant gave none. */
  productType: string | null;
  vendor: string | null;
  collectionIds: readonly bigint[];
  printedPoints: bigint;
  updatedAt: Date;
}

type ProductNode = Extract<NonNullable<ReadProductsQuery['nodes'][number]>, { __typename: 'Product' }>;

/** Reads these products as they are now; null for a deleted one. Throws UpstreamError. */
export async function readProducts(
  shopDomain: string,
  productIds: readonly bigint[],
): Promise<Map<bigint, ShopProduct | null>> {
  const products = new Map<bigint, ShopProduct | null>();
  for (let start = 0; start < productIds.length; start += PRODUCTS_A_QUERY) {
    const ids = productIds.slice(start, start + PRODUCTS_A_QUERY);
    const { nodes } = await adminGraphql<ReadProductsQuery>(shopDomain, READ_PRODUCTS, {
      ids: ids.map((id) => idToGid('Product', id)),
    });
    for (const [index, id] of ids.entries()) {
      const node = nodes[index];
      products.set(id, node?.__typename === 'Product' ? await toShopProduct(shopDomain, node) : null);
    }
  }
  return products;
}

async function toShopProduct(shopDomain: string, node: ProductNode): Promise<ShopProduct> {
  return {
    productId: idOfGid(node.id, 'Product'),
    title: node.title,
    status: readStatus(node.status),
    imageUrl: node.featuredMedia?.preview?.image?.url ?? null,
    tags: node.tags,
    productType: node.productType || null,
    vendor: node.vendor || null,
    collectionIds: await readAllCollections(shopDomain, node),
    printedPoints: readPrintedPoints(node.metafield?.value),
    updatedAt: new Date(node.updatedAt),
  };
}

async function readAllCollections(shopDomain: string, { id, collections }: ProductNode): Promise<bigint[]> {
  const nodes = [...collections.nodes];
  let { pageInfo } = collections;
  while (pageInfo.hasNextPage) {
    const page = await adminGraphql<ReadProductCollectionsQuery>(shopDomain, READ_PRODUCT_COLLECTIONS, {
      id,
      after: pageInfo.endCursor,
    });
    if (!page.product) break;
    nodes.push(...page.product.collections.nodes);
    pageInfo = page.product.collections.pageInfo;
  }
  return nodes.map((collection) => idOfGid(collection.id, 'Collection'));
}

/** Why Shopify did not write a product's points. */
export interface PointsRefused {
  productId: bigint;
  /** `gone`: the product was deleted. */
  reason: 'gone' | 'invalid';
}

/** Shopify's code for an owner or a value that doesn't fit. */
const OWNER_FIELD = 'ownerId';

/**
 * Writes the metafields of these products, 25 per call, all of a call or none. Returns what was refused; the products
 * of earlier calls are written then. Writing the same again changes nothing. Throws UpstreamError.
 */
export async function setPrintedPoints(
  shopDomain: string,
  points: readonly { productId: bigint; points: bigint }[],
): Promise<PointsRefused[]> {
  for (let start = 0; start < points.length; start += METAFIELDS_A_CALL) {
    const part = points.slice(start, start + METAFIELDS_A_CALL);
    const data = await adminGraphql<SetPrintedPointsMutation>(shopDomain, SET_PRINTED_POINTS, {
      metafields: part.map(({ productId, points: value }) => ({
        ...POINTS,
        ownerId: idToGid('Product', productId),
        value: value.toString(),
      })),
    });
    const refused = refusalsOf(data, part);
    if (refused.length > 0) return refused;
  }
  return [];
}

/** Shopify names the input by its index: `['metafields', '3', 'value']`. An error without one is about all of them. */
function refusalsOf(data: SetPrintedPointsMutation, part: readonly { productId: bigint }[]): PointsRefused[] {
  return (data.metafieldsSet?.userErrors ?? []).flatMap(({ field }) => {
    const [, index, name] = field ?? [];
    const reason = name === OWNER_FIELD ? ('gone' as const) : ('invalid' as const);
    const named = index === undefined ? part : part.slice(Number(index), Number(index) + 1);
    return named.map(({ productId }) => ({ productId, reason }));
  });
}

/** Shopify's code for a definition that already exists. */
const TAKEN = 'TAKEN';
/** Shopify refuses the whole definition when it can't be pinned: the merchant has pinned as many as there may be. */
const NOT_PINNED = ['PINNED_LIMIT_REACHED', 'UNSUPPORTED_PINNING'];

/**
 * Ensures that the metafield is defined, so that merchants can edit it on Shopify's product page and themes can show
 * it; pinned where possible, because Shopify's page shows only pinned ones at once. Not in shopify.app.toml, which can
 * pin nothing. Returns Shopify's refusal (its code and message), or null.
 * @throws UpstreamError
 */
export async function ensurePointsDefined(shopDomain: string): Promise<string | null> {
  const pinned = await definePoints(shopDomain, true);
  const answer = pinned && NOT_PINNED.includes(pinned.code) ? await definePoints(shopDomain, false) : pinned;
  return answer === null || answer.code === TAKEN ? null : `${answer.code}: ${answer.message}`;
}

async function definePoints(
  shopDomain: string,
  pin: boolean,
): Promise<{ code: string; message: string } | null> {
  const data = await adminGraphql<DefinePrintedPointsMutation>(shopDomain, DEFINE_PRINTED_POINTS, {
    definition: {
      ...POINTS,
      ownerType: 'PRODUCT',
      name: 'Loyalty points',
      description: 'Points that one of this product gives to the customer who buys it',
      validations: [
        { name: 'min', value: '0' },
        { name: 'max', value: PRINTED_POINTS_MAX.toString() },
      ],
      access: { admin: 'MERCHANT_READ_WRITE', storefront: 'PUBLIC_READ' },
      pin,
    },
  });
  const [error] = data.metafieldDefinitionCreate?.userErrors ?? [];
  return error ? { code: String(error.code), message: error.message } : null;
}
