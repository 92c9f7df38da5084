import { buildSchema, graphql } from 'graphql';
import { z } from 'zod';
import { BadRequest } from '../../router.ts';
import type { Sandbox } from '../../sandbox.ts';
import type { Customer, Order, Shop } from '../../state.ts';
import { gid } from '../../world.ts';
import { currencyDigits, toDecimal } from '../money.ts';
import { orderTotals } from '../order-totals.ts';
import { graphqlRequest } from './storefront-api.ts';

/** The part of the Customer Account API that extensions may ask without a token; a field beyond it is an error that names it. */
const SCHEMA = buildSchema(`
  scalar Decimal
  scalar DateTime
  type Query { customer: Customer! }
  type MoneyV2 { amount: Decimal! currencyCode: String! }
  type CustomerEmailAddress { emailAddress: String }
  type Customer { id: ID! firstName: String lastName: String displayName: String! emailAddress: CustomerEmailAddress
    orders(first: Int, after: String, reverse: Boolean): OrderConnection! }
  type OrderConnection { nodes: [Order!]! pageInfo: PageInfo! }
  type PageInfo { hasNextPage: Boolean! endCursor: String }
  type Order { id: ID! name: String! confirmationNumber: String processedAt: DateTime! cancelledAt: DateTime
    financialStatus: String fulfillmentStatus: String! statusPageUrl: String! totalPrice: MoneyV2!
    lineItems(first: Int): LineItemConnection! }
  type LineItemConnection { nodes: [LineItem!]! }
  type LineItem { id: ID! title: String! variantTitle: String sku: String quantity: Int! variantId: ID }
`);

interface Account {
  shop: Shop;
  customer: Customer | null;
}

/** Resolves a query of the signed-in customer about themselves. */
export async function askCustomerApi(sandbox: Sandbox, account: Account, body: unknown): Promise<unknown> {
  const request = graphqlRequest.safeParse(body);
  if (!request.success) throw new BadRequest(z.prettifyError(request.error));
  const { query, variables } = request.data;
  const rootValue = {
    customer: () => {
      if (!account.customer) throw new Error('not signed in');
      return customerNode(sandbox, account.shop, account.customer);
    },
  };
  return graphql({ schema: SCHEMA, source: query, rootValue, variableValues: variables });
}

function customerNode({ world, origin }: Sandbox, shop: Shop, customer: Customer): object {
  return {
    id: gid('Customer', customer.id),
    firstName: customer.firstName,
    lastName: customer.lastName,
    displayName: `${customer.firstName} ${customer.lastName}`.trim(),
    emailAddress: customer.email === null ? null : { emailAddress: customer.email },
    orders: ({ first = 20, after = null, reverse = false }: Paging) => {
      const own = world.shop(shop.domain).orders.filter((order) => order.customerId === customer.id);
      const sorted = reverse ? own.toReversed() : own;
      const start = after === null ? 0 : sorted.findIndex((order) => String(order.id) === after) + 1;
      const page = sorted.slice(start, start + first);
      return {
        nodes: page.map((order) => orderNode(origin, shop, order)),
        pageInfo: {
          hasNextPage: start + first < sorted.length,
          endCursor: page.length > 0 ? String(page[page.length - 1]?.id) : null,
        },
      };
    },
  };
}

interface Paging {
  first?: number;
  after?: string | null;
  reverse?: boolean;
}

function orderNode(origin: string, shop: Shop, order: Order): object {
  const digits = currencyDigits(order.currency);
  return {
    id: gid('Order', order.id),
    name: order.name,
    confirmationNumber: order.confirmationNumber,
    processedAt: order.processedAt,
    cancelledAt: order.cancelledAt,
    financialStatus: order.financialStatus.toUpperCase(),
    fulfillmentStatus: (order.fulfillments ?? []).length > 0 ? 'FULFILLED' : 'UNFULFILLED',
    statusPageUrl: `${origin}/store/${shop.domain}/account/orders/${order.token}`,
    totalPrice: { amount: toDecimal(orderTotals(order).total, digits), currencyCode: order.currency },
    lineItems: ({ first = 50 }: { first?: number }) => ({
      nodes: order.lines.slice(0, first).map((line) => ({
        id: gid('LineItem', line.id),
        title: line.title,
        variantTitle: line.variantTitle,
        sku: line.sku,
        quantity: line.quantity,
        variantId: line.variantId === null ? null : gid('ProductVariant', line.variantId),
      })),
    }),
  };
}
