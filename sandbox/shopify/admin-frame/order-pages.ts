import type { Sandbox } from '../../sandbox.ts';
import type { Exchange, Router } from '../../router.ts';
import type { Order, OrderLine, Shop } from '../../state.ts';
import { UnknownError } from '../../world.ts';
import { currencyDigits, toMinorUnits } from '../money.ts';
import { orderTotals, outstanding } from '../order-totals.ts';
import { cancelOrder, payOrder, refundOrder } from '../orders.ts';
import { refundableMoney, refundedMoney } from '../refunds.ts';
import { dateTime, money } from '../ui/format.ts';
import { html, type Markup } from '../ui/html.ts';
import { wordsOf, type Words } from '../ui/i18n.ts';
import { EXTENSION_SCRIPT, slotsOf } from './extension-slots.ts';
import { sendFramePage } from './frame-layout.ts';
import {
  editCard,
  editFromForm,
  fulfillCard,
  fulfillFromForm,
  fulfillmentBadge,
} from './order-work-cards.ts';
import { findById } from '../../find-by-id.ts';

/** Registers list and detail of orders in the admin, with pay, fulfil, edit, cancel and refund. */
export function registerOrderPages(router: Router, sandbox: Sandbox): void {
  const { world } = sandbox;
  router.add('GET', '/admin/:shop/orders', (exchange) => sendOrders(exchange, sandbox));
  router.add('GET', '/admin/:shop/orders/:id', (exchange) => sendOrder(exchange, sandbox, null));
  router.add('POST', '/admin/:shop/orders/:id/pay', (exchange) => {
    const { shop, order } = orderOf(exchange, sandbox);
    payOrder(world, shop.domain, order.id);
    exchange.redirect(addressOf(shop, order));
  });
  router.add('POST', '/admin/:shop/orders/:id/cancel', async (exchange) => {
    const { shop, order } = orderOf(exchange, sandbox);
    const form = await exchange.form();
    cancelOrder(world, shop.domain, order.id, { refund: form.get('refund') === 'yes' });
    exchange.redirect(addressOf(shop, order));
  });
  router.add('POST', '/admin/:shop/orders/:id/refund', async (exchange) => {
    const { shop, order } = orderOf(exchange, sandbox);
    const outcome = refundOrder(world, shop.domain, order.id, readRefund(await exchange.form(), order, shop));
    if (outcome.ok) exchange.redirect(addressOf(shop, order));
    else await sendOrder(exchange, sandbox, `refundProblem.${outcome.reason}`);
  });
  for (const [name, work] of Object.entries({ fulfill: fulfillFromForm, edit: editFromForm })) {
    router.add('POST', `/admin/:shop/orders/:id/${name}`, async (exchange) => {
      const { shop, order } = orderOf(exchange, sandbox);
      const problem = work(sandbox, shop, order, await exchange.form());
      if (problem === null) exchange.redirect(addressOf(shop, order));
      else await sendOrder(exchange, sandbox, `orderProblem.${problem}`);
    });
  }
}

const addressOf = (shop: Shop, order: Order) => `/admin/${shop.domain}/orders/${order.id}`;

function orderOf(exchange: Exchange, { world }: Sandbox): { shop: Shop; order: Order } {
  const { shop } = world.shop(exchange.params.shop ?? '');
  const order = world.findOrder(shop.domain, exchange.params.id ?? '');
  if (!order) throw new UnknownError(`no order ${exchange.params.id} in ${shop.domain}`);
  return { shop, order };
}

/** The refund form: a quantity for each line, an amount that belongs to no line, or everything that is left. */
function readRefund(form: URLSearchParams, order: Order, shop: Shop) {
  if (form.get('full') === 'yes') return { full: true };
  const lines = order.lines
    .map((line) => ({ lineId: line.id, quantity: Number(form.get(`quantity_${line.id}`) ?? 0) }))
    .filter(({ quantity }) => Number.isSafeInteger(quantity) && quantity > 0);
  return { lines, amount: readAmount(form.get('amount') ?? '', shop.currency) };
}

function readAmount(text: string, currency: string): number {
  try {
    return text.trim() === '' ? 0 : toMinorUnits(text.trim().replace(',', '.'), currencyDigits(currency));
  } catch {
    return 0;
  }
}

