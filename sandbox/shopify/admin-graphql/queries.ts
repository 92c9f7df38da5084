import { GraphQLError } from 'graphql';

import type { AppDiscount, Collection, Customer, Order, Product, Variant } from '../../state.ts';
import { idOf } from '../../world.ts';
import { fulfillmentsOf } from '../fulfillments.ts';
import { orderTotals } from '../order-totals.ts';
import { connection } from './connection.ts';
import { customerByIdentifier } from './customer-by-identifier.ts';
import type { AdminContext, FieldArguments, Source } from './context.ts';
import { anyTermFilter, FREE_TEXT, searchFilter, type SearchFields } from './search.ts';
import { purchaseSource } from './mutations/purchases.ts';
import { appDiscountSource, discountOfApp } from './sources/app-discount.ts';
import { prepareFunctions } from '../functions/load-functions.ts';
import { functionSource, validationSource } from './sources/validation.ts';
import { segmentQueries } from './segments.ts';
import { bulkSource } from './sources/bulk.ts';
import { customerSource } from './sources/customer.ts';
import { discountNodeSource } from './sources/discount.ts';
import { fulfillmentSource } from './sources/fulfillment.ts';
import { orderSource } from './sources/order.ts';
import { collectionSource, productSource, variantSource } from './sources/product.ts';
import { installationSource, shopLocaleSources, shopSource } from './sources/shop.ts';

export type RootResolver = (args: FieldArguments, context: AdminContext) => unknown;

const LARGEST_COUNT = 10_000;
const RECENT_ORDERS_MS = 60 * 24 * 3_600_000;

/** The fields of `QueryRoot` that the sandbox knows. */
export const queries: Record<string, RootResolver> = {
  ...segmentQueries,
  shop: (_args, context) => shopSource(context),
  shopLocales: (_args, context) => shopLocaleSources(context),
  currentAppInstallation: (_args, context) => installationSource(context),
  node: (args, context) => nodeSource(context, args.id),
  nodes: (args, context) => (Array.isArray(args.ids) ? args.ids.map((id) => nodeSource(context, id)) : []),
  order: (args, context) =>
    find(context.state.orders, args.id, 'Order', (order) => orderSource(context, order)),
  fulfillment: (args, context) => fulfillmentById(context, args.id),
  customer: (args, context) =>
    find(context.state.customers, args.id, 'Customer', (customer) => customerSource(context, customer)),
  customerByIdentifier: (args, context) => customerByIdentifier(args, context),
  product: (args, context) =>
    find(context.state.products, args.id, 'Product', (product) => productSource(context, product)),
  orders: (args, context) =>
    connection(
      {
        items: chosenOrders(args, context),
        idOf: (each) => each.id,
        toSource: (each) => orderSource(context, each),
      },
      args,
    ),
  ordersCount: (args, context) => countSource(chosenOrders(args, context).length, args.limit),
  customers: (args, context) =>
    connection(
      {
        items: chosenCustomers(args, context),
        idOf: (each) => each.id,
        toSource: (each) => customerSource(context, each),
      },
      args,
    ),
  customersCount: (args, context) => countSource(chosenCustomers(args, context).length, args.limit),
  products: (args, context) =>
    connection(
      {
        items: chosen(context.state.products, args, PRODUCT_SEARCH, PRODUCT_ORDER, 'ID'),
        idOf: (each) => each.id,
        toSource: (each) => productSource(context, each),
      },
      args,
    ),
  collection: (args, context) =>
    find(context.state.collections, args.id, 'Collection', (each) => collectionSource(context, each)),
  collections: (args, context) =>
    connection(
      {
        items: chosen(context.state.collections, args, COLLECTION_SEARCH, COLLECTION_ORDER, 'ID'),
        idOf: (each) => each.id,
        toSource: (each) => collectionSource(context, each),
      },
      args,
    ),
  bulkOperation: (args, context) => {
    const { id } = resourceOf(args.id);
    const found = context.sandbox.bulk.find(context.domain, id);
    return found ? bulkSource(context, found) : null;
  },
  bulkOperations: (args, context) => {
    const newest = context.sandbox.bulk.list(context.domain);
    const items = args.reverse === true ? newest.toReversed() : newest;
    if (args.query) throw notSimulatedSearch();
    return connection(
      { items, idOf: (each) => each.id, toSource: (each) => bulkSource(context, each) },
      args,
    );
  },
  currentBulkOperation: (args, context) => {
    const type = args.type ?? 'QUERY';
    const newest = context.sandbox.bulk.list(context.domain).find((each) => each.type === type);
    return newest ? bulkSource(context, newest) : null;
  },
  // The app's automatic discounts only: codes have queries of their own.
  discountNode: (args, context) =>
    find(context.state.appDiscounts ?? [], args.id, 'DiscountNode', (each) => discountOfApp(context, each)),
  discountNodes: (args, context) =>
    connection(
      {
        items: chosen(context.state.appDiscounts ?? [], args, DISCOUNT_SEARCH, DISCOUNT_ORDER, 'CREATED_AT'),
        idOf: (each) => each.id,
        toSource: (each) => discountOfApp(context, each),
      },
      args,
    ),
  productVariants: (args, context) =>
    connection(
      {
        items: chosen(
          allVariants(context).filter(anyTermFilter(args.query, VARIANT_SEARCH)),
          { ...args, query: null },
          VARIANT_SEARCH,
          VARIANT_ORDER,
          'ID',
        ),
        idOf: (each) => each.id,
        toSource: ({ product, variant }) => variantSource(context, product, variant),
      },
      args,
    ),
  validations: (args, context) =>
    connection(
      {
        items: context.state.validations ?? [],
        idOf: (each) => each.id,
        toSource: (each) => validationSource(context, each),
      },
      args,
    ),
  validation: (args, context) =>
    find(context.state.validations ?? [], args.id, 'Validation', (each) => validationSource(context, each)),
  shopifyFunctions: async (args, context) => {
    const items = (await prepareFunctions()).list().map((loaded, index) => ({ loaded, index }));
    const toSource = ({ loaded }: (typeof items)[number]) => functionSource(context, loaded);
    return connection({ items, idOf: ({ index }) => index + 1, toSource }, args);
  },
  codeDiscountNode: (args, context) =>
    find(context.state.discounts, args.id, 'DiscountCodeNode', (each) => discountNodeSource(context, each)),
  codeDiscountNodeByCode: (args, context) => {
    const discount = context.world.findDiscount(context.domain, String(args.code));
    return discount ? discountNodeSource(context, discount) : null;
  },
};

