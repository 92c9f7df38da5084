import type { Exchange } from '../../router.ts';
import type { Sandbox } from '../../sandbox.ts';
import type { Customer, Order, Shop } from '../../state.ts';
import { extensionFrames } from '../extensions/extension-frame.ts';
import { orderTotals } from '../order-totals.ts';
import { money } from '../ui/format.ts';
import { html, jsonScript, type Markup } from '../ui/html.ts';
import type { Words } from '../ui/i18n.ts';
import { languageSwitch, sendPage } from '../ui/layout.ts';
import { discountsOf, priceTill, type TillVisit } from './till-cart.ts';

const TARGETS = {
  background: 'pos.app.ready.data',
  tile: 'pos.home.tile.render',
  homeModal: 'pos.home.modal.render',
  customerBlock: 'pos.customer-details.block.render',
  customerAction: 'pos.customer-details.action.render',
  orderBlock: 'pos.order-details.block.render',
  paidBlock: 'pos.purchase.post.block.render',
  paidAction: 'pos.purchase.post.action.render',
  receipt: 'pos.receipt-footer.block.render',
} as const;

const CUSTOMERS_FOUND = 8;

interface TillPage {
  title: string;
  content: Markup;
  /** The target that `presentModal` opens here. */
  modal: string | null;
  /** The record of the page, as the search of its extensions' frames. */
  record?: string;
  /** An order was just paid. */
  isPaid?: boolean;
}

async function framesOf(shop: Shop, target: string, title: string, record = ''): Promise<Markup[]> {
  return extensionFrames(
    shop,
    target,
    title,
    ({ handle }) => `/pos/${shop.domain}/extension/${handle}/${target}${record}`,
  );
}

/** Sends a page of the till: who is signed in, the connection, the content, and the modal for extensions. */
async function sendPosPage(exchange: Exchange, visit: TillVisit, page: TillPage): Promise<void> {
  const { words, shop, till } = visit;
  const { title, content, modal, record = '', isPaid = false } = page;
  const base = `/pos/${shop.domain}`;
  const settings = { base, modal, isPaid };
  const before = isPaid ? '?before=yes' : '';
  const background = await framesOf(shop, TARGETS.background, words.t('pos.background'), before);
  const modals = modal === null ? [] : await framesOf(shop, modal, words.t('pos.modal'), record);
  const body = html`<header class="pos-header">
      <a class="pos-brand" href="${base}">${shop.name} <small>POS</small></a>
      <label class="check"
        ><input type="checkbox" data-switch="offline" ${till.isOffline ? html`checked` : ''} />
        ${words.t('pos.offline')}</label
      >
      <label class="check"
        ><input type="checkbox" data-switch="permission" ${till.mayUseApp ? html`checked` : ''} />
        ${words.t('pos.permission')}</label
      >
      ${languageSwitch(words, exchange.url)}
    </header>
    <main class="pos">${content}</main>
    <div hidden>${background}</div>
    <dialog class="pos-modal" aria-label="${words.t('pos.modal')}">
      <form method="dialog"><button class="button">${words.t('pos.close')}</button></form>
      <template>${modals}</template>
    </dialog>
    <div class="account-toast" role="status" hidden></div>
    ${jsonScript('pos-settings', settings)}`;
  sendPage(exchange, { words, title, body, area: 'pos', scripts: ['/_assets/pos.js'] });
}

/** The parts of the selling page that follow the cart: the customers found, and the cart itself. */
export function tillParts(
  sandbox: Sandbox,
  visit: TillVisit,
  query: string,
): { found: string; cart: string } {
  return { found: foundCustomers(sandbox, visit, query).text, cart: cartPanel(sandbox, visit).text };
}

