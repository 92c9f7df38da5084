import type { Sandbox } from '../../sandbox.ts';
import type { Exchange, Router } from '../../router.ts';
import type { Customer, Order, Shop } from '../../state.ts';
import { statusBadges } from '../admin-frame/order-pages.ts';
import { orderTotals } from '../order-totals.ts';
import { dateTime, money } from '../ui/format.ts';
import { html, type Markup } from '../ui/html.ts';
import type { Words } from '../ui/i18n.ts';
import type { Shoppers } from './shoppers.ts';
import { sendStorePage } from './store-layout.ts';
import { visitOf } from './visit.ts';

/** Registers the chooser: the short way to be a customer, beside signing in with a code. */
export function registerChooser(router: Router, sandbox: Sandbox, shoppers: Shoppers): void {
  router.add('GET', '/store/:shop/sign-in', (exchange) => sendChooser(exchange, sandbox, shoppers));
  router.add('POST', '/store/:shop/sign-in', async (exchange) => {
    const { shop, shopper } = visitOf(exchange, sandbox, shoppers);
    const form = await exchange.form();
    const wanted = form.get('customer') ?? '';
    shopper.customerId = wanted ? (sandbox.world.findCustomer(shop.domain, wanted)?.id ?? null) : null;
    exchange.redirect(backAddress(form.get('back'), shop));
  });
}

/** Only redirects back to a page of this store. */
function backAddress(wanted: string | null, shop: Shop): string {
  const base = `/store/${shop.domain}`;
  return wanted === base || wanted?.startsWith(`${base}/`) ? wanted : base;
}

function sendChooser(exchange: Exchange, sandbox: Sandbox, shoppers: Shoppers): void {
  const visit = visitOf(exchange, sandbox, shoppers);
  const { words, shop, shopper } = visit;
  const back = exchange.url.searchParams.get('back') ?? '';
  const choice = (value: string, name: string, detail: string | null, isCurrent: boolean) =>
    html`<button
      class="person"
      name="customer"
      value="${value}"
      ${isCurrent ? html`aria-current="true"` : ''}
    >
      <span class="avatar" aria-hidden="true">${name.slice(0, 1)}</span
      ><span><strong>${name}</strong><small class="muted">${detail}</small></span>
    </button>`;
  const person = (customer: Customer) =>
    choice(
      String(customer.id),
      `${customer.firstName} ${customer.lastName}`,
      customer.email,
      customer.id === shopper.customerId,
    );
  const content = html`<h1>${words.t('store.signIn')}</h1>
    <p class="muted">${words.t('store.signInNote')}</p>
    <form method="post" action="/store/${shop.domain}/sign-in" class="people">
      <input type="hidden" name="back" value="${back}" />
      ${sandbox.world.shop(shop.domain).customers.map(person)}
      ${choice('', words.t('common.guest'), words.t('store.guestNote'), shopper.customerId === null)}
    </form>`;
  sendStorePage(exchange, { ...visit, title: words.t('store.signIn'), content });
}

/** An order as its buyer sees it. */
export function orderCard(words: Words, shop: Shop, order: Order): Markup {
  const totals = orderTotals(order);
  const codes = order.discountApplications.map(({ code }) => code).filter((code) => code !== null);
  const row = (label: string, amount: number, className = '', sign = '') =>
    html`<div class="sum ${className}">
      <span>${label}</span><span>${sign}${money(words, amount, order.currency)}</span>
    </div>`;
  const line = (each: Order['lines'][number]) =>
    row(`${each.title} × ${each.quantity}`, each.price * each.quantity);
  return html`<article class="card order-card">
    <header>
      <strong>${order.name}</strong> ${statusBadges(words, order)}<span class="muted"
        >${dateTime(words, order.createdAt, shop)}</span
      >
    </header>
    ${order.lines.map(line)}
    ${totals.discountTotal > 0 ? row(`${words.t('summary.discount')} ${codes.join(', ')}`, totals.discountTotal, 'muted', '−') : ''}
    ${row(words.t('summary.shipping'), order.shipping, 'muted')}
    ${row(words.t('summary.total'), totals.total, 'strong')}
  </article>`;
}
