import type { Sandbox } from '../../sandbox.ts';
import type { Router } from '../../router.ts';
import { UnknownError } from '../../world.ts';
import type { Shoppers } from './shoppers.ts';
import { visitOf } from './visit.ts';

const LINES = /^\d+:\d+(?:,\d+:\d+)*$/;
const LARGEST_QUANTITY = 999_999;

/**
 * Registers the address that fills a cart, `/cart/VARIANT:QUANTITY,…`: it replaces what is in the cart and goes on to the
 * checkout, or to the cart with `?storefront=true`. Unknown variants are left out, `?discount=` puts a code on it.
 */
export function registerCartPermalink(router: Router, sandbox: Sandbox, shoppers: Shoppers): void {
  router.add('GET', '/store/:shop/cart/:lines', (exchange) => {
    const { shop, shopper } = visitOf(exchange, sandbox, shoppers);
    const { lines = '' } = exchange.params;
    if (!LINES.test(lines)) throw new UnknownError(`no page /cart/${lines}`);
    const { products } = sandbox.world.shop(shop.domain);
    const known = new Set(products.flatMap(({ variants }) => variants.map(({ id }) => id)));
    const wanted = lines.split(',').map((line) => line.split(':').map(Number));
    shopper.lines = wanted.flatMap(([variantId = 0, quantity = 0]) =>
      known.has(variantId) && quantity > 0
        ? [{ variantId, quantity: Math.min(quantity, LARGEST_QUANTITY) }]
        : [],
    );
    const code = exchange.url.searchParams.get('discount');
    shopper.codes = code ? [code] : [];
    const isForCart = exchange.url.searchParams.get('storefront') === 'true';
    exchange.redirect(`/store/${shop.domain}/${isForCart ? 'cart' : 'checkout'}`);
  });
}