function sendOrders(exchange: Exchange, { world }: Sandbox): void {
  const { shop, orders, customers } = world.shop(exchange.params.shop ?? '');
  const words = wordsOf(exchange);
  const row = (order: Order) => {
    const customer = findById(customers, order.customerId);
    const name = customer ? `${customer.firstName} ${customer.lastName}` : words.t('common.guest');
    const date = dateTime(words, order.createdAt, shop);
    return html`<tr>
      <td>
        <a href="${addressOf(shop, order)}">${order.name}</a>
        <small class="narrow-only muted">${name}<br />${date}</small>
      </td>
      <td class="wide-only">${date}</td>
      <td class="wide-only">${name}</td>
      <td class="number">${money(words, orderTotals(order).total, order.currency)}</td>
      <td>${statusBadges(words, order)}</td>
    </tr>`;
  };
  const heading = (key: string, className = '') =>
    html`<th scope="col" class="${className}">${words.t(`admin.orders.${key}`)}</th>`;
  const table = html`<div class="card table-card">
    <table>
      <thead>
        <tr>
          ${heading('order')} ${heading('date', 'wide-only')} ${heading('customer', 'wide-only')}
          ${heading('total', 'number')} ${heading('status')}
        </tr>
      </thead>
      <tbody>
        ${orders.toReversed().map(row)}
      </tbody>
    </table>
  </div>`;
  const content = html`<div class="admin-page">
    <h1>${words.t('admin.orders.title')}</h1>
    ${orders.length > 0 ? table : html`<div class="card empty">${words.t('admin.orders.none')} <a href="/store/${shop.domain}">${words.t('common.storefront')}</a></div>`}
  </div>`;
  sendFramePage(exchange, { words, shop, title: words.t('admin.orders.title'), current: 'orders', content });
}

/** Badges for payment and cancellation. */
export function statusBadges(words: Words, order: Order): Markup {
  const cancelled = order.cancelledAt ? html`<span class="badge">${words.t('status.cancelled')}</span>` : '';
  return html`<span class="badge ${order.financialStatus}"
      >${words.t(`status.${order.financialStatus}`)}</span
    >
    ${fulfillmentBadge(words, order)} ${cancelled}`;
}

async function sendOrder(exchange: Exchange, sandbox: Sandbox, problem: string | null): Promise<void> {
  const { shop, order } = orderOf(exchange, sandbox);
  const words = wordsOf(exchange);
  const slots = await slotsOf(words, shop, 'order-details', `gid://shopify/Order/${order.id}`);
  const customer = sandbox.world.findCustomer(shop.domain, order.customerId ?? '');
  const content = html`<div class="admin-page">
    <p><a href="/admin/${shop.domain}/orders">← ${words.t('admin.orders.title')}</a></p>
    <h1>${order.name} ${statusBadges(words, order)}</h1>
    <p class="muted">
      ${dateTime(words, order.createdAt, shop)} ·
      ${customer ? `${customer.firstName} ${customer.lastName}` : words.t('common.guest')}${order.email ? ` · ${order.email}` : ''}
    </p>
    ${slots.actions} ${problem ? html`<p class="notice critical" role="alert">${words.t(problem)}</p>` : ''}
    <div class="columns">
      <div>${linesCard(words, order)}${moneyCard(words, order)}${slots.blocks}</div>
      <div>${actionCards(words, sandbox, shop, order)}</div>
    </div>
  </div>`;
  sendFramePage(
    exchange,
    { words, shop, title: order.name, current: 'orders', content, scripts: [EXTENSION_SCRIPT] },
    problem ? 422 : 200,
  );
}

