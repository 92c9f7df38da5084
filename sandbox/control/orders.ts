import { z } from 'zod';

import type { Sandbox } from '../sandbox.ts';
import { BadRequest, type Router } from '../router.ts';
import { currencyDigits, toMinorUnits } from '../shopify/money.ts';
import {
  cancelOrder,
  deleteOrder,
  editOrder,
  exchangeLines,
  fulfillOrder,
  payOrder,
  placeOrder,
  type PlaceOrderInput,
  refundOrder,
} from '../shopify/orders.ts';
import { orderPayload } from '../shopify/payloads/order.ts';
import { refundPayload } from '../shopify/payloads/refund.ts';
import type { CartLineInput } from '../shopify/pricing.ts';
import type { Order } from '../state.ts';
import { idOf, UnknownError, type World } from '../world.ts';
import { customerOf, customerReference, readBody, shopOf } from './input.ts';

const reference = z.union([z.string(), z.number()]);
const decimal = z.union([z.string(), z.number()]);

const lineInput = z.object({
  variant: reference.optional(),
  product: reference.optional(),
  title: z.string().optional(),
  price: decimal.optional(),
  quantity: z.number().int().min(1).default(1),
  /** Bought with a selling plan. */
  subscription: z.boolean().optional(),
});

/** The body of an order, and of a cart that is only priced. */
export const orderInput = z.object({
  shop: z.string().optional(),
  customer: customerReference.optional(),
  lines: z.array(lineInput).min(1),
  discountCodes: z.array(z.string()).default([]),
  paid: z.boolean().default(true),
  test: z.boolean().optional(),
  /** The currency the buyer pays in, when it isn't the shop's; `rate` is its units for one of the shop's. */
  currency: z.string().length(3).optional(),
  rate: z.number().positive().optional(),
  shipping: decimal.optional(),
  shippingTax: decimal.optional(),
  duties: decimal.optional(),
  email: z.string().nullable().optional(),
  phone: z.string().nullable().optional(),
  note: z.string().optional(),
  sourceName: z.string().optional(),
  at: z.iso.datetime({ offset: true }).optional(),
  /** False: only the customer's address was typed. */
  signedIn: z.boolean().optional(),
  /** Buys for a company. */
  company: z.boolean().optional(),
  /** Of a draft order. */
  acceptAutomaticDiscounts: z.boolean().optional(),
  bypassCartValidations: z.boolean().optional(),
  manualDiscount: z.object({ title: z.string().default('Discount'), amount: decimal }).optional(),
});

const refundInput = z.object({
  shop: z.string().optional(),
  order: reference,
  lines: z.array(z.object({ line: reference, quantity: z.number().int().min(1) })).optional(),
  amount: decimal.optional(),
  full: z.boolean().optional(),
  /** Of the shipping and the duties; `shipping: true` is all that is left. */
  shipping: z.union([decimal, z.literal(true)]).optional(),
  duties: decimal.optional(),
  /** By how much less moves than lines and shipping are worth. */
  withheld: decimal.optional(),
  reason: z.enum(['Customer', 'Damage', 'Restock', 'Refund discrepancy']).nullable().optional(),
  /** An adjustment that balances a full return and moves nothing; signed. */
  balancing: decimal.optional(),
  pending: z.boolean().optional(),
  note: z.string().optional(),
});

const exchangeInput = z.object({
  shop: z.string().optional(),
  lines: z.array(z.object({ line: reference, quantity: z.number().int().min(1) })).min(1),
  add: z.array(lineInput).min(1),
});

const fulfillInput = z.object({
  shop: z.string().optional(),
  lines: z.array(z.object({ line: reference, quantity: z.number().int().min(1) })).optional(),
});

const editInput = z.object({
  shop: z.string().optional(),
  lines: z.array(z.object({ line: reference, quantity: z.number().int().min(0) })).default([]),
  add: z.array(lineInput).default([]),
  paid: z.boolean().default(true),
  note: z.string().optional(),
});

const cancelInput = z.object({
  shop: z.string().optional(),
  refund: z.boolean().default(false),
  reason: z.enum(['customer', 'fraud', 'inventory', 'declined', 'other']).default('customer'),
});

