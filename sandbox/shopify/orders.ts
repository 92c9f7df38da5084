import { randomBytes } from 'node:crypto';

import type { Customer, Order, Transaction } from '../state.ts';
import { UnknownError, type World } from '../world.ts';
import { type CodeRejection, recordCodeUse } from './discounts.ts';
import { validateCart } from './functions/run-validations.ts';
import { type FulfillOutcome, fulfillmentStatus, makeFulfillment } from './fulfillments.ts';
import { type ExchangeWish, makeExchange } from './exchanges.ts';
import { type EditOutcome, type EditWish, makeEdit, payMore } from './order-edits.ts';
import { orderTotals } from './order-totals.ts';
import { orderEditPayload } from './payloads/order-edit.ts';
import { orderPayload } from './payloads/order.ts';
import { refundPayload } from './payloads/refund.ts';
import { type Cart, type PricedCart, priceCart } from './pricing.ts';
import { type RefundOutcome, type RefundWish, makeRefund, wholeRefund } from './refunds.ts';
import { findById } from '../find-by-id.ts';

export type PlaceOrderInput = Cart & {
  paid: boolean;
  test?: boolean;
  phone?: string | null;
  note?: string;
  /** The checkout's language, for messages; otherwise the customer's. */
  language?: string;
  customAttributes?: { key: string; value: string }[];
  shippingTitle?: string;
  /** The tax in (or on) the shipping, and what is paid at the border; minor units. */
  shippingTax?: number;
  duties?: number;
};

export type PlaceOrderOutcome =
  | { ok: true; order: Order }
  | { ok: false; reason: 'empty_cart' }
  | { ok: false; reason: 'discount_code'; code: string; rejection: CodeRejection; message?: string }
  /** A cart and checkout validation stops it. */
  | { ok: false; reason: 'validation'; messages: string[] };

const GATEWAY = 'bogus';

/**
 * Places an order: prices the cart, uses up the codes, and announces orders/create, orders/updated and (when
 * paid) orders/paid under one event id. A code that does not apply refuses the order and changes nothing.
 */
export function placeOrder(world: World, domain: string, input: PlaceOrderInput): PlaceOrderOutcome {
  if (input.lines.length === 0) return { ok: false, reason: 'empty_cart' };
  const priced = priceCart(world, domain, input);
  const refused = priced.rejected[0];
  if (refused) {
    const { code, reason: rejection, message } = refused;
    return {
      ok: false,
      reason: 'discount_code',
      code,
      rejection,
      ...(message === undefined ? {} : { message }),
    };
  }
  const state = world.shop(domain);
  const customer = findById(state.customers, input.customerId) ?? null;
  const language = input.language ?? customer?.locale ?? state.shop.locale;
  const messages = validateCart(world, domain, input, { step: 'CHECKOUT_COMPLETION', language });
  if (messages.length > 0) return { ok: false, reason: 'validation', messages };
  const order = newOrder(world, domain, input, priced, customer);
  for (const application of order.discountApplications) {
    const discount = state.discounts.find((each) => each.id === application.discountId);
    if (discount) recordCodeUse(discount, order.id, order.customerId);
  }
  if (input.paid) settle(world, order, orderTotals(order).total);
  state.orders.push(order);
  announceOrder(world, domain, order, [
    'orders/create',
    ...(input.paid ? ['orders/paid'] : []),
    'orders/updated',
  ]);
  return { ok: true, order };
}

/** Marks an order that owes something as paid; announces orders/paid and orders/updated. A paid order is left unchanged. */
export function payOrder(world: World, domain: string, orderId: number): Order {
  const order = requireOrder(world, domain, orderId);
  if (order.financialStatus === 'pending') settle(world, order, orderTotals(order).total);
  else if (order.owed) {
    payMore(world, order, order.owed);
    order.owed = 0;
    order.financialStatus = order.refunds.length > 0 ? 'partially_refunded' : 'paid';
  } else return order;
  touch(world, order);
  announceOrder(world, domain, order, ['orders/paid', 'orders/updated']);
  return order;
}

