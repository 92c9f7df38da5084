import { Badge, BlockStack, Box, Button, Card, InlineStack, Tabs, Text } from '@shopify/polaris';
import { Fragment, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Table, TableCell, TableRow, useTableSelection } from '#app/components/table.tsx';
import { TwoLineCell } from '#app/components/two-line-cell.tsx';
import { ConfirmModal } from '#app/components/confirm-modal.tsx';
import { useCustomerName } from '#app/modules/customers/ui/customer-name.ts';
import { EmptyNote } from '#app/components/empty-note.tsx';
import { SearchField } from '#app/components/search-field.tsx';
import { useFormat } from '#app/components/use-format.ts';
import { useSearchChange } from '#app/components/use-search-change.ts';
import type { OrderLine, OrderListView } from '../order-list.server.ts';
import { AppliedBanner, useApplyNow } from './apply-now.tsx';
import { useOrderPriceWords } from '#app/modules/pricing/orders/ui/use-order-price-words.ts';
import { ChannelName, OrderStatus } from '#app/modules/orders/ui/order-status.tsx';

const ORDER_NUMBER_CHARACTERS_MAX = 50;
const TABS = ['all', 'unprocessed'] as const;

interface OrderListProps {
  view: OrderListView;
  query: string;
  isUnprocessed: boolean;
  /** How many paid orders never earned. */
  unprocessed: number;
}

const addressOf = (params: Record<string, string | null>): string => {
  const given = Object.entries(params).flatMap(([key, value]) => (value ? [[key, value]] : []));
  const search = new URLSearchParams(given).toString();
  return search === '' ? '/app/activity/orders' : `/app/activity/orders?${search}`;
};

/** All orders, and those that never earned with "apply now" for ticked ones or all. */
export function OrderList({ view, query, isUnprocessed, unprocessed }: OrderListProps) {
  const { t } = useTranslation();
  const change = useSearchChange();
  const applying = useApplyNow();
  const tab = isUnprocessed ? 'unprocessed' : null;
  return (
    <div className="stack">
      <AppliedBanner answer={applying.answer} />
      <Card padding="0">
        <Tabs
          tabs={TABS.map((id) => ({
            id,
            content: t(`orders.tab.${id}`),
            panelID: 'orders-panel',
            ...(id === 'unprocessed' && unprocessed > 0 ? { badge: String(unprocessed) } : {}),
          }))}
          selected={isUnprocessed ? 1 : 0}
          onSelect={(index) => change({ tab: index === 1 ? 'unprocessed' : null })}
        />
        <Box padding="300">
          <BlockStack gap="300">
            <SearchField
              label={t('orders.search')}
              placeholder={t('orders.search_placeholder')}
              query={query}
              maxLength={ORDER_NUMBER_CHARACTERS_MAX}
            />
            {isUnprocessed && unprocessed > 0 && (
              <ApplyAll count={unprocessed} isBusy={applying.isBusy} onApply={() => applying.apply('all')} />
            )}
          </BlockStack>
        </Box>
        <div id="orders-panel">
          <OrderTable
            key={`${tab} ${query} ${view.orders[0]?.orderId}`}
            view={view}
            query={query}
            tab={tab}
            applying={applying}
          />
        </div>
      </Card>
    </div>
  );
}

function ApplyAll({ count, isBusy, onApply }: { count: number; isBusy: boolean; onApply: () => void }) {
  const { t } = useTranslation();
  const [isAsking, setIsAsking] = useState(false);
  return (
    <InlineStack align="space-between" blockAlign="center" gap="300">
      <Text as="p" tone="subdued">
        {t('orders.unprocessed_what')}
      </Text>
      <Button onClick={() => setIsAsking(true)} loading={isBusy}>
        {t('orders.apply_all')}
      </Button>
      <ConfirmModal
        isOpen={isAsking}
        title={t('orders.apply_all_title', { count })}
        text={t('orders.apply_all_text')}
        confirm={t('orders.apply')}
        onConfirm={() => {
          setIsAsking(false);
          onApply();
        }}
        onCancel={() => setIsAsking(false)}
      />
    </InlineStack>
  );
}

interface OrderTableProps {
  view: OrderListView;
  query: string;
  tab: string | null;
  applying: ReturnType<typeof useApplyNow>;
}

