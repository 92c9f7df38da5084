import type { Sandbox } from '../../sandbox.ts';
import type { Order, OrderLine, Shop } from '../../state.ts';
import { fulfillmentStatus, openUnits } from '../fulfillments.ts';
import { editOrder, fulfillOrder } from '../orders.ts';
import { html, type Markup } from '../ui/html.ts';
import type { Words } from '../ui/i18n.ts';

/** Why a form was refused, as a key of `orderProblem`; null when it succeeded. */
export type OrderProblem = string | null;

/** Fulfils the units of the form, or all that are left. */
export function fulfillFromForm(
  { world }: Sandbox,
  shop: Shop,
  order: Order,
  form: URLSearchParams,
): OrderProblem {
  const lines = form.get('all') === 'yes' ? undefined : quantitiesOf(form, order, 'fulfill');
  const outcome = fulfillOrder(world, shop.domain, order.id, lines);
  return outcome.ok ? null : outcome.reason;
}

/** Sets lines to the quantities of the form and adds the chosen product. */
export function editFromForm(
  { world }: Sandbox,
  shop: Shop,
  order: Order,
  form: URLSearchParams,
): OrderProblem {
  const product = world.findProduct(shop.domain, form.get('product') ?? '');
  const variant = product?.variants[0];
  const outcome = editOrder(world, shop.domain, order.id, {
    quantities: quantitiesOf(form, order, 'edit'),
    add: variant ? [{ variantId: variant.id, quantity: Math.max(1, wholeOf(form.get('add'))) }] : [],
  });
  return outcome.ok ? null : outcome.reason;
}

function quantitiesOf(form: URLSearchParams, order: Order, field: string) {
  return order.lines
    .filter((line) => form.has(`${field}_${line.id}`))
    .map((line) => ({ lineId: line.id, quantity: wholeOf(form.get(`${field}_${line.id}`)) }));
}

function wholeOf(text: string | null): number {
  const number = Number(text ?? 0);
  return Number.isSafeInteger(number) && number > 0 ? number : 0;
}

/** A badge once something was fulfilled. */
export function fulfillmentBadge(words: Words, order: Order): Markup | '' {
  const status = fulfillmentStatus(order);
  return status ? html`<span class="badge">${words.t(`fulfillment.${status}`)}</span>` : '';
}

/** The card that fulfils units; nothing when all are fulfilled. */
export function fulfillCard(words: Words, path: string, order: Order): Markup | '' {
  const open = order.lines.filter((line) => openUnits(order, line.id) > 0);
  if (order.cancelledAt || open.length === 0) return '';
  return html`<section class="card">
    <h2>${words.t('admin.orders.fulfill')}</h2>
    <form method="post" action="${path}/fulfill" class="stack">
      ${open.map((line) => quantityField(`fulfill_${line.id}`, line, openUnits(order, line.id), 0))}
      <div class="actions">
        <button class="button primary">${words.t('admin.orders.fulfill')}</button>
        <button class="button" name="all" value="yes">${words.t('admin.orders.fulfillAll')}</button>
      </div>
    </form>
  </section>`;
}

/** The card that changes quantities and adds a product. */
export function editCard(
  words: Words,
  sandbox: Sandbox,
  shop: Shop,
  path: string,
  order: Order,
): Markup | '' {
  if (order.cancelledAt) return '';
  const { products } = sandbox.world.shop(shop.domain);
  return html`<section class="card">
    <h2>${words.t('admin.orders.edit')}</h2>
    <form method="post" action="${path}/edit" class="stack">
      ${order.lines.map((line) => quantityField(`edit_${line.id}`, line, null, line.currentQuantity))}
      <label class="field"
        ><span>${words.t('admin.orders.addProduct')}</span
        ><select name="product">
          <option value=""></option>
          ${products.map((product) => html`<option value="${product.id}">${product.title}</option>`)}
        </select></label
      >
      <button class="button">${words.t('admin.orders.edit')}</button>
    </form>
  </section>`;
}

function quantityField(name: string, line: OrderLine, most: number | null, value: number): Markup {
  return html`<label class="quantity-row"
    ><span>${line.title}</span>
    <input
      type="number"
      name="${name}"
      min="0"
      max="${most ?? 999}"
      value="${value}"
      inputmode="numeric"
    /><span class="muted">${most === null ? '' : `/ ${most}`}</span></label
  >`;
}
