import { Badge, BlockStack, Card, InlineGrid, InlineStack, Text } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { Table, TableCell, TableRow } from '#app/components/table.tsx';
import { TwoLineCell } from '#app/components/two-line-cell.tsx';
import { EmptyNote } from '#app/components/empty-note.tsx';
import { ChannelName, OrderStatus } from '#app/modules/orders/ui/order-status.tsx';
import { useShop } from '#app/components/shop-context.tsx';
import { useFormat } from '#app/components/use-format.ts';
import { OtherCurrencyNote } from './other-currency-note.tsx';
import type { BoughtLine, CustomerOrder, OrdersView } from '../orders-tab.server.ts';

/** Everything a customer ever ordered, with what was in it. */
export function OrdersTab({ view }: { view: OrdersView }) {
  const { t } = useTranslation();
  if (view.orders.length === 0) {
    return (
      <Card>
        <EmptyNote
          title={t('customer_detail.orders.empty_title')}
          text={t('customer_detail.orders.empty_text')}
        />
      </Card>
    );
  }
  return (
    <div className="stack">
      <Sums sums={view.sums} />
      <Card padding="0">
        <OrderTable view={view} />
      </Card>
    </div>
  );
}

function Sums({ sums }: Pick<OrdersView, 'sums'>) {
  const { t } = useTranslation();
  const format = useFormat();
  const tiles = [
    ['valid', sums.ordersValid, sums.spendMinor, sums.otherCurrencyValid],
    ['all', sums.ordersAll, sums.totalAllMinor, sums.otherCurrencyAll],
  ] as const;
  return (
    <InlineGrid columns={2} gap="400">
      {tiles.map(([kind, count, amount, otherCurrency]) => (
        <Card key={kind}>
          <BlockStack gap="100">
            <Text as="h2" variant="bodySm" tone="subdued">
              {t(`customer_detail.orders.${kind}`)}
            </Text>
            <Text as="p" variant="headingMd">
              {t('customer_detail.orders.count', { count, amount: format.number(count) })}
            </Text>
            <Text as="p">{format.money(amount)}</Text>
            <OtherCurrencyNote count={otherCurrency} />
          </BlockStack>
        </Card>
      ))}
    </InlineGrid>
  );
}

function OrderTable({ view }: { view: OrdersView }) {
  const { t } = useTranslation();
  const { customerId, orders, before, after } = view;
  const address = `/app/customers/${customerId}/orders`;
  return (
    <Table
      count={orders.length}
      one={t('orders.one')}
      many={t('orders.many')}
      headings={[
        { title: t('orders.order') },
        { title: t('customer_detail.orders.products') },
        { title: t('orders.total'), alignment: 'end' },
      ]}
      pages={{
        previous: before === null ? null : `${address}?before=${before}`,
        next: after === null ? null : `${address}?after=${after}`,
      }}
    >
      {orders.map((order, index) => (
        <OrderRow key={String(order.orderId)} order={order} position={index} />
      ))}
    </Table>
  );
}

function OrderRow({ order, position }: { order: CustomerOrder; position: number }) {
  const { t } = useTranslation();
  const format = useFormat();
  const isSummed = order.currency === useShop().currency;
  return (
    <TableRow id={String(order.orderId)} position={position}>
      <TwoLineCell
        isNarrow
        url={`/app/activity/orders/${order.orderId}`}
        title={order.name ?? String(order.orderId)}
        details={[
          format.timestamp(order.processedAt),
          <ChannelName key="channel" source={order.sourceName} />,
          order.isClaimed ? t('orders.claimed') : null,
        ]}
      />
      <TableCell>
        <div className="wrapping">
          <Lines lines={order.lines} more={order.moreLines} />
          {order.note !== null && (
            <Text as="p" variant="bodySm" tone="subdued" breakWord>
              {t('customer_detail.orders.note', { note: order.note })}
            </Text>
          )}
        </div>
      </TableCell>
      <TableCell>
        <Text as="p" alignment="end" numeric>
          {format.moneyOf(order.totalMinor, order.currency)}
        </Text>
        {isSummed && order.financial === 'partially_refunded' && !order.isCancelled && (
          <Text as="p" alignment="end" variant="bodySm" tone="subdued" numeric>
            {t('customer_detail.orders.left', { amount: format.money(order.netMinor) })}
          </Text>
        )}
        {!isSummed && (
          <Text as="p" alignment="end" variant="bodySm" tone="subdued">
            {t('customer_detail.orders.not_summed')}
          </Text>
        )}
        <InlineStack gap="100" align="end">
          <OrderStatus order={order} />
          {order.isTest && <Badge>{t('orders.state.test')}</Badge>}
        </InlineStack>
      </TableCell>
    </TableRow>
  );
}

function Lines({ lines, more }: { lines: readonly BoughtLine[]; more: number }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <ul className="bare-list">
      {lines.map((line) => (
        <li key={String(line.lineId)}>
          {t('customer_detail.orders.line', {
            quantity: format.number(line.quantity),
            title: line.title || t('customer_detail.products.unnamed'),
          })}
          {line.keptQuantity < line.quantity && (
            <Text as="span" variant="bodySm" tone="subdued">
              {' '}
              {t('customer_detail.orders.returned', {
                count: line.quantity - line.keptQuantity,
                amount: format.number(line.quantity - line.keptQuantity),
              })}
            </Text>
          )}
        </li>
      ))}
      {more > 0 && (
        <li>
          <Text as="span" tone="subdued">
            {t('customer_detail.orders.more_lines', { count: more, amount: format.number(more) })}
          </Text>
        </li>
      )}
    </ul>
  );
}
