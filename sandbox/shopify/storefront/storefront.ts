import type { Sandbox } from '../../sandbox.ts';
import type { Exchange, Router } from '../../router.ts';
import type { Product, Shop } from '../../state.ts';
import { validateShopper } from '../checkout/checkout-cart.ts';
import { priceCart, type PricedCart, type PricedLine } from '../pricing.ts';
import { money } from '../ui/format.ts';
import { html, type Markup } from '../ui/html.ts';
import type { Words } from '../ui/i18n.ts';
import { registerAccountPages } from './account.ts';
import { productPicture, registerProductPictures } from './product-picture.ts';
import { changeLine, type Shoppers } from './shoppers.ts';
import { sendStorePage } from './store-layout.ts';
import { visitOf } from './visit.ts';

/** Registers products, cart, sign-in and account of every shop. */
export function registerStorefront(router: Router, sandbox: Sandbox, shoppers: Shoppers): void {
  router.add('GET', '/store/:shop', (exchange) => sendProducts(exchange, sandbox, shoppers));
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
  registerAccountPages(router, sandbox, shoppers);
  registerProductPictures(router, sandbox);
}

function sendProducts(exchange: Exchange, sandbox: Sandbox, shoppers: Shoppers): void {
  const visit = visitOf(exchange, sandbox, shoppers);
  const { words, shop } = visit;
  const { products } = sandbox.world.shop(shop.domain);
  const content = html`<h1 class="store-title">${words.t('store.welcome', { shop: shop.name })}</h1>
    <div class="products">
      ${products.filter(isOnSale).map((product) => productCard(words, shop, product))}
    </div>`;
  sendStorePage(exchange, { ...visit, title: words.t('store.products'), content });
}

const isOnSale = ({ status }: Product): boolean => status === 'ACTIVE';

function productCard(words: Words, shop: Shop, product: Product): Markup {
  const [first] = product.variants;
  if (!first) return html``;
  const choice =
    product.variants.length > 1
      ? html`<label class="visually-hidden" for="variant-${product.id}">${words.t('store.variant')}</label>
          <select name="variant" id="variant-${product.id}">
            ${product.variants.map((variant) => html`<option value="${variant.id}">${variant.title} · ${money(words, variant.price, shop.currency)}</option>`)}
          </select>`
      : html`<input type="hidden" name="variant" value="${first.id}" />`;
  return html`<article class="product">
    <img src="${productPicture(product)}" alt="" width="400" height="400" />
    <h2>${product.title}</h2>
    <p class="price">${money(words, first.price, shop.currency)}</p>
    <form method="post" action="/store/${shop.domain}/cart">
      ${choice}<button class="button">${words.t('store.add')}</button>
    </form>
  </article>`;
}

function sendCart(exchange: Exchange, sandbox: Sandbox, shoppers: Shoppers): void {
  const visit = visitOf(exchange, sandbox, shoppers);
  const { words, shop, shopper } = visit;
  const cart = priceCart(sandbox.world, shop.domain, {
    lines: shopper.lines,
    discountCodes: [],
    customerId: shopper.customerId,
  });
  const errors = validateShopper(sandbox.world, shop, shopper, 'CART_INTERACTION', words.locale);
  const empty = html`<p class="empty">
    ${words.t('store.cartEmpty')} <a href="/store/${shop.domain}">${words.t('store.keepShopping')}</a>
  </p>`;
  const full = html`<div class="cart-lines">
      ${cart.lines.map((line) => cartLine(words, shop, sandbox, line, labelsOf(cart, line)))}
    </div>
    <div class="cart-foot">
      <p class="sum strong">
        <span>${words.t('summary.subtotal')}</span><span>${money(words, cart.subtotal, shop.currency)}</span>
      </p>
      <p class="muted">${words.t('store.cartNote')}</p>
      <a class="button primary wide" href="/store/${shop.domain}/checkout">${words.t('store.checkOut')}</a>
    </div>`;
  const content = html`<h1>${words.t('store.cart')}</h1>
    ${errors.map((error) => html`<p class="notice critical" role="alert">${error}</p>`)}
    ${cart.lines.length > 0 ? full : empty}`;
  sendStorePage(exchange, { ...visit, title: words.t('store.cart'), content });
}

/** Names of the discounts on a line. */
function labelsOf(cart: PricedCart, line: PricedLine): string[] {
  return line.allocations.flatMap(({ applicationIndex }) => cart.applications[applicationIndex]?.title ?? []);
}

function cartLine(
  words: Words,
  shop: Shop,
  sandbox: Sandbox,
  line: PricedLine,
  labels: readonly string[],
): Markup {
  const product = sandbox.world.findProduct(shop.domain, line.productId ?? '');
  const step = (quantity: number, label: string, name: string, disabled = false) =>
    html`<form method="post" action="/store/${shop.domain}/cart">
      <input type="hidden" name="how" value="set" /><input
        type="hidden"
        name="variant"
        value="${line.variantId}"
      /><input type="hidden" name="quantity" value="${quantity}" /><button
        class="step"
        aria-label="${name}"
        ${disabled ? 'disabled' : ''}
      >
        ${label}
      </button>
    </form>`;
  return html`<div class="cart-line">
    ${product ? html`<img src="${productPicture(product)}" alt="" width="72" height="72" />` : ''}
    <div class="cart-line-text">
      <strong>${line.title}</strong
      >${line.variantTitle ? html`<span class="muted">${line.variantTitle}</span>` : ''}<span class="muted"
        >${money(words, line.price, shop.currency)}</span
      >${labels.map((label) => html`<span class="badge">${label}</span>`)}
    </div>
    <div class="stepper">
      ${step(line.quantity - 1, '−', words.t('store.fewer'))}<span>${line.quantity}</span>${step(line.quantity + 1, '+', words.t('store.more'))}
    </div>
    <span class="cart-line-sum"
      >${line.net < line.gross ? html`<s class="muted">${money(words, line.gross, shop.currency)}</s> ` : ''}<strong
        >${money(words, line.net, shop.currency)}</strong
      ></span
    >
  </div>`;
}
