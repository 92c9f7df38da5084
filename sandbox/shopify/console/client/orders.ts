import { send } from './api.ts';
import { action, badge, cell, detail, el, table } from './dom.ts';
import { listPanel } from './panels.ts';
import { money, settings, t, time } from './settings.ts';
import { runAndTell } from './toast.ts';

interface OrderRow {
  id: number;
  admin_graphql_api_id: string;
  name: string;
  created_at: string;
  cancelled_at: string | null;
  financial_status: string;
  fulfillment_status: string | null;
  currency: string;
  total_price: string;
  current_total_price: string;
  customer: { first_name: string; last_name: string } | null;
  discount_codes: { code: string; amount: string }[];
  line_items: { id: number; title: string; quantity: number; current_quantity: number }[];
}

/** Orders with what can be done to each. */
export const orders = listPanel<OrderRow>('orders', 'orders?limit=100', (list) =>
  table([t('order'), t('time'), t('customer'), t('total'), t('state'), ''], list.map(orderRow)),
);

function orderRow(order: OrderRow): HTMLTableRowElement {
  const name = order.customer ? `${order.customer.first_name} ${order.customer.last_name}` : '–';
  const codes = order.discount_codes
    .map(({ code, amount }) => `${code} −${money(amount, order.currency)}`)
    .join(', ');
  return el(
    'tr',
    {},
    cell(t('order'), el('a', { href: `/admin/${settings.shop}/orders/${order.id}` }, order.name)),
    cell(t('time'), time(order.created_at)),
    cell(t('customer'), name),
    cell(
      t('total'),
      money(order.total_price, order.currency),
      codes ? el('span', { class: 'muted block' }, codes) : null,
    ),
    cell(
      t('state'),
      badge(order.financial_status, t(`status.${order.financial_status}`)),
      order.cancelled_at ? badge('cancelled', t('status.cancelled')) : null,
    ),
    cell(
      '',
      ...actionsOf(order),
      detail(`order ${order.id}`, t('details'), () => JSON.stringify(order, null, 2)),
    ),
  );
}

function actionsOf(order: OrderRow): HTMLElement[] {
  const { shop } = settings;
  const actions: HTMLElement[] = [];
  const add = (label: string, path: string, body: object) =>
    actions.push(action(label, () => runAndTell(() => send(path, { shop, ...body }))));
  const line = order.line_items.find((each) => each.current_quantity > 0);
  const isPaid = order.financial_status === 'paid' || order.financial_status === 'partially_refunded';
  if (order.financial_status === 'pending' && !order.cancelled_at)
    add(t('pay'), `orders/${order.id}/pay`, {});
  if (!order.cancelled_at && order.fulfillment_status !== 'fulfilled')
    add(t('fulfil'), `orders/${order.id}/fulfill`, {});
  if (isPaid && line)
    add(t('refundOne'), 'refunds', { order: order.id, lines: [{ line: line.id, quantity: 1 }] });
  if (isPaid) add(t('refundAll'), 'refunds', { order: order.id, full: true });
  if (!order.cancelled_at) add(t('cancel'), `orders/${order.id}/cancel`, { refund: true });
  return actions;
}
