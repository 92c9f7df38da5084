/** What the club knows and writes of products at Shopify: tags, collections, and the points printed on them. */
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

/** Products in one query: with their collections it stays well below Shopify's limit of 1,000 points. */
const PRODUCTS_A_QUERY = 40;
/** Shopify's limit of one metafieldsSet. */
export const METAFIELDS_A_CALL = 25;

const POINTS = { namespace: '$app:loyalty', key: 'points', type: 'number_integer' };

export interface ShopProduct {
  productId: bigint;
  title: string;
  status: ProductStatus;
  imageUrl: string | null;
  tags: readonly string[];
  collectionIds: readonly bigint[];
  printedPoints: bigint;
  updatedAt: Date;
}

type ProductNode = Extract<NonNullable<ReadProductsQuery['nodes'][number]>, { __typename: 'Product' }>;

/** These products as they are now; null for one that the shop has no more. Throws UpstreamError. */
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
  /** `gone`: the shop has it no more. */
  reason: 'gone' | 'invalid';
}

/** Shopify's code for an owner or a value that does not fit. */
const OWNER_FIELD = 'ownerId';

/**
 * Writes the metafields of these products, 25 a call, all of a call or none. Answers what was refused; the products of
 * earlier calls are written then. Writing the same again changes nothing. Throws UpstreamError.
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

/** Shopify names the input by its place: `['metafields', '3', 'value']`. One that names none is about all of them. */
function refusalsOf(data: SetPrintedPointsMutation, part: readonly { productId: bigint }[]): PointsRefused[] {
  return (data.metafieldsSet?.userErrors ?? []).flatMap(({ field }) => {
    const [, index, name] = field ?? [];
    const reason = name === OWNER_FIELD ? ('gone' as const) : ('invalid' as const);
    const named = index === undefined ? part : part.slice(Number(index), Number(index) + 1);
    return named.map(({ productId }) => ({ productId, reason }));
  });
}

/** Shopify's code for a definition that is there already. */
const TAKEN = 'TAKEN';

/**
 * Makes sure that the metafield is defined, so that merchants can edit it on Shopify's product page and themes can show it.
 * Not in shopify.app.toml, which knows no namespace but `$app` itself. Answers Shopify's refusal, or null.
 * @throws UpstreamError
 */
export async function ensurePointsDefined(shopDomain: string): Promise<string | null> {
  const data = await adminGraphql<DefinePrintedPointsMutation>(shopDomain, DEFINE_PRINTED_POINTS, {
    definition: {
      ...POINTS,
      ownerType: 'PRODUCT',
      name: 'Loyalty points',
      description: 'Points that one of this product gives to whoever buys it',
      validations: [
        { name: 'min', value: '0' },
        { name: 'max', value: PRINTED_POINTS_MAX.toString() },
      ],
      access: { admin: 'MERCHANT_READ_WRITE', storefront: 'PUBLIC_READ' },
      pin: true,
    },
  });
  const [error] = data.metafieldDefinitionCreate?.userErrors ?? [];
  return error === undefined || String(error.code) === TAKEN ? null : error.message;
}