const ORDER_SEARCH: SearchFields<Order> = {
  id: (order) => ({ kind: 'number', value: order.id }),
  name: (order) => ({ kind: 'text', value: order.name }),
  created_at: (order) => ({ kind: 'time', value: order.createdAt }),
  updated_at: (order) => ({ kind: 'time', value: order.updatedAt }),
  processed_at: (order) => ({ kind: 'time', value: order.processedAt }),
  customer_id: (order) => ({ kind: 'number', value: order.customerId }),
  email: (order) => ({ kind: 'text', value: order.email }),
  financial_status: (order) => ({ kind: 'text', value: order.financialStatus }),
  test: (order) => ({ kind: 'text', value: String(order.test) }),
  source_name: (order) => ({ kind: 'text', value: order.sourceName }),
  tag: (order) => ({ kind: 'list', value: order.tags }),
  discount_code: (order) => ({
    kind: 'list',
    value: order.discountApplications.flatMap((each) => (each.code === null ? [] : [each.code])),
  }),
};

const CUSTOMER_SEARCH: SearchFields<Customer> = {
  id: (customer) => ({ kind: 'number', value: customer.id }),
  email: (customer) => ({ kind: 'text', value: customer.email }),
  phone: (customer) => ({ kind: 'text', value: customer.phone }),
  first_name: (customer) => ({ kind: 'text', value: customer.firstName }),
  last_name: (customer) => ({ kind: 'text', value: customer.lastName }),
  customer_date: (customer) => ({ kind: 'time', value: customer.createdAt }),
  updated_at: (customer) => ({ kind: 'time', value: customer.updatedAt }),
  state: (customer) => ({ kind: 'text', value: customer.state }),
  tag: (customer) => ({ kind: 'list', value: customer.tags }),
};

const PRODUCT_SEARCH: SearchFields<Product> = {
  id: (product) => ({ kind: 'number', value: product.id }),
  title: (product) => ({ kind: 'text', value: product.title }),
  handle: (product) => ({ kind: 'text', value: product.handle }),
  status: (product) => ({ kind: 'choice', value: product.status }),
  tag: (product) => ({ kind: 'list', value: product.tags }),
  updated_at: (product) => ({ kind: 'time', value: product.updatedAt }),
  // The fields that Shopify's product search without a field looks into, as we read its documentation.
  [FREE_TEXT]: ({ title, productType, vendor, tags, variants }) => ({
    kind: 'words',
    value: [title, productType, vendor, ...tags, ...variants.flatMap((each) => [each.title, each.sku])],
  }),
};