/**
 * Fulfils units, all that are left without `lines`. Announces orders/fulfilled or orders/partially_fulfilled, and
 * orders/updated. Refused with a reason when the order is cancelled or has fewer units left.
 */
export function fulfillOrder(
  world: World,
  domain: string,
  orderId: number,
  lines?: { lineId: number; quantity: number }[],
): FulfillOutcome {
  const order = requireOrder(world, domain, orderId);
  const outcome = makeFulfillment(world, order, lines);
  if (!outcome.ok) return outcome;
  touch(world, order);
  const isWhole = fulfillmentStatus(order) === 'fulfilled';
  announceOrder(world, domain, order, [
    isWhole ? 'orders/fulfilled' : 'orders/partially_fulfilled',
    'orders/updated',
  ]);
  return outcome;
}

/** Changes the lines of an order; announces orders/edited, which carries the edit only, and orders/updated. */
export function editOrder(world: World, domain: string, orderId: number, wish: EditWish): EditOutcome {
  const order = requireOrder(world, domain, orderId);
  const outcome = makeEdit(world, domain, order, wish);
  if (!outcome.ok) return outcome;
  touch(world, order);
  world.announce(domain, [
    { topic: 'orders/edited', payload: orderEditPayload(world.shop(domain).shop, order, outcome.edit) },
    { topic: 'orders/updated', payload: orderPayload(world, domain, order) },
  ]);
  return outcome;
}

/**
 * Exchanges units of a paid order for other lines; announces refunds/create and orders/updated. Refused with a reason when
 * it is not paid, or when more units are returned than are left.
 */
export function exchangeLines(
  world: World,
  domain: string,
  orderId: number,
  wish: ExchangeWish,
): RefundOutcome {
  const order = requireOrder(world, domain, orderId);
  const outcome = makeExchange(world, domain, order, wish);
  if (!outcome.ok) return outcome;
  touch(world, order);
  world.announce(domain, [
    { topic: 'refunds/create', payload: refundPayload(world, domain, order, outcome.refund) },
    { topic: 'orders/updated', payload: orderPayload(world, domain, order) },
  ]);
  return outcome;
}

/**
 * Deletes an order that was cancelled or never paid, as at Shopify; announces orders/delete. Returns whether it did.
 */
export function deleteOrder(world: World, domain: string, orderId: number): boolean {
  const order = requireOrder(world, domain, orderId);
  if (order.cancelledAt === null && order.financialStatus !== 'pending') return false;
  const state = world.shop(domain);
  state.orders = state.orders.filter((each) => each !== order);
  world.announce(domain, [{ topic: 'orders/delete', payload: { id: order.id } }]);
  return true;
}

export type CancelOptions = {
  refund?: boolean;
  reason?: 'customer' | 'fraud' | 'inventory' | 'declined' | 'other';
};

/**
 * Cancels an order. A pending one becomes voided; a paid one keeps its status unless `refund` is set, which refunds
 * everything that is left (and announces refunds/create too). Announces orders/cancelled and orders/updated. An order
 * that is already cancelled is left unchanged.
 */
export function cancelOrder(
  world: World,
  domain: string,
  orderId: number,
  options: CancelOptions = {},
): Order {
  const order = requireOrder(world, domain, orderId);
  if (order.cancelledAt !== null) return order;
  order.cancelledAt = world.instant();
  order.cancelReason = options.reason ?? 'customer';
  const messages: { topic: string; payload: unknown }[] = [];
  if (order.financialStatus === 'pending') {
    order.financialStatus = 'voided';
    for (const line of order.lines) line.currentQuantity = 0;
  } else if (options.refund) {
    const outcome = makeRefund(world, order, { ...wholeRefund(order), restockType: 'cancel' });
    if (outcome.ok) {
      messages.push({
        topic: 'refunds/create',
        payload: refundPayload(world, domain, order, outcome.refund),
      });
    }
  }
  touch(world, order);
  const payload = orderPayload(world, domain, order);
  messages.push({ topic: 'orders/cancelled', payload }, { topic: 'orders/updated', payload });
  world.announce(domain, messages);
  return order;
}