/** Sends the selling page: tiles, products, the search for a customer, and the cart. */
export async function sendTillPage(exchange: Exchange, sandbox: Sandbox, visit: TillVisit): Promise<void> {
  const { words, shop } = visit;
  const { products } = sandbox.world.shop(shop.domain);
  const problem = exchange.url.searchParams.get('problem');
  const tile = (product: (typeof products)[number]) => {
    const [variant] = product.variants;
    return variant
      ? html`<button type="button" class="pos-product" data-change="add" data-value="${variant.id}">
          ${product.title}<small>${money(words, variant.price, shop.currency)}</small>
        </button>`
      : '';
  };
  const content = html`<section class="pos-sell">
      ${problem ? html`<p class="notice critical" role="alert">${words.t(`pos.problem.${problem}`)}</p>` : ''}
      <h1 class="visually-hidden">${words.t('pos.title')}</h1>
      <div class="pos-tiles">${await framesOf(shop, TARGETS.tile, words.t('pos.tile'))}</div>
      <h2>${words.t('pos.products')}</h2>
      <div class="pos-products">${products.map(tile)}</div>
      <h2>${words.t('pos.customer')}</h2>
      <label class="field"
        ><span>${words.t('pos.search')}</span><input type="search" data-search autocomplete="off"
      /></label>
      <div data-part="found">${foundCustomers(sandbox, visit, '')}</div>
      ${newCustomerForm(words, shop)}
    </section>
    <aside class="pos-cart card" data-part="cart" aria-label="${words.t('pos.cart')}">
      ${cartPanel(sandbox, visit)}
    </aside>`;
  await sendPosPage(exchange, visit, { title: words.t('pos.title'), content, modal: TARGETS.homeModal });
}

function newCustomerForm(words: Words, shop: Shop): Markup {
  const field = (name: string) =>
    html`<label class="field"
      ><span>${words.t(`pos.${name}`)}</span><input name="${name}" autocomplete="off"
    /></label>`;
  return html`<details class="pos-new">
    <summary>${words.t('pos.newCustomer')}</summary>
    <form method="post" action="/pos/${shop.domain}/customers" class="stack">
      ${field('firstName')} ${field('lastName')} ${field('phone')}
      <button class="button">${words.t('pos.addCustomer')}</button>
    </form>
  </details>`;
}

const nameOf = ({ firstName, lastName, phone, email, id }: Customer): string =>
  `${firstName} ${lastName}`.trim() || (phone ?? email ?? String(id));

function foundCustomers({ world }: Sandbox, { words, shop }: TillVisit, query: string): Markup {
  const wanted = query.trim().toLowerCase();
  const text = (customer: Customer) =>
    `${nameOf(customer)} ${customer.phone ?? ''} ${customer.email ?? ''}`.toLowerCase();
  const { customers } = world.shop(shop.domain);
  const found = wanted === '' ? [] : customers.filter((each) => text(each).includes(wanted));
  return html`<ul class="pos-found">
    ${found.slice(0, CUSTOMERS_FOUND).map(
      (customer) =>
        html`<li>
          <button type="button" class="button" data-change="setCustomer" data-value="${customer.id}">
            ${nameOf(customer)}
          </button>
          <a href="/pos/${shop.domain}/customers/${customer.id}">${words.t('pos.openCustomer')}</a>
        </li>`,
    )}
  </ul>`;
}

function cartPanel({ world }: Sandbox, { words, shop, till }: TillVisit): Markup {
  const cart = priceTill(world, shop, till);
  const customer = world.findCustomer(shop.domain, till.customerId ?? '');
  const show = (minor: number) => money(words, minor, shop.currency);
  const row = (name: string, label: string, value: string) =>
    html`<div class="sum"><span>${label}</span><span data-sum="${name}">${value}</span></div>`;
  const line = (each: (typeof cart.lines)[number]) =>
    html`<div class="sum">
      <span
        >${each.quantity} × ${each.title}
        <button
          type="button"
          class="link"
          data-change="add"
          data-value="${each.variantId ?? 0}"
          data-quantity="-1"
          aria-label="${words.t('pos.less', { title: each.title })}"
        >
          −
        </button></span
      ><span>${show(each.gross)}</span>
    </div>`;
  return html`<h2>${words.t('pos.cart')}</h2>
    <p>
      ${
        customer
          ? html`<a href="/pos/${shop.domain}/customers/${customer.id}" data-customer>${nameOf(customer)}</a>
              <button type="button" class="link" data-change="removeCustomer">
                ${words.t('pos.removeCustomer')}
              </button>`
          : html`<span class="muted">${words.t('pos.walkIn')}</span>`
      }
    </p>
    ${cart.lines.length === 0 ? html`<p class="muted">${words.t('pos.empty')}</p>` : cart.lines.map(line)}
    ${discountsOf(cart).map(({ code, title, minor }) => row(`discount ${code ?? ''}`, title, `−${show(minor)}`))}
    ${row('total', words.t('summary.total'), show(cart.total))}
    <form class="code-form" data-code>
      <label class="visually-hidden" for="code">${words.t('pos.code')}</label
      ><input id="code" name="code" placeholder="${words.t('pos.code')}" autocomplete="off" /><button
        class="button"
      >
        ${words.t('pos.apply')}
      </button>
    </form>
    <form class="code-form" data-manual>
      <label class="visually-hidden" for="manual">${words.t('pos.manual')}</label
      ><input
        id="manual"
        name="manual"
        inputmode="decimal"
        placeholder="${words.t('pos.manual')}"
        autocomplete="off"
      /><button class="button">${words.t('pos.apply')}</button>
    </form>
    <p class="code-problem" data-problem role="alert"></p>
    ${
      till.codes.length > 0 || till.manualMinor !== null
        ? html`<button type="button" class="button" data-change="removeDiscount">
            ${words.t('pos.removeDiscounts')}
          </button>`
        : ''
    }
    <form method="post" action="/pos/${shop.domain}/pay">
      <button class="button primary wide" ${cart.lines.length === 0 ? html`disabled` : ''}>
        ${words.t('pos.pay', { total: show(cart.total) })}
      </button>
    </form>`;
}