function linesCard(words: Words, order: Order): Markup {
  const row = (line: OrderLine) => {
    const discount = line.allocations.reduce((sum, { amount }) => sum + amount, 0);
    const taken = line.quantity - line.currentQuantity;
    return html`<tr>
      <td>
        ${line.title}${line.variantTitle ? html` <span class="muted">${line.variantTitle}</span>` : ''}
        <small class="muted block"
          >${money(words, line.price, order.currency)} ×
          ${line.quantity}${discount > 0 ? ` − ${money(words, discount, order.currency)}` : ''}</small
        >
        ${taken > 0 ? html`<small class="muted block">${words.t('admin.orders.taken', { count: taken })}</small>` : ''}
      </td>
      <td class="number">${money(words, line.price * line.quantity - discount, order.currency)}</td>
    </tr>`;
  };
  return html`<section class="card table-card">
    <h2>${words.t('admin.orders.items')}</h2>
    <table>
      <tbody>
        ${order.lines.map(row)}
      </tbody>
    </table>
  </section>`;
}

function moneyCard(words: Words, order: Order): Markup {
  const totals = orderTotals(order);
  const show = (amount: number) => money(words, amount, order.currency);
  const row = (label: string, value: string, strong = false) =>
    html`<div class="sum ${strong ? 'strong' : ''}">
      <dt>${label}</dt>
      <dd>${value}</dd>
    </div>`;
  const codes = order.discountApplications.map(({ code }) => code).filter((code) => code !== null);
  const discount = order.lines
    .flatMap((line) => line.allocations)
    .reduce((sum, { amount }) => sum + amount, 0);
  const refunded = refundedMoney(order);
  return html`<section class="card">
    <h2>${words.t('admin.orders.payment')}</h2>
    <dl>
      ${row(words.t('summary.subtotal'), show(totals.lineTotal))}
      ${discount > 0 ? row(`${words.t('summary.discount')} ${codes.join(', ')}`, `−${show(discount)}`) : ''}
      ${row(words.t('summary.shipping'), show(order.shipping))}
      ${row(words.t('summary.total'), show(totals.total), true)}
      ${refunded > 0 ? row(words.t('admin.orders.refunded'), `−${show(refunded)}`) : ''}
    </dl>
  </section>`;
}

function actionCards(words: Words, sandbox: Sandbox, shop: Shop, order: Order): Markup {
  const path = addressOf(shop, order);
  const pay = html`<section class="card">
    <h2>${words.t('admin.orders.awaiting')}</h2>
    <form method="post" action="${path}/pay">
      <button class="button primary">${words.t('admin.orders.markPaid')}</button>
    </form>
  </section>`;
  const cancel = html`<section class="card">
    <h2>${words.t('admin.orders.cancelTitle')}</h2>
    <form method="post" action="${path}/cancel" class="stack">
      <label class="check"
        ><input type="checkbox" name="refund" value="yes" checked />
        ${words.t('admin.orders.cancelRefund')}</label
      >
      <button class="button critical">${words.t('admin.orders.cancel')}</button>
    </form>
  </section>`;
  return html`${outstanding(order) > 0 && !order.cancelledAt ? pay : ''} ${fulfillCard(words, path, order)}
  ${refundableMoney(order) > 0 ? refundCard(words, shop, order) : ''}
  ${editCard(words, sandbox, shop, path, order)} ${order.cancelledAt ? '' : cancel}`;
}

function refundCard(words: Words, shop: Shop, order: Order): Markup {
  const path = `${addressOf(shop, order)}/refund`;
  const field = (line: OrderLine) =>
    html`<label class="quantity-row"
      ><span>${line.title}</span>
      <input
        type="number"
        name="quantity_${line.id}"
        min="0"
        max="${line.currentQuantity}"
        value="0"
        inputmode="numeric"
      /><span class="muted">/ ${line.currentQuantity}</span></label
    >`;
  return html`<section class="card">
    <h2>${words.t('admin.orders.refund')}</h2>
    <form method="post" action="${path}" class="stack">
      ${order.lines.filter((line) => line.currentQuantity > 0).map(field)}
      <label class="field"
        ><span>${words.t('admin.orders.amount', { currency: order.currency })}</span
        ><input name="amount" inputmode="decimal" placeholder="0"
      /></label>
      <p class="muted">
        ${words.t('admin.orders.left', { amount: money(words, refundableMoney(order), order.currency) })}
      </p>
      <div class="actions">
        <button class="button primary">${words.t('admin.orders.refund')}</button>
        <button class="button" name="full" value="yes">${words.t('admin.orders.refundAll')}</button>
      </div>
    </form>
  </section>`;
}