/** What to refund: what is wished for, or all that is left. */
export type RefundRequest = Partial<RefundWish> & { full?: boolean };

/**
 * Refunds a paid order and announces refunds/create and orders/updated under one event id. Refused with a reason when
 * it isn't paid, or when more units or money are requested than are left.
 */
export function refundOrder(
  world: World,
  domain: string,
  orderId: number,
  request: RefundRequest,
): RefundOutcome {
  const order = requireOrder(world, domain, orderId);
  const wanted = request.full
    ? wholeRefund(order)
    : { ...request, lines: request.lines ?? [], amount: request.amount ?? 0 };
  const outcome = makeRefund(world, order, { ...wanted, restockType: 'return', note: request.note ?? null });
  if (!outcome.ok) return outcome;
  touch(world, order);
  world.announce(domain, [
    { topic: 'refunds/create', payload: refundPayload(world, domain, order, outcome.refund) },
    { topic: 'orders/updated', payload: orderPayload(world, domain, order) },
  ]);
  return outcome;
}

function requireOrder(world: World, domain: string, orderId: number): Order {
  const order = world.findOrder(domain, orderId);
  if (!order) throw new UnknownError(`no order ${orderId} in ${domain}`);
  return order;
}

/** An order that costs nothing is paid without a payment. */
function settle(world: World, order: Order, amount: number): void {
  order.financialStatus = 'paid';
  if (amount === 0) return;
  const sale: Transaction = {
    id: world.nextId(),
    kind: 'sale',
    amount,
    gateway: GATEWAY,
    parentId: null,
    createdAt: world.instant(),
  };
  order.transactions.push(sale);
}

function touch(world: World, order: Order): void {
  order.updatedAt = world.instant();
}

function announceOrder(world: World, domain: string, order: Order, topics: string[]): void {
  const payload = orderPayload(world, domain, order);
  world.announce(
    domain,
    topics.map((topic) => ({ topic, payload })),
  );
}

function newOrder(
  world: World,
  domain: string,
  input: PlaceOrderInput,
  priced: PricedCart,
  customer: Customer | null,
): Order {
  const state = world.shop(domain);
  const number = state.nextOrderNumber;
  state.nextOrderNumber += 1;
  const now = world.instant();
  const order: Order = {
    id: world.nextId(),
    number,
    name: `#${number}`,
    token: randomBytes(16).toString('hex'),
    confirmationNumber: randomBytes(5).toString('hex').toUpperCase().slice(0, 9),
    checkoutId: world.nextId(),
    customerId: customer?.id ?? null,
    email: input.email ?? customer?.email ?? null,
    phone: input.phone ?? customer?.phone ?? null,
    currency: state.shop.currency,
    presentmentCurrency: input.presentmentCurrency ?? state.shop.currency,
    presentmentRate: input.presentmentRate ?? 1,
    locale: customer?.locale ?? state.shop.locale,
    test: input.test ?? false,
    sourceName: input.sourceName ?? 'web',
    taxesIncluded: priced.taxesIncluded,
    note: input.note ?? '',
    tags: [],
    customAttributes: input.customAttributes ?? [],
    lines: priced.lines.map((line) => {
      const { gross: _gross, net: _net, ...kept } = line;
      return { ...kept, id: world.nextId(), currentQuantity: line.quantity };
    }),
    discountApplications: priced.applications,
    shipping: priced.shipping,
    ...(priced.shippingAllocations.length > 0 ? { shippingAllocations: priced.shippingAllocations } : {}),
    shippingTitle: input.shippingTitle ?? 'Standard',
    shippingAddress: customer?.address ?? null,
    refunds: [],
    transactions: [],
    financialStatus: 'pending',
    createdAt: now,
    processedAt: now,
    updatedAt: now,
    cancelledAt: null,
    cancelReason: null,
    ...(input.shippingTax ? { shippingTax: input.shippingTax } : {}),
    ...(input.duties ? { duties: input.duties } : {}),
  };
  return { ...order, placedTotal: orderTotals(order).total };
}
