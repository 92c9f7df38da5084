import type { Sandbox } from '../../sandbox.ts';
import type { Exchange, Router } from '../../router.ts';
import type { Shop } from '../../state.ts';
import { UnknownError } from '../../world.ts';
import { extensionFrames, sendExtensionFrame } from '../extensions/extension-frame.ts';
import { isPlaced } from '../extensions/placed-targets.ts';
import { findExtensions, readCatalogues, readExtension } from '../extensions/read-extension.ts';
import type { AccountData } from '../extensions/client/apis/account-data.ts';
import { signSessionToken } from '../session-token.ts';
import { orderCard } from '../storefront/account.ts';
import type { Shoppers } from '../storefront/shoppers.ts';
import { sendStorePage } from '../storefront/store-layout.ts';
import { type StoreVisit, visitOf } from '../storefront/visit.ts';
import { html, jsonScript, type Markup } from '../ui/html.ts';
import { orderData, orderVisitOf } from './account-visit.ts';
import { askCustomerApi } from './customer-api.ts';
import { registerSignIn } from './sign-in.ts';
import { askStorefront } from './storefront-api.ts';

const PAGE = 'customer-account.page.render';
const ORDER_INDEX = 'customer-account.order-index.block.render';
const ANNOUNCEMENT = 'customer-account.order-index.announcement.render';
const PROFILE = 'customer-account.profile.block.render';
const ORDER_STATUS = 'customer-account.order-status.block.render';

type Visit = (exchange: Exchange) => StoreVisit;

/** Registers the customer account: signing in, orders, an order's page, the profile, and the pages of extensions. */
export function registerAccount(router: Router, sandbox: Sandbox, shoppers: Shoppers): void {
  const visit: Visit = (exchange) => visitOf(exchange, sandbox, shoppers);
  registerSignIn(router, sandbox, shoppers);
  router.add('GET', '/store/:shop/account', (exchange) => sendOrders(exchange, sandbox, visit(exchange)));
  router.add('GET', '/store/:shop/account/profile', (exchange) => sendProfile(exchange, visit(exchange)));
  router.add('GET', '/store/:shop/account/pages/:name', (exchange) =>
    sendExtensionPage(exchange, visit(exchange)),
  );
  router.add('GET', '/store/:shop/account/orders/:token', (exchange) =>
    sendOrder(exchange, sandbox, shoppers),
  );
  registerFrames(router, sandbox, shoppers, visit);
  registerServices(router, sandbox, visit);
}

/** The documents of extensions; an order's page has its own. */
function registerFrames(router: Router, sandbox: Sandbox, shoppers: Shoppers, visit: Visit): void {
  router.add('GET', '/store/:shop/account/extension/:name/:target', async (exchange) => {
    await sendFrame(exchange, visit(exchange), { order: null });
  });
  router.add('GET', '/store/:shop/account/orders/:token/extension/:name/:target', async (exchange) => {
    const found = orderVisitOf(exchange, sandbox, shoppers);
    if (!found || found.access === 'none') throw new UnknownError('no such order for this visitor');
    const { words, order, access } = found;
    const seen = access === 'fully_authenticated' ? found : { ...found, customer: null };
    await sendFrame(exchange, seen, orderData(words, order, access));
  });
}

async function sendFrame(exchange: Exchange, visit: StoreVisit, account: AccountData): Promise<void> {
  const { words, shop, customer } = visit;
  const { name = '', target = '' } = exchange.params;
  const extension = await readExtension(name);
  const base = `/store/${shop.domain}/account/services/${customer ? 'customer' : 'visitor'}`;
  await sendExtensionFrame(exchange, { words, shop, customer, extension, target, base, data: { account } });
}

/** What extensions of the account ask Shopify for. A visitor before the sign-in has a token without a subject. */
function registerServices(router: Router, sandbox: Sandbox, visit: Visit): void {
  router.add('POST', '/store/:shop/account/services/:who/session-token', (exchange) => {
    const { shop, shopper } = visit(exchange);
    const customer = exchange.params.who === 'customer' ? shopper.customerId : null;
    const claims = { surface: 'customer_account' as const, shop: shop.domain, customer };
    exchange.sendJson(200, { result: signSessionToken(sandbox.options, claims) });
  });
  router.add('POST', '/store/:shop/account/services/:who/storefront', async (exchange) => {
    const { shop } = visit(exchange);
    exchange.sendJson(200, { result: await askStorefront(sandbox, shop, await exchange.json()) });
  });
  router.add('POST', '/store/:shop/account/services/customer/customer-api', async (exchange) => {
    const { shop, customer } = visit(exchange);
    const result = await askCustomerApi(sandbox, { shop, customer }, await exchange.json());
    exchange.sendJson(200, { result });
  });
}

/** The full pages that the merchant has put into the account's menu. */
const placedPages = async (shop: Shop) =>
  (await findExtensions(PAGE)).filter(({ handle }) => isPlaced(shop, handle, PAGE));

const frameSource =
  (base: string, target: string, search: string) =>
  ({ handle }: { handle: string }) =>
    `${base}/extension/${handle}/${target}${search}`;

