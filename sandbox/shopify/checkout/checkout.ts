import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { Sandbox } from '../../sandbox.ts';
import { BadRequest, type Exchange, type Router } from '../../router.ts';
import { placeOrder, type PlaceOrderOutcome } from '../orders.ts';
import { signSessionToken } from '../session-token.ts';
import type { Shoppers } from '../storefront/shoppers.ts';
import { visitOf } from '../storefront/visit.ts';
import type { Words } from '../ui/i18n.ts';
import {
  addCode,
  priceCheckout,
  removeCode,
  shippingOf,
  validateShopper,
  viewCheckout,
} from './checkout-cart.ts';
import { sendCheckoutPage, sendConfirmation, sendExtensionFrame } from './checkout-pages.ts';

const EXTENSION = 'checkout-redeem';
const LOCALES_FOLDER = join(import.meta.dirname, `../../../extensions/${EXTENSION}/locales`);

const codeChange = z.object({
  type: z.enum(['addDiscountCode', 'removeDiscountCode']),
  code: z.string().min(1),
});

/** Registers the checkout with the extension's frame, its cart, the session token, and the order's confirmation. */
export function registerCheckout(router: Router, sandbox: Sandbox, shoppers: Shoppers): void {
  const { world } = sandbox;
  const visit = (exchange: Exchange) => visitOf(exchange, sandbox, shoppers);
  const cartOf = (exchange: Exchange) => {
    const { words, shop, shopper, customer } = visit(exchange);
    return viewCheckout(words, shop, customer, priceCheckout(world, shop, shopper));
  };

  router.add('GET', '/store/:shop/checkout', (exchange) => {
    const { shop, shopper } = visit(exchange);
    if (shopper.lines.length === 0) return exchange.redirect(`/store/${shop.domain}/cart`);
    const { words } = visit(exchange);
    const errors = validateShopper(world, shop, shopper, 'CHECKOUT_INTERACTION', words.locale);
    sendCheckoutPage(exchange, sandbox, visit(exchange), cartOf(exchange), errors[0] ?? null);
  });
  router.add('GET', '/store/:shop/checkout/cart', (exchange) => exchange.sendJson(200, cartOf(exchange)));
  router.add('POST', '/store/:shop/checkout/codes', async (exchange) => {
    const { words, shop, shopper } = visit(exchange);
    const input = codeChange.safeParse(await exchange.json());
    if (!input.success) throw new BadRequest(z.prettifyError(input.error));
    const { type, code } = input.data;
    const refusal = type === 'addDiscountCode' ? addCode(world, shop, shopper, code) : null;
    if (type === 'removeDiscountCode') removeCode(shopper, code);
    const message = refusal && (refusal.message ?? words.t(`code.${refusal.reason}`));
    const result = message === null ? { type: 'success' } : { type: 'error', message };
    exchange.sendJson(200, { result, cart: cartOf(exchange) });
  });
  router.add('POST', '/store/:shop/checkout/session-token', (exchange) => {
    const { shop, shopper } = visit(exchange);
    const customer = shopper.customerId;
    exchange.sendJson(200, {
      token: signSessionToken(sandbox.options, { surface: 'checkout', shop: shop.domain, customer }),
    });
  });
  router.add('GET', '/store/:shop/checkout/extension', async (exchange) => {
    const catalogues = { default: await readLocale('en.default.json'), id: await readLocale('id.json') };
    sendExtensionFrame(exchange, visit(exchange), cartOf(exchange), catalogues, EXTENSION);
  });
  router.add('POST', '/store/:shop/checkout', (exchange) => placeFromForm(exchange, sandbox, shoppers));
  router.add('GET', '/store/:shop/orders/:token', (exchange) => {
    const { shop } = visit(exchange);
    const order = world.shop(shop.domain).orders.find(({ token }) => token === exchange.params.token);
    if (!order) return exchange.redirect(`/store/${shop.domain}`);
    sendConfirmation(exchange, visit(exchange), order);
  });
}

async function readLocale(file: string): Promise<unknown> {
  const catalogue: unknown = JSON.parse(await readFile(join(LOCALES_FOLDER, file), 'utf8'));
  return catalogue;
}

function problemOf(words: Words, outcome: Extract<PlaceOrderOutcome, { ok: false }>): string {
  if (outcome.reason === 'empty_cart') return words.t('store.cartEmpty');
  if (outcome.reason === 'validation') return outcome.messages.join(' ');
  return `${outcome.code}: ${outcome.message ?? words.t(`code.${outcome.rejection}`)}`;
}

async function placeFromForm(exchange: Exchange, sandbox: Sandbox, shoppers: Shoppers): Promise<void> {
  const { world } = sandbox;
  const visit = visitOf(exchange, sandbox, shoppers);
  const { words, shop, shopper, customer } = visit;
  const form = await exchange.form();
  const email = form.get('email')?.trim();
  const outcome = placeOrder(world, shop.domain, {
    lines: shopper.lines,
    discountCodes: shopper.codes,
    customerId: shopper.customerId,
    shipping: shippingOf(shop),
    shippingTitle: words.t('checkout.standardShipping'),
    language: words.locale,
    paid: form.get('payment') !== 'bank_transfer',
    email: customer?.email ?? (email === undefined || email === '' ? null : email),
  });
  if (outcome.ok) {
    shopper.lines = [];
    shopper.codes = [];
    return exchange.redirect(`/store/${shop.domain}/orders/${outcome.order.token}`);
  }
  const problem = problemOf(words, outcome);
  const cart = viewCheckout(words, shop, customer, priceCheckout(world, shop, shopper));
  sendCheckoutPage(exchange, sandbox, visit, cart, problem);
}
