import type { Sandbox } from '../../sandbox.ts';
import type { Exchange, Router } from '../../router.ts';
import type { Customer } from '../../state.ts';
import { UnknownError } from '../../world.ts';
import { mergeCustomers } from '../customers.ts';
import { html, type Markup } from '../ui/html.ts';
import { wordsOf, type Words } from '../ui/i18n.ts';
import { actionsOf, EXTENSION_SCRIPT, slotsOf } from './extension-slots.ts';
import { sendFramePage } from './frame-layout.ts';

/** Registers the customers of the admin: their list, with actions for the selected ones, and each one's page. */
export function registerCustomerPages(router: Router, sandbox: Sandbox): void {
  router.add('GET', '/admin/:shop/customers', (exchange) => sendCustomers(exchange, sandbox));
  router.add('POST', '/admin/:shop/customers/merge', async (exchange) => {
    const form = await exchange.form();
    const domain = exchange.params.shop ?? '';
    const kept = sandbox.world.findCustomer(domain, form.get('kept') ?? '');
    const deleted = sandbox.world.findCustomer(domain, form.get('deleted') ?? '');
    if (kept && deleted && kept !== deleted) mergeCustomers(sandbox.world, domain, kept.id, deleted.id);
    exchange.redirect(`/admin/${domain}/customers`);
  });
  router.add('GET', '/admin/:shop/customers/:id', (exchange) => sendCustomer(exchange, sandbox));
}

/** One customer, with the blocks and actions of extensions. */
async function sendCustomer(exchange: Exchange, { world }: Sandbox): Promise<void> {
  const { shop, orders } = world.shop(exchange.params.shop ?? '');
  const customer = world.findCustomer(shop.domain, exchange.params.id ?? '');
  if (!customer) throw new UnknownError(`no customer ${exchange.params.id} in ${shop.domain}`);
  const words = wordsOf(exchange);
  const slots = await slotsOf(words, shop, 'customer-details', `gid://shopify/Customer/${customer.id}`);
  const title = `${customer.firstName} ${customer.lastName}`.trim() || String(customer.id);
  const theirs = orders.filter(({ customerId }) => customerId === customer.id).toReversed();
  const content = html`<div class="admin-page">
    <p><a href="/admin/${shop.domain}/customers">← ${words.t('admin.customers.title')}</a></p>
    <h1>${title}</h1>
    <p class="muted">${[customer.email, customer.phone].filter(Boolean).join(' · ')}</p>
    ${slots.actions} ${slots.blocks}
    <section class="card">
      <h2>${words.t('admin.orders.title')}</h2>
      <ul>
        ${theirs.map((order) => html`<li><a href="/admin/${shop.domain}/orders/${order.id}">${order.name}</a></li>`)}
      </ul>
    </section>
  </div>`;
  const page = { words, shop, title, current: 'customers' as const, content, scripts: [EXTENSION_SCRIPT] };
  sendFramePage(exchange, page);
}

async function sendCustomers(exchange: Exchange, { world }: Sandbox): Promise<void> {
  const { shop, customers, orders } = world.shop(exchange.params.shop ?? '');
  const words = wordsOf(exchange);
  const row = (customer: Customer) =>
    html`<tr id="customer-${customer.id}">
      <td>
        <input
          type="checkbox"
          data-select
          value="gid://shopify/Customer/${customer.id}"
          aria-label="${words.t('admin.extensions.selectAll')} ${customer.firstName} ${customer.lastName}"
        />
        <a href="/admin/${shop.domain}/customers/${customer.id}"
          >${customer.firstName} ${customer.lastName}</a
        >
        <small class="narrow-only muted">${customer.email}<br />${customer.phone}</small>
      </td>
      <td class="wide-only">${customer.email}</td>
      <td class="wide-only">${customer.phone}</td>
      <td class="wide-only">${customer.tags.join(', ')}</td>
      <td class="number">${orders.filter(({ customerId }) => customerId === customer.id).length}</td>
    </tr>`;
  const heading = (key: string, className: string) =>
    html`<th scope="col" class="${className}">${words.t(`admin.customers.${key}`)}</th>`;
  const target = 'admin.customer-index.selection-action.render';
  const content = html`<div class="admin-page">
    <h1>${words.t('admin.customers.title')}</h1>
    ${await actionsOf(words, shop, target, '', null)}
    <div class="card table-card">
      <table>
        <thead>
          <tr>
            ${heading('name', '')} ${['email', 'phone', 'tags'].map((key) => heading(key, 'wide-only'))}
            ${heading('orders', 'number')}
          </tr>
        </thead>
        <tbody>
          ${customers.map(row)}
        </tbody>
      </table>
    </div>
    ${customers.length > 1 ? mergeCard(words, shop.domain, customers) : ''}
  </div>`;
  sendFramePage(exchange, {
    words,
    shop,
    title: words.t('admin.customers.title'),
    current: 'customers',
    content,
    scripts: [EXTENSION_SCRIPT],
  });
}

/** Merges two customers. */
function mergeCard(words: Words, domain: string, customers: Customer[]): Markup {
  const choose = (name: string) =>
    html`<label class="field"
      ><span>${words.t(`admin.customers.${name}`)}</span
      ><select name="${name}">
        ${customers.map(
          (each) =>
            html`<option value="${each.id}">
              ${each.firstName} ${each.lastName} · ${each.email ?? each.phone ?? each.id}
            </option>`,
        )}
      </select></label
    >`;
  return html`<section class="card">
    <h2>${words.t('admin.customers.merge')}</h2>
    <form method="post" action="/admin/${domain}/customers/merge" class="stack">
      ${choose('kept')} ${choose('deleted')}
      <button class="button critical">${words.t('admin.customers.merge')}</button>
    </form>
  </section>`;
}