/** Sends a page of the account: its menu with the pages of extensions, then the content. */
async function sendAccountPage(
  exchange: Exchange,
  visit: StoreVisit,
  { title, content, current }: { title: string; content: Markup; current: string },
): Promise<void> {
  const { words, shop } = visit;
  const base = `/store/${shop.domain}/account`;
  const pages = await Promise.all(
    (await placedPages(shop)).map(async ({ handle }) => {
      const catalogues = await readCatalogues(handle, words.locale);
      const name = catalogues.map((texts) => texts['name']).find((text) => typeof text === 'string');
      return { handle, name: name ?? handle };
    }),
  );
  const entry = (address: string, name: string, key: string) =>
    html`<a href="${address}" ${current === key ? html`aria-current="page"` : ''}>${name}</a>`;
  const menu = html`<nav class="account-menu" aria-label="${words.t('store.account')}">
    ${entry(base, words.t('account.orders'), 'orders')}
    ${pages.map(({ handle, name }) => entry(`${base}/pages/${handle}`, name, handle))}
    ${entry(`${base}/profile`, words.t('account.profile'), 'profile')}
    ${
      visit.customer
        ? html`<form method="post" action="${base}/sign-out">
            <button class="link">${words.t('account.signOut')}</button>
          </form>`
        : ''
    }
  </nav>`;
  const settings = {
    base,
    signIn: `${base}/sign-in?back=${encodeURIComponent(exchange.url.pathname + exchange.url.search)}`,
  };
  sendStorePage(exchange, {
    ...visit,
    title,
    content: html`${menu}${content}
      <div class="account-toast" role="status" hidden></div>
      ${jsonScript('account-settings', settings)}`,
    scripts: ['/_assets/account.js'],
  });
}

function toSignIn(exchange: Exchange, domain: string): void {
  const back = encodeURIComponent(exchange.url.pathname + exchange.url.search);
  exchange.redirect(`/store/${domain}/account/sign-in?back=${back}`);
}

async function sendOrders(exchange: Exchange, sandbox: Sandbox, visit: StoreVisit): Promise<void> {
  const { words, shop, customer } = visit;
  if (!customer) return toSignIn(exchange, shop.domain);
  const base = `/store/${shop.domain}/account`;
  const { search } = exchange.url;
  const title = words.t('account.blockOf');
  const announcements = await extensionFrames(
    shop,
    ANNOUNCEMENT,
    title,
    frameSource(base, ANNOUNCEMENT, search),
  );
  const blocks = await extensionFrames(shop, ORDER_INDEX, title, frameSource(base, ORDER_INDEX, search));
  const orders = sandbox.world
    .shop(shop.domain)
    .orders.filter((order) => order.customerId === customer.id)
    .toReversed();
  const content = html`${announcements}
    <h1>${words.t('store.hello', { name: customer.firstName || (customer.email ?? '') })}</h1>
    <p class="muted">
      ${customer.email} · <a href="/store/${shop.domain}/sign-in">${words.t('store.switch')}</a>
    </p>
    ${blocks}
    <h2>${words.t('store.orders')}</h2>
    ${orders.length === 0 ? html`<p class="empty">${words.t('store.noOrders')}</p>` : ''}
    ${orders.map(
      (order) =>
        html`${orderCard(words, shop, order)}
          <p>
            <a href="${base}/orders/${order.token}">${words.t('account.openOrder', { name: order.name })}</a>
          </p>`,
    )}`;
  await sendAccountPage(exchange, visit, { title: words.t('store.account'), content, current: 'orders' });
}

async function sendProfile(exchange: Exchange, visit: StoreVisit): Promise<void> {
  const { words, shop, customer } = visit;
  if (!customer) return toSignIn(exchange, shop.domain);
  const base = `/store/${shop.domain}/account`;
  const title = words.t('account.blockOf');
  const blocks = await extensionFrames(shop, PROFILE, title, frameSource(base, PROFILE, exchange.url.search));
  const content = html`<h1>${words.t('account.profile')}</h1>
    <article class="card">
      <strong>${customer.firstName} ${customer.lastName}</strong>
      <p class="muted">${customer.email} ${customer.phone}</p>
    </article>
    ${blocks}`;
  await sendAccountPage(exchange, visit, { title: words.t('account.profile'), content, current: 'profile' });
}

async function sendExtensionPage(exchange: Exchange, visit: StoreVisit): Promise<void> {
  const { words, shop, customer } = visit;
  if (!customer) return toSignIn(exchange, shop.domain);
  const { name = '' } = exchange.params;
  const frames = await extensionFrames(
    shop,
    PAGE,
    words.t('account.pageOf'),
    frameSource(`/store/${shop.domain}/account`, PAGE, exchange.url.search),
  );
  const found = (await placedPages(shop)).findIndex(({ handle }) => handle === name);
  const frame = frames[found];
  if (!frame) throw new UnknownError(`no page ${name} of an extension`);
  await sendAccountPage(exchange, visit, { title: words.t('store.account'), content: frame, current: name });
}

async function sendOrder(exchange: Exchange, sandbox: Sandbox, shoppers: Shoppers): Promise<void> {
  const found = orderVisitOf(exchange, sandbox, shoppers);
  const { shop: domain = '', token = '' } = exchange.params;
  if (!found) throw new UnknownError(`no order ${token}`);
  const { words, shop, order, access } = found;
  const base = `/store/${domain}/account/orders/${token}`;
  const blocks =
    access === 'none'
      ? []
      : await extensionFrames(
          shop,
          ORDER_STATUS,
          words.t('account.blockOf'),
          frameSource(base, ORDER_STATUS, exchange.url.search),
        );
  const signIn = html`<p class="notice">
    ${words.t(access === 'none' ? 'account.signInToSee' : 'account.signInForMore')}
    <a href="/store/${domain}/account/sign-in?back=${encodeURIComponent(base)}">${words.t('store.signIn')}</a>
  </p>`;
  const content = html`<h1>${words.t('account.order', { name: order.name })}</h1>
    ${access === 'fully_authenticated' ? '' : signIn}${blocks}
    ${access === 'none' ? '' : orderCard(words, shop, order)}`;
  await sendAccountPage(exchange, found, { title: order.name, content, current: '' });
}