interface VariantOfProduct {
  id: number;
  product: Product;
  variant: Variant;
}

const allVariants = ({ state }: AdminContext): VariantOfProduct[] =>
  state.products.flatMap((product) =>
    product.variants.map((variant) => ({ id: variant.id, product, variant })),
  );

const VARIANT_SEARCH: SearchFields<VariantOfProduct> = {
  id: ({ id }) => ({ kind: 'number', value: id }),
  sku: ({ variant }) => ({ kind: 'text', value: variant.sku }),
  title: ({ variant }) => ({ kind: 'text', value: variant.title }),
  product_status: ({ product }) => ({ kind: 'choice', value: product.status }),
  [FREE_TEXT]: ({ product, variant }) => ({
    kind: 'words',
    value: [product.title, variant.title, variant.sku],
  }),
  product_id: ({ product }) => ({ kind: 'number', value: product.id }),
};

const DISCOUNT_SEARCH: SearchFields<AppDiscount> = {
  id: ({ id }) => ({ kind: 'number', value: id }),
  method: () => ({ kind: 'text', value: 'automatic' }),
  title: ({ title }) => ({ kind: 'text', value: title }),
};

const DISCOUNT_ORDER: Record<string, (discount: AppDiscount) => SortValue> = {
  ID: ({ id }) => id,
  CREATED_AT: ({ createdAt }) => createdAt,
};

const VARIANT_ORDER: Record<string, (item: VariantOfProduct) => SortValue> = {
  ID: ({ id }) => id,
  SKU: ({ variant }) => variant.sku,
};

const COLLECTION_SEARCH: SearchFields<Collection> = {
  id: (collection) => ({ kind: 'number', value: collection.id }),
  title: (collection) => ({ kind: 'text', value: collection.title }),
  handle: (collection) => ({ kind: 'text', value: collection.handle }),
  updated_at: (collection) => ({ kind: 'time', value: collection.updatedAt }),
  [FREE_TEXT]: (collection) => ({ kind: 'words', value: [collection.title] }),
};

type SortValue = string | number;

const ORDER_ORDER: Record<string, (order: Order) => SortValue> = {
  ID: (order) => order.id,
  CREATED_AT: (order) => order.createdAt,
  UPDATED_AT: (order) => order.updatedAt,
  PROCESSED_AT: (order) => order.processedAt,
  ORDER_NUMBER: (order) => order.number,
  TOTAL_PRICE: (order) => orderTotals(order).total,
};

const CUSTOMER_ORDER: Record<string, (customer: Customer) => SortValue> = {
  ID: (customer) => customer.id,
  CREATED_AT: (customer) => customer.createdAt,
  UPDATED_AT: (customer) => customer.updatedAt,
  NAME: (customer) => `${customer.lastName}, ${customer.firstName}`,
};

const COLLECTION_ORDER: Record<string, (collection: Collection) => SortValue> = {
  ID: (collection) => collection.id,
  TITLE: (collection) => collection.title.toLowerCase(),
  UPDATED_AT: (collection) => collection.updatedAt,
};

const PRODUCT_ORDER: Record<string, (product: Product) => SortValue> = {
  ID: (product) => product.id,
  TITLE: (product) => product.title.toLowerCase(),
  CREATED_AT: (product) => product.createdAt,
  UPDATED_AT: (product) => product.updatedAt,
};

/** Without read_all_orders an app sees only the orders of the last 60 days. */
function visibleOrders({ state, scopes, world }: AdminContext): Order[] {
  if (scopes.has('read_all_orders')) return state.orders;
  const since = new Date(world.now() - RECENT_ORDERS_MS).toISOString();
  return state.orders.filter((order) => order.createdAt >= since);
}

function chosenOrders(args: FieldArguments, context: AdminContext): Order[] {
  return chosen(visibleOrders(context), args, ORDER_SEARCH, ORDER_ORDER, 'PROCESSED_AT');
}

function chosenCustomers(args: FieldArguments, context: AdminContext): Customer[] {
  return chosen(context.state.customers, args, CUSTOMER_SEARCH, CUSTOMER_ORDER, 'ID');
}

