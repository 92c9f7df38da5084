import type { Sandbox } from '../sandbox.ts';
import type { Router } from '../router.ts';
import { discountStatus } from '../shopify/discounts.ts';
import { currencyDigits, toDecimal } from '../shopify/money.ts';
import { customerPayload } from '../shopify/payloads/customer.ts';
import { orderPayload } from '../shopify/payloads/order.ts';
import { printedPoints } from '../shopify/products.ts';
import type { DiscountCode, Product, Shop, ShopState } from '../state.ts';
import { gid, type World } from '../world.ts';
import { shopOf } from './input.ts';

const DEFAULT_LIMIT = 200;

/** Registers the endpoints that show what is in the world, newest first where there is a time. */
export function registerViews(router: Router, sandbox: Sandbox): void {
  const { world } = sandbox;
  const perShop = (name: string, list: (shop: string) => unknown[]) =>
    router.add('GET', `/_control/${name}`, (exchange) => {
      const shop = shopOf(world, exchange.url.searchParams.get('shop'));
      exchange.sendJson(200, { [name]: list(shop).slice(0, limitOf(exchange.url)) });
    });

  perShop('orders', (shop) =>
    world
      .shop(shop)
      .orders.toReversed()
      .map((order) => orderPayload(world, shop, order)),
  );
  perShop('customers', (shop) =>
    world.shop(shop).customers.map((customer) => ({
      ...customerPayload(world, shop, customer),
      tags: customer.tags,
      metafields: customer.metafields,
    })),
  );
  perShop('products', (shop) =>
    world.shop(shop).products.map((product) => productView(product, world.shop(shop))),
  );
  perShop('collections', (shop) =>
    world.shop(shop).collections.map((collection) => ({
      ...collection,
      admin_graphql_api_id: gid('Collection', collection.id),
    })),
  );
  perShop('codes', (shop) =>
    world
      .shop(shop)
      .discounts.toReversed()
      .map((discount) => codeView(world, discount, world.shop(shop).shop)),
  );

  router.add('GET', '/_control/shops', (exchange) =>
    exchange.sendJson(200, { shops: world.shopDomains().map((domain) => world.shop(domain).shop) }),
  );
  router.add('GET', '/_control/webhooks', (exchange) => {
    const wanted = exchange.url.searchParams;
    const found = world.state.deliveries.filter(
      (each) =>
        fits(wanted, 'shop', each.shop) &&
        fits(wanted, 'topic', each.topic) &&
        fits(wanted, 'state', each.state),
    );
    exchange.sendJson(200, { webhooks: found.toReversed().slice(0, limitOf(exchange.url)) });
  });
  router.add('GET', '/_control/requests', (exchange) => {
    const wanted = exchange.url.searchParams;
    const found = world.state.requests.filter(
      (each) =>
        fits(wanted, 'shop', each.shop) &&
        fits(wanted, 'kind', each.kind) &&
        fits(wanted, 'operation', each.operation),
    );
    exchange.sendJson(200, { requests: found.toReversed().slice(0, limitOf(exchange.url)) });
  });
  router.add('GET', '/_control/faults', (exchange) => exchange.sendJson(200, { faults: world.state.faults }));
  router.add('GET', '/_control/clock', (exchange) => exchange.sendJson(200, clockView(world)));
}

/** Returns the sandbox's time and its difference from the machine's. */
export function clockView(world: World) {
  return { now: world.instant(), offsetMs: world.state.clockOffsetMs };
}

function fits(wanted: URLSearchParams, name: string, value: string): boolean {
  const filter = wanted.get(name);
  return filter === null || filter === value;
}

function limitOf(url: URL): number {
  const limit = Number(url.searchParams.get('limit') ?? DEFAULT_LIMIT);
  return Number.isSafeInteger(limit) && limit > 0 ? limit : DEFAULT_LIMIT;
}

function codeView(world: World, discount: DiscountCode, shop: Shop) {
  return {
    id: gid('DiscountCodeNode', discount.id),
    code: discount.code,
    title: discount.title,
    status: discountStatus(discount, world.now()),
    value:
      discount.value.kind === 'fixed_amount'
        ? { kind: 'fixed_amount', amount: toDecimal(discount.value.amount, currencyDigits(shop.currency)) }
        : discount.value,
    customers: discount.customerIds?.map((id) => gid('Customer', id)) ?? null,
    usageLimit: discount.usageLimit,
    appliesOncePerCustomer: discount.appliesOncePerCustomer,
    usageCount: discount.uses.length,
    uses: discount.uses,
    combinesWith: discount.combinesWith,
    startsAt: discount.startsAt,
    endsAt: discount.endsAt,
    createdAt: discount.createdAt,
    updatedAt: discount.updatedAt,
  };
}

/** Returns a product as the control API shows it. */
export function productView(product: Product, { shop, collections }: ShopState) {
  return {
    id: product.id,
    admin_graphql_api_id: gid('Product', product.id),
    title: product.title,
    handle: product.handle,
    status: product.status,
    tags: product.tags,
    collections: collections
      .filter(({ productIds }) => productIds.includes(product.id))
      .map(({ id, title, handle }) => ({ id, title, handle })),
    points: printedPoints(product),
    metafields: product.metafields,
    variants: product.variants.map((variant) => ({
      id: variant.id,
      admin_graphql_api_id: gid('ProductVariant', variant.id),
      title: variant.title,
      sku: variant.sku,
      price: toDecimal(variant.price, currencyDigits(shop.currency)),
    })),
  };
}
