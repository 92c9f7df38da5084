import { z } from 'zod';
import { readBody } from '../../control/input.ts';
import { BadRequest, type Exchange, type Router } from '../../router.ts';
import type { Sandbox } from '../../sandbox.ts';
import type { Order, Shop } from '../../state.ts';
import { UnknownError } from '../../world.ts';
import { createCustomer } from '../customers.ts';
import { sendExtensionFrame } from '../extensions/extension-frame.ts';
import { readExtension } from '../extensions/read-extension.ts';
import { currencyDigits, toMinorUnits } from '../money.ts';
import { placeOrder } from '../orders.ts';
import { signSessionToken } from '../session-token.ts';
import { wordsOf } from '../ui/i18n.ts';
import { addTillCode, cartOfTill, posDataOf, type TillRecord, type TillVisit } from './till-cart.ts';
import { sendCustomerPage, sendOrderPage, sendPaidPage, sendTillPage, tillParts } from './till-pages.ts';
import { addToTill, clearTill, Tills } from './tills.ts';

const cartChange = z.object({
  kind: z.enum([
    ...(['addCode', 'removeDiscount', 'setCustomer', 'removeCustomer', 'clear'] as const),
    ...(['add', 'manual', 'offline', 'permission'] as const),
  ]),
  value: z.union([z.string(), z.number(), z.boolean(), z.null()]).default(null),
  quantity: z.number().int().default(1),
});

/** Registers the till of each shop: selling, customers, orders, and what its extensions ask. */
export function registerPos(router: Router, sandbox: Sandbox): void {
  const tills = new Tills(sandbox.world);
  const visit = (exchange: Exchange): TillVisit => {
    const { shop } = sandbox.world.shop(exchange.params.shop ?? '');
    const words = wordsOf(exchange, shop.locale === 'id' ? 'id' : 'en');
    return { words, shop, till: tills.of(exchange, shop.domain) };
  };
  router.add('GET', '/pos/:shop', (exchange) => sendTillPage(exchange, sandbox, visit(exchange)));
  router.add('GET', '/pos/:shop/customers/:id', (exchange) => {
    const known = visit(exchange);
    const customer = sandbox.world.findCustomer(known.shop.domain, exchange.params.id ?? '');
    if (!customer) throw new UnknownError('no such customer');
    return sendCustomerPage(exchange, sandbox, known, customer);
  });
  router.add('GET', '/pos/:shop/orders/:id', (exchange) =>
    sendOrderPage(exchange, sandbox, visit(exchange), orderOf(exchange, sandbox)),
  );
  router.add('GET', '/pos/:shop/paid/:id', (exchange) =>
    sendPaidPage(exchange, sandbox, visit(exchange), orderOf(exchange, sandbox)),
  );
  router.add('POST', '/pos/:shop/customers', (exchange) => addCustomer(exchange, sandbox, visit(exchange)));
  router.add('POST', '/pos/:shop/pay', (exchange) => pay(exchange, sandbox, visit(exchange)));
  registerServices(router, sandbox, visit);
}

type Visit = (exchange: Exchange) => TillVisit;

