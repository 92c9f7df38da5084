/** Orders as rows of a file, with what each earned. */
import type { TFunction } from 'i18next';
import type { WorkbookCell } from '#app/integrations/excel/workbook.server.ts';
import { wallClock } from '#app/lib/calendar-days.ts';
import { currencyDigits, formatDecimal } from '#app/lib/money.ts';
import type { Unit } from '#app/lib/units.ts';
import { listOrders, type OrderLine } from '#app/modules/earning/order-list/order-list.server.ts';
import { CHANNELS, PAYMENT_STATES } from '#app/modules/orders/order-words.ts';
import { ORDER_COLUMNS, type OrderColumn } from '../export-kinds.ts';
import {
  cellsOf,
  chosenColumns,
  column,
  ROWS_A_READ,
  type ExportSource,
  type SourceColumn,
  type SourceColumns,
  type SourceContext,
} from './source.ts';

/** Opens the orders that the Orders screen's search finds, newest first. */
export async function openOrders({ seen, t }: SourceContext): Promise<ExportSource> {
  const { selection } = seen;
  const params = new URLSearchParams(selection !== null && 'filter' in selection ? selection.filter : '');
  const filter = { query: params.get('q') ?? '', isUnprocessed: params.get('tab') === 'unprocessed' };
  const columns = chosenColumns(columnsOf(seen, t), ORDER_COLUMNS, seen.columns);
  return { name: t('orders.title'), columns, total: null, pages: readPages(seen.shopId, filter, columns) };
}

async function* readPages(
  shopId: bigint,
  filter: { query: string; isUnprocessed: boolean },
  columns: readonly SourceColumn<OrderLine>[],
): AsyncGenerator<WorkbookCell[][]> {
  let position: string | null = null;
  do {
    const cursor = position === null ? null : { side: 'after' as const, position };
    const { orders, after } = await listOrders(shopId, filter, cursor, ROWS_A_READ);
    yield orders.map((order) => cellsOf(columns, order));
    position = after;
  } while (position !== null);
}

function columnsOf(
  { currency, timeZone }: SourceContext['seen'],
  t: TFunction,
): SourceColumns<OrderColumn, OrderLine> {
  const header = (name: OrderColumn) => t(`exports.column.orders.${name}`, { currency });
  const local = (at: Date) => wallClock(at, timeZone);
  const earned = ({ earned: gains }: OrderLine, unit: Unit) =>
    gains.find((gain) => gain.unit === unit)?.amount ?? 0n;
  const yes = (is: boolean) => (is ? t('exports.consent.subscribed') : null);
  return {
    order: column.text(header('order'), ({ name }) => name, 12),
    order_id: column.code(header('order_id'), ({ orderId }) => String(orderId)),
    processed: column.timestamp(header('processed'), ({ processedAt }) => local(processedAt)),
    customer_id: column.code(header('customer_id'), ({ customerId }) =>
      customerId === null ? null : String(customerId),
    ),
    customer: column.text(
      header('customer'),
      ({ firstName, lastName }) => [firstName, lastName].filter((part) => part !== null).join(' '),
      24,
    ),
    email: column.text(header('email'), ({ email }) => email, 28),
    phone: column.code(header('phone'), ({ phone }) => phone),
    channel: column.text(header('channel'), ({ sourceName }) => {
      const known = CHANNELS.find((channel) => channel === sourceName);
      return t(`orders.channel.${known ?? 'other'}`);
    }),
    total: column.number(
      header('total'),
      (order) => Number(formatDecimal(order.totalMinor, order.currency)),
      currencyDigits(currency),
    ),
    currency: column.text(header('currency'), (order) => order.currency, 10),
    payment: column.text(header('payment'), ({ financial }) => {
      const known = PAYMENT_STATES.find((state) => state === financial);
      return known ? t(`orders.state.${known}`) : financial;
    }),
    cancelled: column.text(header('cancelled'), ({ isCancelled }) => yes(isCancelled), 12),
    test: column.text(header('test'), ({ isTest }) => yes(isTest), 10),
    points: column.number(header('points'), (order) => Number(earned(order, 'POINTS'))),
    credit: column.number(
      header('credit'),
      (order) => Number(formatDecimal(earned(order, 'CREDIT'), currency)),
      currencyDigits(currency),
    ),
    price_rule: column.text(header('price_rule'), ({ prices }) => listRules(prices, t), 28),
    price_discount: column.number(
      header('price_discount'),
      (order) => Number(formatDecimal(sumPrices(order.prices), order.currency)),
      currencyDigits(currency),
    ),
  };
}

const listRules = (prices: OrderLine['prices'], t: TFunction): string =>
  [
    ...new Set(
      prices.map(({ rule, name, title }) => t(`pricing.order.rule.${rule}`, { name: name ?? title })),
    ),
  ].join('; ');

/** What prices took off when the order was made: with the total, what it would have been. */
const sumPrices = (prices: OrderLine['prices']): bigint =>
  prices.reduce((sum, { amountMinor }) => sum + amountMinor, 0n);