/** Registers the endpoints that place, pay, fulfil, edit, cancel, refund and delete orders. */
export function registerOrderControls(router: Router, sandbox: Sandbox): void {
  const { world } = sandbox;
  registerOrderWork(router, world);

  router.add('POST', '/_control/orders', async (exchange) => {
    const input = await readBody(exchange, orderInput);
    const shop = shopOf(world, input.shop);
    const placement = toPlacement(world, shop, input);
    const place = () => placeOrder(world, shop, placement);
    const outcome = input.at === undefined ? place() : world.at(input.at, place);
    if (outcome.ok) return exchange.sendJson(201, { order: orderPayload(world, shop, outcome.order) });
    exchange.sendJson(422, outcome);
  });

  router.add('POST', '/_control/orders/:id/pay', async (exchange) => {
    const input = await readBody(exchange, z.object({ shop: z.string().optional() }));
    const { shop, order } = findOrder(world, input.shop, exchange.params.id ?? '');
    exchange.sendJson(200, { order: orderPayload(world, shop, payOrder(world, shop, order.id)) });
  });

  router.add('POST', '/_control/orders/:id/cancel', async (exchange) => {
    const input = await readBody(exchange, cancelInput);
    const { shop, order } = findOrder(world, input.shop, exchange.params.id ?? '');
    const cancelled = cancelOrder(world, shop, order.id, { refund: input.refund, reason: input.reason });
    exchange.sendJson(200, { order: orderPayload(world, shop, cancelled) });
  });

  router.add('POST', '/_control/refunds', async (exchange) => {
    const input = await readBody(exchange, refundInput);
    const { shop, order } = findOrder(world, input.shop, input.order);
    const outcome = refundOrder(world, shop, order.id, {
      lines: (input.lines ?? []).map(({ line, quantity }) => ({ lineId: lineId(order, line), quantity })),
      amount: minorUnits(world, shop, input.amount ?? 0),
      full: input.full ?? false,
      shipping: input.shipping === true || minorUnits(world, shop, input.shipping ?? 0),
      duties: minorUnits(world, shop, input.duties ?? 0),
      withheld: minorUnits(world, shop, input.withheld ?? 0),
      balancing: minorUnits(world, shop, input.balancing ?? 0),
      isPending: input.pending ?? false,
      ...(input.reason === undefined ? {} : { reason: input.reason }),
      ...(input.note === undefined ? {} : { note: input.note }),
    });
    if (!outcome.ok) return exchange.sendJson(422, outcome);
    exchange.sendJson(201, {
      refund: refundPayload(world, shop, order, outcome.refund),
      order: orderPayload(world, shop, order),
    });
  });
}

/** The order or cart that a body asks for. */
export function toPlacement(world: World, shop: string, input: z.output<typeof orderInput>): PlaceOrderInput {
  return {
    lines: input.lines.map((line) => cartLine(world, shop, line)),
    discountCodes: input.discountCodes,
    customerId: customerOf(world, shop, input.customer)?.id ?? null,
    paid: input.paid,
    shipping: minorUnits(world, shop, input.shipping ?? 0),
    shippingTax: minorUnits(world, shop, input.shippingTax ?? 0),
    duties: minorUnits(world, shop, input.duties ?? 0),
    ...presentment(input.currency, input.rate),
    ...(input.manualDiscount === undefined
      ? {}
      : {
          manualDiscount: {
            title: input.manualDiscount.title,
            amount: minorUnits(world, shop, input.manualDiscount.amount),
          },
        }),
    ...(input.test === undefined ? {} : { test: input.test }),
    ...(input.email === undefined ? {} : { email: input.email }),
    ...(input.phone === undefined ? {} : { phone: input.phone }),
    ...(input.note === undefined ? {} : { note: input.note }),
    ...(input.sourceName === undefined ? {} : { sourceName: input.sourceName }),
    ...(input.signedIn === undefined ? {} : { isSignedIn: input.signedIn }),
    isCompany: input.company ?? false,
    acceptsAutomaticDiscounts: input.acceptAutomaticDiscounts ?? false,
    bypassesValidations: input.bypassCartValidations ?? false,
  };
}

