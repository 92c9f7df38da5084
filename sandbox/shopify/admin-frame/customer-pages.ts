import type { Sandbox } from '../../main.ts';
import type { Exchange, Router } from '../../router.ts';
import type { Customer } from '../../state.ts';
import { html } from '../ui/html.ts';
import { wordsOf } from '../ui/i18n.ts';
import { sendFramePage } from './frame-layout.ts';

/** Registers the list of customers in the admin; a link to one customer lands on the list, at their row. */
export function registerCustomerPages(router: Router, sandbox: Sandbox): void {
  router.add('GET', '/admin/:shop/customers', (exchange) => sendCustomers(exchange, sandbox));
  router.add('GET', '/admin/:shop/customers/:id', (exchange) =>
    exchange.redirect(`/admin/${exchange.params.shop}/customers#customer-${exchange.params.id}`),
  );
}

function sendCustomers(exchange: Exchange, { world }: Sandbox): void {
  const { shop, customers, orders } = world.shop(exchange.params.shop ?? '');
  const words = wordsOf(exchange);
  const row = (customer: Customer) =>
    html`<tr id="customer-${customer.id}">
      <td>${customer.firstName} ${customer.lastName}</td>
      <td>${customer.email}</td>
      <td>${customer.phone}</td>
      <td>${customer.tags.join(', ')}</td>
      <td class="number">${orders.filter(({ customerId }) => customerId === customer.id).length}</td>
    </tr>`;
  const heading = (key: string) => html`<th scope="col">${words.t(`admin.customers.${key}`)}</th>`;
  const content = html`<div class="admin-page">
    <h1>${words.t('admin.customers.title')}</h1>
    <div class="card table-card">
      <table>
        <thead>
          <tr>
            ${['name', 'email', 'phone', 'tags'].map(heading)}
            <th scope="col" class="number">${words.t('admin.customers.orders')}</th>
          </tr>
        </thead>
        <tbody>
          ${customers.map(row)}
        </tbody>
      </table>
    </div>
  </div>`;
  sendFramePage(exchange, {
    words,
    shop,
    title: words.t('admin.customers.title'),
    current: 'customers',
    content,
  });
}
