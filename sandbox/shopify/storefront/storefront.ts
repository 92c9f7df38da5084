import type { Sandbox } from '../../sandbox.ts';
import type { Exchange, Router } from '../../router.ts';
import type { Product } from '../../state.ts';
import { UnknownError } from '../../world.ts';
import { validateShopper } from '../checkout/checkout-cart.ts';
import { registerAppProxy } from '../theme/app-proxy.ts';
import { registerCartApi } from '../theme/cart-api.ts';
import { productDrop } from '../theme/drops.ts';
import { sendThemePage } from '../theme/render-page.ts';
import { registerThemeAssets } from '../theme/theme-assets.ts';
import { registerChooser } from './account.ts';
import { registerProductPictures } from './product-picture.ts';
import { changeLine, type Shoppers } from './shoppers.ts';
import { visitOf } from './visit.ts';

/** Registers the theme's pages of every shop, its cart, sign-in and account, and the app proxy. */
export function registerStorefront(router: Router, sandbox: Sandbox, shoppers: Shoppers): void {
  router.add('GET', '/store/:shop', (exchange) => sendHome(exchange, sandbox, shoppers));
  router.add('GET', '/store/:shop/collections/:handle', (exchange) =>
    sendCollection(exchange, sandbox, shoppers),
  );
  router.add('GET', '/store/:shop/products/:handle', (exchange) => sendProduct(exchange, sandbox, shoppers));
  router.add('GET', '/store/:shop/pages/:handle', (exchange) => sendTextPage(exchange, sandbox, shoppers));
  router.add('GET', '/store/:shop/cart', (exchange) => sendCart(exchange, sandbox, shoppers));
  router.add('POST', '/store/:shop/cart', async (exchange) => {
    const { shop, shopper } = visitOf(exchange, sandbox, shoppers);
    const form = await exchange.form();
    const quantity = Number(form.get('quantity') ?? 1);
    const isWhole = Number.isSafeInteger(quantity) && quantity >= 0;
    const change = form.get('how') === 'set' ? { set: quantity } : { add: quantity };
    if (isWhole) changeLine(shopper, Number(form.get('variant')), change);
    exchange.redirect(`/store/${shop.domain}/cart`);
  });
  registerCartApi(router, sandbox, shoppers);
  registerAppProxy(router, sandbox, shoppers);
  registerThemeAssets(router);
  registerProductPictures(router, sandbox);
  registerChooser(router, sandbox, shoppers);
}

const isOnSale = ({ status }: Product): boolean => status === 'ACTIVE';

async function sendHome(exchange: Exchange, sandbox: Sandbox, shoppers: Shoppers): Promise<void> {
  const visit = visitOf(exchange, sandbox, shoppers);
  const { words, shop } = visit;
  const products = sandbox.world.shop(shop.domain).products.filter(isOnSale);
  const collection = {
    title: words.t('store.products'),
    products: products.map((each) => productDrop(shop, each)),
  };
  const title = words.t('store.products');
  await sendThemePage(exchange, sandbox, visit, { template: 'index', title, drops: { collection } });
}

async function sendCollection(exchange: Exchange, sandbox: Sandbox, shoppers: Shoppers): Promise<void> {
  const visit = visitOf(exchange, sandbox, shoppers);
  const { words, shop } = visit;
  const { products, collections } = sandbox.world.shop(shop.domain);
  const { handle } = exchange.params;
  const found = collections.find((each) => each.handle === handle);
  if (!found && handle !== 'all') throw new UnknownError(`no collection ${handle} in ${shop.domain}`);
  const inIt = products.filter((each) => isOnSale(each) && (!found || found.productIds.includes(each.id)));
  const title = found?.title ?? words.t('store.products');
  const collection = { title, products: inIt.map((each) => productDrop(shop, each)) };
  await sendThemePage(exchange, sandbox, visit, { template: 'collection', title, drops: { collection } });
}

async function sendProduct(exchange: Exchange, sandbox: Sandbox, shoppers: Shoppers): Promise<void> {
  const visit = visitOf(exchange, sandbox, shoppers);
  const { shop } = visit;
  const found = sandbox.world.findProduct(shop.domain, exchange.params.handle ?? '');
  if (!found || !isOnSale(found))
    throw new UnknownError(`no product ${exchange.params.handle} in ${shop.domain}`);
  const product = productDrop(shop, found, exchange.url.searchParams.get('variant'));
  await sendThemePage(exchange, sandbox, visit, {
    template: 'product',
    title: found.title,
    drops: { product },
  });
}

/** Any handle is a page: the merchant makes them, and only their blocks count here. */
async function sendTextPage(exchange: Exchange, sandbox: Sandbox, shoppers: Shoppers): Promise<void> {
  const visit = visitOf(exchange, sandbox, shoppers);
  const { handle = '' } = exchange.params;
  const title = `${handle.slice(0, 1).toUpperCase()}${handle.slice(1).replaceAll('-', ' ')}`;
  const page = { title, handle, url: exchange.url.pathname };
  await sendThemePage(exchange, sandbox, visit, { template: 'page', title, drops: { page } });
}

async function sendCart(exchange: Exchange, sandbox: Sandbox, shoppers: Shoppers): Promise<void> {
  const visit = visitOf(exchange, sandbox, shoppers);
  const { words, shop, shopper } = visit;
  const errors = validateShopper(sandbox.world, shop, shopper, 'CART_INTERACTION', words.locale);
  const drops = { cart_errors: errors };
  await sendThemePage(exchange, sandbox, visit, { template: 'cart', title: words.t('store.cart'), drops });
}