/** What a merchant does with an order apart from payments. */
function registerOrderWork(router: Router, world: World): void {
  router.add('POST', '/_control/orders/:id/fulfill', async (exchange) => {
    const input = await readBody(exchange, fulfillInput);
    const { shop, order } = findOrder(world, input.shop, exchange.params.id ?? '');
    const lines = input.lines?.map(({ line, quantity }) => ({ lineId: lineId(order, line), quantity }));
    const outcome = fulfillOrder(world, shop, order.id, lines);
    if (!outcome.ok) return exchange.sendJson(422, outcome);
    exchange.sendJson(200, { order: orderPayload(world, shop, order) });
  });

  router.add('POST', '/_control/orders/:id/edit', async (exchange) => {
    const input = await readBody(exchange, editInput);
    const { shop, order } = findOrder(world, input.shop, exchange.params.id ?? '');
    const outcome = editOrder(world, shop, order.id, {
      quantities: input.lines.map(({ line, quantity }) => ({ lineId: lineId(order, line), quantity })),
      add: input.add.map((line) => cartLine(world, shop, line)),
      paid: input.paid,
      ...(input.note === undefined ? {} : { note: input.note }),
    });
    if (!outcome.ok) return exchange.sendJson(422, outcome);
    exchange.sendJson(200, { order: orderPayload(world, shop, order) });
  });

  router.add('POST', '/_control/orders/:id/exchange', async (exchange) => {
    const input = await readBody(exchange, exchangeInput);
    const { shop, order } = findOrder(world, input.shop, exchange.params.id ?? '');
    const outcome = exchangeLines(world, shop, order.id, {
      returned: input.lines.map(({ line, quantity }) => ({ lineId: lineId(order, line), quantity })),
      add: input.add.map((line) => cartLine(world, shop, line)),
    });
    if (!outcome.ok) return exchange.sendJson(422, outcome);
    exchange.sendJson(200, { order: orderPayload(world, shop, order) });
  });

  router.add('DELETE', '/_control/orders/:id', (exchange) => {
    const { shop, order } = findOrder(
      world,
      exchange.url.searchParams.get('shop') ?? undefined,
      exchange.params.id ?? '',
    );
    if (!deleteOrder(world, shop, order.id)) return exchange.sendJson(422, { ok: false, reason: 'is_open' });
    exchange.sendJson(200, { ok: true });
  });
}

function presentment(currency: string | undefined, rate: number | undefined) {
  if (currency === undefined) return {};
  return { presentmentCurrency: currency, presentmentRate: rate ?? 1 };
}

function minorUnits(world: World, shop: string, amount: string | number): number {
  try {
    return toMinorUnits(amount, currencyDigits(world.shop(shop).shop.currency));
  } catch (error) {
    throw new BadRequest(error instanceof Error ? error.message : String(error));
  }
}

/** Finds a line by variant, by product (its first variant), or by title and price alone. */
function cartLine(world: World, shop: string, line: z.output<typeof lineInput>): CartLineInput {
  const shared: CartLineInput = {
    quantity: line.quantity,
    ...(line.title === undefined ? {} : { title: line.title }),
    ...(line.subscription ? { isSubscription: true } : {}),
    ...(line.price === undefined ? {} : { price: minorUnits(world, shop, line.price) }),
  };
  if (line.variant !== undefined) return { ...shared, variantId: idOf(line.variant) };
  if (line.product === undefined) {
    if (line.price === undefined) throw new BadRequest('a line needs a variant, a product or a price');
    return shared;
  }
  const variant = world.findProduct(shop, line.product)?.variants[0];
  if (!variant) throw new UnknownError(`no product ${line.product} in ${shop}`);
  return { ...shared, variantId: variant.id };
}

/** Finds the order by id, gid or name; without a shop every shop is searched. */
function findOrder(
  world: World,
  shop: string | undefined,
  wanted: string | number,
): { shop: string; order: Order } {
  for (const domain of shop === undefined ? world.shopDomains() : [shopOf(world, shop)]) {
    const order = world.findOrder(domain, wanted);
    if (order) return { shop: domain, order };
  }
  throw new UnknownError(`no order ${wanted}`);
}

/** Finds a line by its id, gid, or position counted from 0 (numbers below 1000). */
function lineId(order: Order, wanted: string | number): number {
  const id = idOf(wanted);
  return id < 1000 ? (order.lines[id]?.id ?? id) : id;
}