function OrderTable({ view, query, tab, applying }: OrderTableProps) {
  const { t } = useTranslation();
  const { orders, before, after } = view;
  const ids = orders.map(({ orderId }) => ({ id: String(orderId) }));
  const { selectedResources, allResourcesSelected, handleSelectionChange, clearSelection } =
    useTableSelection(ids);
  if (orders.length === 0) return <NoOrders query={query} tab={tab} />;
  const pageAt = (side: 'before' | 'after', position: string | null) =>
    position === null ? null : addressOf({ tab, q: query, [side]: position });
  const apply = () => {
    applying.apply(selectedResources);
    clearSelection();
  };
  return (
    <Table
      isSelectable={tab !== null}
      isBusy={applying.isBusy}
      count={orders.length}
      one={t('orders.one')}
      many={t('orders.many')}
      selectedItemsCount={allResourcesSelected ? 'All' : selectedResources.length}
      onSelectionChange={handleSelectionChange}
      bulkActions={[{ content: t('orders.apply'), onAction: apply }]}
      headings={[
        { title: t('orders.order') },
        { title: t('orders.customer') },
        { title: t('orders.earned'), alignment: 'end' },
        { title: t('orders.total'), alignment: 'end' },
        { title: t('orders.status') },
      ]}
      pages={{ previous: pageAt('before', before), next: pageAt('after', after) }}
    >
      {orders.map((order, index) => (
        <OrderRow
          key={String(order.orderId)}
          order={order}
          position={index}
          isSelected={selectedResources.includes(String(order.orderId))}
        />
      ))}
    </Table>
  );
}

function NoOrders({ query, tab }: { query: string; tab: string | null }) {
  const { t } = useTranslation();
  if (query !== '')
    return <EmptyNote title={t('orders.none_title')} text={t('orders.none_text', { query })} />;
  return tab === null ? (
    <EmptyNote title={t('orders.empty_title')} text={t('orders.empty_text')} />
  ) : (
    <EmptyNote title={t('orders.all_processed_title')} text={t('orders.all_processed_text')} />
  );
}

function OrderRow({
  order,
  position,
  isSelected,
}: {
  order: OrderLine;
  position: number;
  isSelected: boolean;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const nameOf = useCustomerName();
  const priceWords = useOrderPriceWords();
  const isGuest = order.customerId === null;
  return (
    <TableRow id={String(order.orderId)} position={position} selected={isSelected}>
      <TwoLineCell
        isNarrow
        url={`/app/activity/orders/${order.orderId}`}
        title={order.name ?? String(order.orderId)}
        details={[format.timestamp(order.processedAt)]}
      />
      <TwoLineCell
        title={isGuest && !order.email && !order.phone ? t('orders.guest') : nameOf(order)}
        details={[
          <Fragment key="channel">
            <ChannelName source={order.sourceName} />
            {isGuest && ` · ${t('orders.waits')}`}
            {order.isClaimed && ` · ${t('orders.claimed')}`}
          </Fragment>,
        ]}
      />
      <TableCell>
        {order.earned.length === 0 && <Nothing why={order.whyNothing} />}
        {order.earned.map(({ unit, amount }) => (
          <Text key={unit} as="p" alignment="end" numeric>
            {format.units(amount, unit)}
          </Text>
        ))}
      </TableCell>
      <TableCell>
        <Text as="p" alignment="end" numeric>
          {format.moneyOf(order.totalMinor, order.currency)}
        </Text>
        {order.prices.length > 0 && (
          <div className="wrapping">
            {order.prices.map((price) => (
              <Text key={price.application} as="p" alignment="end" variant="bodySm" tone="subdued">
                {priceWords.line(price, order.currency)}
              </Text>
            ))}
          </div>
        )}
      </TableCell>
      <TableCell>
        <InlineStack gap="100">
          <OrderStatus order={order} />
          {order.isTest && <Badge>{t('orders.state.test')}</Badge>}
        </InlineStack>
      </TableCell>
    </TableRow>
  );
}

/** "Nothing", and below it why. */
function Nothing({ why }: { why: OrderLine['whyNothing'] }) {
  const { t } = useTranslation();
  return (
    <div className="earned-nothing">
      <Text as="p" alignment="end" tone="subdued">
        {t('orders.nothing')}
      </Text>
      {why !== null && (
        <Text as="p" alignment="end" variant="bodySm" tone="subdued">
          {t(`orders.why.${why}`)}
        </Text>
      )}
    </div>
  );
}
