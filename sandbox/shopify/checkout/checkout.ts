import { z } from 'zod';
import type { Sandbox } from '../../sandbox.ts';
import { BadRequest, type Exchange, type Router } from '../../router.ts';
import { placeOrder, type PlaceOrderOutcome } from '../orders.ts';
import { signSessionToken } from '../session-token.ts';
import type { Shoppers } from '../storefront/shoppers.ts';
import { type StoreVisit, visitOf } from '../storefront/visit.ts';
import type { Markup } from '../ui/html.ts';
import { gid, UnknownError } from '../../world.ts';
import type { CheckoutData } from '../extensions/client/apis/checkout-data.ts';
import type { Words } from '../ui/i18n.ts';
import {
  addCode,
  priceCheckout,
  removeCode,
  shippingOf,
  validateShopper,
  viewCheckout,
} from './checkout-cart.ts';
import { extensionFrames, sendExtensionFrame } from '../extensions/extension-frame.ts';
import { readExtension } from '../extensions/read-extension.ts';
import { viewBought } from './bought.ts';
import { sendCheckoutPage, sendConfirmation } from './checkout-pages.ts';

const codeChange = z.object({
  type: z.enum(['addDiscountCode', 'removeDiscountCode']),
  code: z.string().min(1),
});

const BLOCK = 'purchase.checkout.block.render';
const THANK_YOU_BLOCK = 'purchase.thank-you.block.render';

/** Registers the checkout with the extension's frame, its cart, the session token, and the order's confirmation. */
export function registerCheckout(router: Router, sandbox: Sandbox, shoppers: Shoppers): void {
  const { world } = sandbox;
  const visit = (exchange: Exchange) => visitOf(exchange, sandbox, shoppers);
  const cartOf = (exchange: Exchange) => {
    const { words, shop, shopper, customer } = visit(exchange);
    return viewCheckout(words, shop, customer, priceCheckout(world, shop, shopper));
  };

  router.add('GET', '/store/:shop/checkout', async (exchange) => {
    const { shop, shopper, words } = visit(exchange);
    if (shopper.lines.length === 0) return exchange.redirect(`/store/${shop.domain}/cart`);
    const errors = validateShopper(world, shop, shopper, 'CHECKOUT_INTERACTION', words.locale);
    const blocks = await checkoutBlocks(exchange, visit(exchange));
    sendCheckoutPage(exchange, sandbox, visit(exchange), cartOf(exchange), blocks, errors[0] ?? null);
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
    // Who changes a code has a checkout that takes codes.
    const checkout: CheckoutData = { cart: cartOf(exchange), canChangeCodes: true, confirmation: null };
    exchange.sendJson(200, { result, data: { checkout } });
  });
  router.add('POST', '/store/:shop/checkout/session-token', (exchange) => {
    const { shop, shopper } = visit(exchange);
    const customer = shopper.customerId;
    exchange.sendJson(200, {
      result: signSessionToken(sandbox.options, { surface: 'checkout', shop: shop.domain, customer }),
    });
  });
  router.add('GET', '/store/:shop/checkout/extension/:name', async (exchange) => {
    const { words, shop, customer } = visit(exchange);
    const checkout: CheckoutData = {
      cart: cartOf(exchange),
      canChangeCodes: exchange.url.searchParams.get('codes') !== 'blocked',
      confirmation: null,
    };
    const extension = await readExtension(exchange.params.name ?? '');
    const base = `/store/${shop.domain}/checkout`;
    const frame = { words, shop, customer, extension, target: BLOCK, base, data: { checkout } };
    await sendExtensionFrame(exchange, frame);
  });
  router.add('POST', '/store/:shop/checkout', (exchange) => placeFromForm(exchange, sandbox, shoppers));
  registerThankYou(router, sandbox, shoppers);
}

/** The page after the order, with the blocks of extensions. */
function registerThankYou(router: Router, sandbox: Sandbox, shoppers: Shoppers): void {
  const { world } = sandbox;
  const visit = (exchange: Exchange) => visitOf(exchange, sandbox, shoppers);
  const orderOf = ({ params }: Exchange) =>
    world.shop(params.shop ?? '').orders.find(({ token }) => token === params.token);
  router.add('GET', '/store/:shop/orders/:token', async (exchange) => {
    const { shop, words } = visit(exchange);
    const order = orderOf(exchange);
    if (!order) return exchange.redirect(`/store/${shop.domain}`);
    const title = words.t('checkout.extension');
    const blocks = await extensionFrames(
      shop,
      THANK_YOU_BLOCK,
      title,
      ({ handle }) => `/store/${shop.domain}/orders/${order.token}/extension/${handle}${exchange.url.search}`,
    );
    sendConfirmation(exchange, visit(exchange), order, blocks);
  });
  router.add('GET', '/store/:shop/orders/:token/extension/:name', async (exchange) => {
    const { words, shop, customer } = visit(exchange);
    const order = orderOf(exchange);
    if (!order) throw new UnknownError(`no order ${exchange.params.token}`);
    const isFirstOrder = !world
      .shop(shop.domain)
      .orders.some((each) => each.id < order.id && each.email === order.email);
    const checkout: CheckoutData = {
      cart: viewBought(words, order),
      canChangeCodes: false,
      confirmation: {
        orderId: gid('Order', order.id),
        number: order.confirmationNumber,
        isFirstOrder,
      },
    };
    const extension = await readExtension(exchange.params.name ?? '');
    const base = `/store/${shop.domain}/checkout`;
    const frame = { words, shop, customer, extension, target: THANK_YOU_BLOCK, base, data: { checkout } };
    await sendExtensionFrame(exchange, frame);
  });
}

function checkoutBlocks(exchange: Exchange, { words, shop }: StoreVisit): Promise<Markup[]> {
  return extensionFrames(
    shop,
    BLOCK,
    words.t('checkout.extension'),
    ({ handle }) => `/store/${shop.domain}/checkout/extension/${handle}${exchange.url.search}`,
  );
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
  sendCheckoutPage(exchange, sandbox, visit, cart, await checkoutBlocks(exchange, visit), problem);
}
