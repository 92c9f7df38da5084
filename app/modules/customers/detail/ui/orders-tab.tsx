import { useNavigate, useNavigation } from '@remix-run/react';
import { Badge, BlockStack, Card, IndexTable, InlineGrid, InlineStack, Link, Text } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { EmptyNote } from '#app/components/empty-note.tsx';
import { ChannelName, OrderStatus } from '#app/components/order-status.tsx';
import { useFormat } from '#app/components/use-format.ts';
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
    ['valid', sums.ordersValid, sums.spendMinor],
    ['all', sums.ordersAll, sums.totalAllMinor],
  ] as const;
  return (
    <InlineGrid columns={2} gap="400">
      {tiles.map(([kind, count, amount]) => (
        <Card key={kind}>
          <BlockStack gap="100">
            <Text as="h2" variant="bodySm" tone="subdued">
              {t(`customer_detail.orders.${kind}`)}
            </Text>
            <Text as="p" variant="headingMd">
              {t('customer_detail.orders.count', { count, amount: format.number(count) })}
            </Text>
            <Text as="p">{format.money(amount)}</Text>
          </BlockStack>
        </Card>
      ))}
    </InlineGrid>
  );
}

function OrderTable({ view }: { view: OrdersView }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const isLoading = useNavigation().state === 'loading';
  const { customerId, orders, before, after } = view;
  const goTo = (side: 'before' | 'after', position: string | null) => {
    if (position !== null) navigate(`/app/customers/${customerId}/orders?${side}=${position}`);
  };
  return (
    <IndexTable
      selectable={false}
      loading={isLoading}
      itemCount={orders.length}
      resourceName={{ singular: t('orders.one'), plural: t('orders.many') }}
      headings={[
        { title: t('orders.order') },
        { title: t('customer_detail.orders.products') },
        { title: t('orders.total'), alignment: 'end' },
      ]}
      pagination={{
        hasPrevious: before !== null,
        onPrevious: () => goTo('before', before),
        hasNext: after !== null,
        onNext: () => goTo('after', after),
      }}
    >
      {orders.map((order, index) => (
        <OrderRow key={String(order.orderId)} order={order} position={index} />
      ))}
    </IndexTable>
  );
}

function OrderRow({ order, position }: { order: CustomerOrder; position: number }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <IndexTable.Row id={String(order.orderId)} position={position}>
      <IndexTable.Cell>
        <Link url={`/app/orders/${order.orderId}`} dataPrimaryLink removeUnderline monochrome>
          <Text as="span" fontWeight="semibold">
            {order.name ?? String(order.orderId)}
          </Text>
        </Link>
        <Text as="p" variant="bodySm" tone="subdued">
          {format.moment(order.processedAt)}
        </Text>
        <Text as="p" variant="bodySm" tone="subdued">
          <ChannelName source={order.sourceName} />
        </Text>
        {order.isClaimed && (
          <Text as="p" variant="bodySm" tone="subdued">
            {t('orders.claimed')}
          </Text>
        )}
      </IndexTable.Cell>
      <IndexTable.Cell>
        <div className="wrapping">
          <Lines lines={order.lines} more={order.moreLines} />
          {order.note !== null && (
            <Text as="p" variant="bodySm" tone="subdued" breakWord>
              {t('customer_detail.orders.note', { note: order.note })}
            </Text>
          )}
        </div>
      </IndexTable.Cell>
      <IndexTable.Cell>
        <Text as="p" alignment="end" numeric>
          {format.money(order.totalMinor)}
        </Text>
        {order.financial === 'partially_refunded' && !order.isCancelled && (
          <Text as="p" alignment="end" variant="bodySm" tone="subdued" numeric>
            {t('customer_detail.orders.left', { amount: format.money(order.netMinor) })}
          </Text>
        )}
        <InlineStack gap="100" align="end">
          <OrderStatus order={order} />
          {order.isTest && <Badge>{t('orders.state.test')}</Badge>}
        </InlineStack>
      </IndexTable.Cell>
    </IndexTable.Row>
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
