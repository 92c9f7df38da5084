import type { Api } from '@shopify/ui-extensions/customer-account.page.render';

type Query = Api['query'];

const STOCK = `query Stock($ids: [ID!]!) {
  shop { primaryDomain { url } }
  nodes(ids: $ids) { id ... on ProductVariant { availableForSale quantityAvailable } }
}`;

interface StockData {
  shop: { primaryDomain: { url: string } };
  nodes: ({ id: string; availableForSale?: boolean; quantityAvailable?: number | null } | null)[];
}

/** What the store says of a variant now; `left` is null where it doesn't count. */
export interface Stock {
  isForSale: boolean;
  left: number | null;
}

export interface StockAnswer {
  /** The store's address without a slash at its end. */
  store: string;
  stock: Map<string, Stock>;
}

/** Reads the stock of variants by their numbers; null when the store doesn't say. */
export async function readStock(query: Query, variantIds: readonly string[]): Promise<StockAnswer | null> {
  try {
    const ids = variantIds.map((id) => `gid://shopify/ProductVariant/${id}`);
    const { data } = await query<StockData>(STOCK, { variables: { ids } });
    if (!data) return null;
    const known = data.nodes.flatMap((node): [string, Stock][] =>
      node
        ? [
            [
              numberOf(node.id),
              { isForSale: node.availableForSale ?? true, left: node.quantityAvailable ?? null },
            ],
          ]
        : [],
    );
    return { store: data.shop.primaryDomain.url.replace(/\/+$/, ''), stock: new Map(known) };
  } catch {
    return null;
  }
}

const CUSTOMER_API = 'shopify://customer-account/api/2026-07/graphql.json';

const ORDERS = `query Orders {
  customer {
    orders(first: 10, reverse: true) {
      nodes {
        id name processedAt statusPageUrl
        totalPrice { amount currencyCode }
        lineItems(first: 100) { nodes { title quantity sku } }
      }
    }
  }
}`;

/** An order of the customer's own. */
export interface PastOrder {
  id: string;
  name: string;
  processedAt: string;
  /** Its page, with what the store prints of it. */
  statusPageUrl: string;
  totalPrice: { amount: string; currencyCode: string };
  lineItems: { nodes: { title: string; quantity: number; sku: string | null }[] };
}

/** Reads the latest orders of the signed-in customer; null when Shopify doesn't say. */
export async function readOrders(): Promise<PastOrder[] | null> {
  try {
    const response = await fetch(CUSTOMER_API, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ query: ORDERS }),
    });
    const reply: unknown = await response.json();
    return isOrders(reply) ? reply.data.customer.orders.nodes : null;
  } catch {
    return null;
  }
}

interface OrdersReply {
  data: { customer: { orders: { nodes: PastOrder[] } } };
}

function isOrders(reply: unknown): reply is OrdersReply {
  return (
    typeof reply === 'object' &&
    reply !== null &&
    'data' in reply &&
    typeof reply.data === 'object' &&
    reply.data !== null &&
    'customer' in reply.data
  );
}

/** The number at the end of a gid. */
const numberOf = (gid: string): string => /\d+$/.exec(gid)?.[0] ?? gid;

/** Returns the address that puts these lines into the cart: at the cart itself, or at the checkout. */
export function cartAddress(
  store: string,
  lines: readonly { variantId: string; quantity: number }[],
  goal: 'cart' | 'checkout',
): string {
  const items = lines.map(({ variantId, quantity }) => `${variantId}:${quantity}`).join(',');
  return `${store}/cart/${items}${goal === 'cart' ? '?storefront=true' : ''}`;
}
