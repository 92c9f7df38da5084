import { buildSchema, graphql } from 'graphql';
import { z } from 'zod';
import { BadRequest } from '../../router.ts';
import type { Sandbox } from '../../sandbox.ts';
import type { Product, Shop, Variant } from '../../state.ts';
import { gid, idOf, type World } from '../../world.ts';
import { currencyDigits, toDecimal } from '../money.ts';
import { stockOf } from '../stock.ts';

/** The part of the Storefront API that extensions may ask with `shopify.query`; a field beyond it is an error that names it. */
const SCHEMA = buildSchema(`
  scalar Decimal
  interface Node { id: ID! }
  type Query { nodes(ids: [ID!]!): [Node]! shop: Shop! }
  type Shop { name: String! primaryDomain: Domain! }
  type Domain { url: String! }
  type MoneyV2 { amount: Decimal! currencyCode: String! }
  type Product implements Node { id: ID! title: String! handle: String! }
  type ProductVariant implements Node {
    id: ID! title: String! sku: String availableForSale: Boolean! quantityAvailable: Int currentlyNotInStock: Boolean!
    price: MoneyV2! product: Product!
  }
`);

/** The most ids of one question, as Shopify's. */
const IDS_MAX = 250;

export const graphqlRequest = z.object({
  query: z.string(),
  variables: z.record(z.string(), z.unknown()).default({}),
});

/** Resolves a Storefront query of an extension with `api_access`, which may read stock too. */
export async function askStorefront({ world, origin }: Sandbox, shop: Shop, body: unknown): Promise<unknown> {
  const request = graphqlRequest.safeParse(body);
  if (!request.success) throw new BadRequest(z.prettifyError(request.error));
  const { query, variables } = request.data;
  const rootValue = {
    shop: { name: shop.name, primaryDomain: { url: `${origin}/store/${shop.domain}` } },
    nodes: ({ ids }: { ids: string[] }) => {
      if (ids.length > IDS_MAX) throw new Error(`nodes takes at most ${IDS_MAX} ids`);
      return ids.map((id) => nodeOf(world, shop, id));
    },
  };
  return graphql({ schema: SCHEMA, source: query, rootValue, variableValues: variables });
}

function nodeOf(world: World, shop: Shop, id: string): object | null {
  for (const product of world.shop(shop.domain).products) {
    const variant = product.variants.find((each) => each.id === idOf(id));
    if (variant) return product.status === 'ACTIVE' ? variantNode(world, shop, product, variant) : null;
  }
  return null;
}

function variantNode(world: World, shop: Shop, product: Product, variant: Variant): object {
  const stock = stockOf(world, shop.domain, variant);
  return {
    __typename: 'ProductVariant',
    id: gid('ProductVariant', variant.id),
    title: variant.title,
    sku: variant.sku,
    availableForSale: stock > 0,
    quantityAvailable: stock,
    currentlyNotInStock: stock <= 0,
    price: {
      amount: toDecimal(variant.price, currencyDigits(shop.currency)),
      currencyCode: shop.currency,
    },
    product: {
      __typename: 'Product',
      id: gid('Product', product.id),
      title: product.title,
      handle: product.handle,
    },
  };
}
