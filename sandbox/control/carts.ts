import type { Sandbox } from '../sandbox.ts';
import type { Router } from '../router.ts';
import { validateCart } from '../shopify/functions/run-validations.ts';
import { currencyDigits, toDecimal } from '../shopify/money.ts';
import { type PricedCart, priceCart } from '../shopify/pricing.ts';
import { readBody, shopOf } from './input.ts';
import { orderInput, toPlacement } from './orders.ts';

/** Registers the endpoint that prices a cart without placing an order, as the cart and the checkout do. */
export function registerCartControls(router: Router, { world }: Sandbox): void {
  router.add('POST', '/_control/carts', async (exchange) => {
    const input = await readBody(exchange, orderInput);
    const shop = shopOf(world, input.shop);
    const cart = toPlacement(world, shop, input);
    const priced = priceCart(world, shop, cart);
    const language = world.findCustomer(shop, cart.customerId ?? '')?.locale ?? world.shop(shop).shop.locale;
    const errors = validateCart(world, shop, cart, { step: 'CART_INTERACTION', language });
    exchange.sendJson(200, { cart: cartView(priced), rejected: priced.rejected, errors });
  });
}

function cartView(priced: PricedCart) {
  const text = (minor: number) => toDecimal(minor, currencyDigits(priced.currency));
  return {
    lines: priced.lines.map((line) => ({
      title: line.title,
      quantity: line.quantity,
      price: text(line.price),
      total: text(line.net),
      discounts: line.allocations.map(({ applicationIndex, amount }) => ({
        title: priced.applications[applicationIndex]?.title ?? '',
        amount: text(amount),
      })),
    })),
    subtotal: text(priced.subtotal),
    discount: text(priced.discountTotal),
    total: text(priced.total),
  };
}