/** Sends a customer's page with the blocks of extensions. */
export async function sendCustomerPage(
  exchange: Exchange,
  { world }: Sandbox,
  visit: TillVisit,
  customer: Customer,
): Promise<void> {
  const { words, shop } = visit;
  const record = `?customer=${customer.id}`;
  const orders = world.shop(shop.domain).orders.filter(({ customerId }) => customerId === customer.id);
  const content = html`<section class="pos-sell">
    <h1>${nameOf(customer)}</h1>
    <p class="muted">${[customer.phone, customer.email].filter(Boolean).join(' · ')}</p>
    <p>
      <button type="button" class="button" data-change="setCustomer" data-value="${customer.id}">
        ${words.t('pos.addToCart')}
      </button>
    </p>
    <div class="card">${await framesOf(shop, TARGETS.customerBlock, words.t('pos.block'), record)}</div>
    <h2>${words.t('pos.orders')}</h2>
    <ul>
      ${orders
        .toReversed()
        .map((order) => html`<li><a href="/pos/${shop.domain}/orders/${order.id}">${order.name}</a></li>`)}
    </ul>
  </section>`;
  const page = { title: nameOf(customer), content, modal: TARGETS.customerAction, record };
  await sendPosPage(exchange, visit, page);
}

const recordOfOrder = (order: Order) => `?order=${order.id}`;

function orderTotalLine(words: Words, order: Order): Markup {
  return html`<p>
    ${words.t('summary.total')}: <strong>${money(words, orderTotals(order).total, order.currency)}</strong>
  </p>`;
}

/** Sends an order's page with the blocks of extensions. */
export async function sendOrderPage(
  exchange: Exchange,
  _sandbox: Sandbox,
  visit: TillVisit,
  order: Order,
): Promise<void> {
  const { words, shop } = visit;
  const record = recordOfOrder(order);
  const content = html`<section class="pos-sell">
    <h1>${order.name}</h1>
    ${orderTotalLine(words, order)}
    <div class="card">${await framesOf(shop, TARGETS.orderBlock, words.t('pos.block'), record)}</div>
  </section>`;
  await sendPosPage(exchange, visit, { title: order.name, content, modal: null, record });
}

/** Sends what the till shows after a payment: the order, the blocks of extensions, the receipt. */
export async function sendPaidPage(
  exchange: Exchange,
  _sandbox: Sandbox,
  visit: TillVisit,
  order: Order,
): Promise<void> {
  const { words, shop } = visit;
  const record = recordOfOrder(order);
  const content = html`<section class="pos-sell">
      <h1>${words.t('pos.paid')}</h1>
      ${orderTotalLine(words, order)}
      <div class="card">${await framesOf(shop, TARGETS.paidBlock, words.t('pos.block'), record)}</div>
      <p><a class="button primary" href="/pos/${shop.domain}">${words.t('pos.newSale')}</a></p>
    </section>
    <aside class="pos-receipt card" aria-label="${words.t('pos.receipt')}">
      <h2>${shop.name}</h2>
      <p>${order.name}</p>
      ${order.lines.map((line) => html`<p>${line.quantity} × ${line.title}</p>`)}
      ${orderTotalLine(words, order)}
      <div>${await framesOf(shop, TARGETS.receipt, words.t('pos.receipt'), record)}</div>
    </aside>`;
  const page = { title: words.t('pos.paid'), content, modal: TARGETS.paidAction, record, isPaid: true };
  await sendPosPage(exchange, visit, page);
}