/** Filters by `query` and sorts by `sortKey`; equal keys sort by id, so that pages never overlap. */
function chosen<Item extends { id: number }>(
  items: Item[],
  args: FieldArguments,
  search: SearchFields<Item>,
  order: Record<string, (item: Item) => SortValue>,
  defaultKey: string,
): Item[] {
  const sortKey = typeof args.sortKey === 'string' ? args.sortKey : defaultKey;
  const valueOf = order[sortKey];
  if (!valueOf) {
    throw new GraphQLError(`sandbox: sort key ${sortKey} is not simulated`, {
      extensions: { code: 'SANDBOX_NOT_SIMULATED' },
    });
  }
  const found = items.filter(searchFilter(args.query, search)).sort((a, b) => {
    const [left, right] = [valueOf(a), valueOf(b)];
    return left === right ? a.id - b.id : left < right ? -1 : 1;
  });
  return args.reverse === true ? found.reverse() : found;
}

function notSimulatedSearch(): GraphQLError {
  return new GraphQLError('sandbox: a search of bulk operations is not simulated', {
    extensions: { code: 'SANDBOX_NOT_SIMULATED' },
  });
}

function countSource(found: number, limit: unknown): Source {
  const most = typeof limit === 'number' ? limit : LARGEST_COUNT;
  return { count: Math.min(found, most), precision: found > most ? 'AT_LEAST' : 'EXACT' };
}

/** Types whose query by id has their name. */
const NODE_QUERIES = new Set(['Order', 'Customer', 'Product', 'Collection']);

function nodeSource(context: AdminContext, id: unknown): Source | null {
  const { products } = context.state;
  const wanted = resourceOf(id);
  if (NODE_QUERIES.has(wanted.type)) {
    const resolver = queries[wanted.type.toLowerCase()];
    const source = resolver?.({ id }, context);
    return isSource(source) ? source : null;
  }
  if (wanted.type === 'DiscountCodeNode') {
    return find(context.state.discounts, id, wanted.type, (each) => discountNodeSource(context, each));
  }
  if (wanted.type === 'DiscountAutomaticNode') {
    const { appDiscounts = [] } = context.state;
    return find(appDiscounts, id, wanted.type, (each) => appDiscountSource(context, each));
  }
  if (wanted.type === 'AppPurchaseOneTime')
    return find(context.state.purchases ?? [], id, wanted.type, purchaseSource);
  if (wanted.type === 'ProductVariant') {
    const product = products.find((each) => each.variants.some((variant) => variant.id === wanted.id));
    const variant = product?.variants.find((each) => each.id === wanted.id);
    return product && variant ? variantSource(context, product, variant) : null;
  }
  throw new GraphQLError(`sandbox: node of type ${wanted.type} is not simulated`, {
    extensions: { code: 'SANDBOX_NOT_SIMULATED' },
  });
}

/** Finds the item of a gid, or null. Throws Shopify's RESOURCE_NOT_FOUND for a gid of another type. */
function find<Item extends { id: number }>(
  items: Item[],
  id: unknown,
  type: string,
  toSource: (item: Item) => Source,
): Source | null {
  const wanted = resourceOf(id);
  if (wanted.type !== type) {
    throw new GraphQLError(`Invalid id: ${String(id)}`, { extensions: { code: 'RESOURCE_NOT_FOUND' } });
  }
  const item = items.find((each) => each.id === wanted.id);
  return item ? toSource(item) : null;
}

/** Returns type and number of a gid. Throws Shopify's error when it isn't one. */
function resourceOf(id: unknown): { type: string; id: number } {
  const match = /^gid:\/\/shopify\/(\w+)\/\d+/.exec(String(id));
  if (!match)
    throw new GraphQLError(`Invalid global id '${String(id)}'`, {
      extensions: { code: 'argumentLiteralsIncompatible' },
    });
  return { type: match[1] ?? '', id: idOf(String(id)) };
}

function isSource(value: unknown): value is Source {
  return typeof value === 'object' && value !== null;
}

function fulfillmentById(context: AdminContext, reference: unknown): Source | null {
  const id = typeof reference === 'string' ? idOf(reference) : Number.NaN;
  for (const order of context.state.orders) {
    const found = fulfillmentsOf(order).find((each) => each.id === id);
    if (found) return fulfillmentSource(context, order, found);
  }
  return null;
}