function registerServices(router: Router, sandbox: Sandbox, visit: Visit): void {
  const { world } = sandbox;
  router.add('GET', '/pos/:shop/extension/:name/:target', async (exchange) => {
    const { words, shop, till } = visit(exchange);
    const { name = '', target = '' } = exchange.params;
    const known = posDataOf(world, shop, till, recordOf(exchange, sandbox, shop));
    // What the background knew before the payment that led to this page.
    const isBefore = exchange.url.searchParams.has('before');
    const pos = isBefore ? { ...known, transactions: known.transactions - 1 } : known;
    const extension = await readExtension(name);
    const base = `/pos/${shop.domain}/services`;
    await sendExtensionFrame(exchange, {
      words,
      shop,
      customer: null,
      extension,
      target,
      base,
      data: { pos },
    });
  });
  // Of the user who is signed in to the till, never of the pinned member of staff; none where they may not use the app.
  router.add('POST', '/pos/:shop/services/session-token', (exchange) => {
    const { shop, till } = visit(exchange);
    const token = signSessionToken(sandbox.options, { surface: 'pos', shop: shop.domain });
    exchange.sendJson(200, { result: till.mayUseApp ? token : null });
  });
  router.add('POST', '/pos/:shop/services/cart', async (exchange) => {
    const { words, shop, till } = visit(exchange);
    const change = await readBody(exchange, cartChange);
    const result = changeTill(sandbox, { words, shop, till }, change);
    exchange.sendJson(200, { result, data: { pos: posDataOf(world, shop, till) } });
  });
  router.add('GET', '/pos/:shop/parts', (exchange) => {
    const known = visit(exchange);
    const parts = tillParts(sandbox, known, exchange.url.searchParams.get('q') ?? '');
    exchange.sendJson(200, { ...parts, data: { pos: posDataOf(world, known.shop, known.till) } });
  });
}

function recordOf(exchange: Exchange, { world }: Sandbox, shop: Shop): TillRecord {
  const search = exchange.url.searchParams;
  return {
    customerId: world.findCustomer(shop.domain, search.get('customer') ?? '')?.id ?? null,
    order: world.findOrder(shop.domain, search.get('order') ?? '') ?? null,
  };
}

function orderOf(exchange: Exchange, { world }: Sandbox): Order {
  const order = world.findOrder(exchange.params.shop ?? '', exchange.params.id ?? '');
  if (!order) throw new UnknownError('no such order');
  return order;
}

/** Changes the till; returns what a refused change says, or null. */
function changeTill(
  { world }: Sandbox,
  { words, shop, till }: TillVisit,
  { kind, value, quantity }: z.output<typeof cartChange>,
): string | null {
  const number = Number(value);
  switch (kind) {
    case 'addCode':
      return addTillCode(world, shop, till, words, String(value));
    case 'removeDiscount':
      Object.assign(till, { codes: [], manualMinor: null });
      return null;
    case 'setCustomer':
      if (!world.findCustomer(shop.domain, String(value))) return words.t('pos.noCustomer');
      till.customerId = number;
      return null;
    case 'removeCustomer':
      till.customerId = null;
      return null;
    case 'clear':
      clearTill(till);
      return null;
    case 'add':
      addToTill(till, number, quantity);
      return null;
    case 'manual':
      Object.assign(till, {
        codes: [],
        manualMinor: toMinorUnits(String(value), currencyDigits(shop.currency)),
      });
      return null;
    case 'offline':
      till.isOffline = value === true;
      return null;
    case 'permission':
      till.mayUseApp = value === true;
      return null;
  }
}

async function addCustomer(exchange: Exchange, { world }: Sandbox, { shop, till }: TillVisit): Promise<void> {
  const form = await exchange.form();
  const text = (name: string) => form.get(name)?.trim() || null;
  const made = createCustomer(world, shop.domain, {
    firstName: text('firstName') ?? '',
    lastName: text('lastName') ?? '',
    phone: text('phone'),
  });
  if (!made.ok) throw new BadRequest(made.reason);
  till.customerId = made.customer.id;
  exchange.redirect(`/pos/${shop.domain}`);
}

/** Takes the money and places the order, as orders of a till are. */
async function pay(exchange: Exchange, sandbox: Sandbox, { words, shop, till }: TillVisit): Promise<void> {
  const outcome = placeOrder(sandbox.world, shop.domain, {
    ...cartOfTill(till),
    paid: true,
    language: words.locale,
  });
  if (!outcome.ok) return exchange.redirect(`/pos/${shop.domain}?problem=${outcome.reason}`);
  clearTill(till);
  till.transactions += 1;
  exchange.redirect(`/pos/${shop.domain}/paid/${outcome.order.id}`);
}
