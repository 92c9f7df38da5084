import type { Sandbox } from '../../sandbox.ts';
import type { Exchange } from '../../router.ts';
import type { Order } from '../../state.ts';
import { orderLink } from '../account/account-visit.ts';
import { orderCard } from '../storefront/account.ts';
import { productPicture } from '../storefront/product-picture.ts';
import { sendStorePage } from '../storefront/store-layout.ts';
import type { StoreVisit } from '../storefront/visit.ts';
import { html, jsonScript, type Markup } from '../ui/html.ts';
import { languageSwitch, sendPage } from '../ui/layout.ts';
import type { CheckoutCart } from './checkout-cart.ts';

/** Sends the checkout: contact, the extension, shipping, payment; beside it the summary with the code field. */
export function sendCheckoutPage(
  exchange: Exchange,
  sandbox: Sandbox,
  visit: StoreVisit,
  cart: CheckoutCart,
  blocks: Markup[],
  problem: string | null,
): void {
  const { words, shop } = visit;
  const base = `/store/${shop.domain}`;
  const body = html` <header class="checkout-header">
      <a class="store-brand" href="${base}">${shop.name}</a>${languageSwitch(words, exchange.url)}
    </header>
    <main class="checkout">
      <form class="checkout-steps" method="post" action="${base}/checkout" id="place-order">
        <h1 class="visually-hidden">${words.t('checkout.title')}</h1>
        ${problem ? html`<p class="notice critical" role="alert">${problem}</p>` : ''}
        ${contactSection(visit)} ${blocks}
        <section>
          <h2>${words.t('checkout.shipping')}</h2>
          <div class="option chosen">
            <span>${words.t('checkout.standardShipping')}</span><strong>${cart.shown.shipping}</strong>
          </div>
        </section>
        <section>
          <h2>${words.t('checkout.payment')}</h2>
          <div class="options">
            <label class="option"
              ><input type="radio" name="payment" value="card" checked /><span
                >${words.t('checkout.payNow')}<small class="muted"
                  >${words.t('checkout.payNowNote')}</small
                ></span
              ></label
            >
            <label class="option"
              ><input type="radio" name="payment" value="bank_transfer" /><span
                >${words.t('checkout.bankTransfer')}<small class="muted"
                  >${words.t('checkout.bankTransferNote')}</small
                ></span
              ></label
            >
          </div>
        </section>
        <button class="button primary wide">${words.t('checkout.placeOrder')}</button>
      </form>
      ${summary(sandbox, visit, cart)}
    </main>
    ${jsonScript('checkout-settings', { base: `${base}/checkout`, texts: { remove: words.t('checkout.removeCode') } })}`;
  const title = `${words.t('checkout.title')} · ${shop.name}`;
  sendPage(
    exchange,
    { words, title, body, area: 'checkout', scripts: ['/_assets/checkout.js'] },
    problem ? 422 : 200,
  );
}

function contactSection({ words, shop, customer }: StoreVisit): Markup {
  const signIn = `/store/${shop.domain}/sign-in?back=/store/${shop.domain}/checkout`;
  const known = html`<div class="option chosen">
    <span>${customer?.firstName} ${customer?.lastName}<small class="muted">${customer?.email}</small></span
    ><a href="${signIn}">${words.t('store.switch')}</a>
  </div>`;
  const guest = html`<label class="field"
    ><span>${words.t('checkout.email')}</span
    ><input type="email" name="email" autocomplete="email" placeholder="nama@example.com"
  /></label>`;
  return html`<section>
    <h2>
      ${words.t('checkout.contact')}${customer ? '' : html`<a href="${signIn}">${words.t('store.signIn')}</a>`}
    </h2>
    ${customer ? known : guest}
  </section>`;
}

function summary({ world }: Sandbox, { words, shop, shopper }: StoreVisit, cart: CheckoutCart): Markup {
  const { products } = world.shop(shop.domain);
  const line = (each: CheckoutCart['lines'][number], index: number) => {
    const variantId = shopper.lines[index]?.variantId;
    const product = products.find((candidate) => candidate.variants.some(({ id }) => id === variantId));
    const amount = words.formatCurrency(each.amount, {
      currency: cart.currency,
      currencyDisplay: 'narrowSymbol',
      minimumFractionDigits: Number.isInteger(each.amount) && cart.currency === 'IDR' ? 0 : 2,
    });
    return html`<div class="summary-line">
      <span class="thumbnail"
        >${product ? html`<img src="${productPicture(product)}" alt="" width="56" height="56" />` : ''}<span
          class="quantity"
          >${each.quantity}</span
        ></span
      ><span>${each.title}</span><span>${amount}</span>
    </div>`;
  };
  const row = (name: string, label: string, value: string, className = '') =>
    html`<div class="sum ${className}"><span>${label}</span><span data-sum="${name}">${value}</span></div>`;
  return html`<aside class="summary" aria-label="${words.t('checkout.summary')}">
    ${cart.lines.map(line)}
    <form class="code-form" id="code-form">
      <label class="visually-hidden" for="code">${words.t('checkout.code')}</label
      ><input id="code" name="code" placeholder="${words.t('checkout.code')}" autocomplete="off" /><button
        class="button"
      >
        ${words.t('checkout.applyCode')}
      </button>
    </form>
    <p class="code-problem" id="code-problem" role="alert"></p>
    <div id="codes" class="codes"></div>
    ${row('subtotal', words.t('summary.subtotal'), cart.shown.subtotal)}
    <div id="discounts"></div>
    ${row('shipping', words.t('summary.shipping'), cart.shown.shipping)}
    ${row('total', words.t('summary.total'), cart.shown.total, 'total')}
    <p class="muted">
      ${words.t(shop.taxesIncluded ? 'summary.taxIncluded' : 'summary.taxAdded', { tax: shop.taxTitle })}
      <span data-sum="tax">${cart.shown.tax}</span>
    </p>
  </aside>`;
}

/** Sends the page shown after the order. */
export function sendConfirmation(
  exchange: Exchange,
  visit: StoreVisit,
  order: Order,
  blocks: Markup[],
): void {
  const { words, shop } = visit;
  const isPending = order.financialStatus === 'pending';
  const content = html`<section class="thanks">
      <span class="tick" aria-hidden="true">✓</span>
      <h1>${words.t('checkout.thanks')}</h1>
      <p>${words.t('checkout.orderIs', { name: order.name })}</p>
      ${isPending ? html`<p class="notice">${words.t('checkout.pendingNote')}</p>` : ''}
    </section>
    ${blocks} ${orderCard(words, shop, order)}
    <p>
      <a class="button" href="/store/${shop.domain}">${words.t('store.keepShopping')}</a>
      <a class="button" href="${orderLink(shop.domain, order)}">${words.t('account.orderPage')}</a>
    </p>`;
  sendStorePage(exchange, { ...visit, title: order.name, content, scripts: ['/_assets/account.js'] });
}
