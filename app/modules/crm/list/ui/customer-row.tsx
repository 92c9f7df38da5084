import { ActionList, BlockStack, Button, Popover, Text } from '@shopify/polaris';
import { MenuHorizontalIcon } from '@shopify/polaris-icons';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { TableCell, TableRow } from '#app/components/table.tsx';
import { TwoLineCell } from '#app/components/two-line-cell.tsx';
import { useCustomerName } from '#app/modules/customers/ui/customer-name.ts';
import { OrderStatus } from '#app/modules/orders/ui/order-status.tsx';
import { useFormat } from '#app/components/use-format.ts';
import type { CategoryChoice, ListLine } from '../customer-list.server.ts';
import { WhyDialog } from './why-dialog.tsx';
import type { Column } from './use-columns.ts';

interface CustomerRowProps {
  customer: ListLine;
  position: number;
  columns: readonly Column[];
  categories: readonly CategoryChoice[];
  isTicked: boolean;
  /** The list's address, if a rule narrows it. */
  search: string | null;
}

export function CustomerRow({ customer, position, columns, categories, isTicked, search }: CustomerRowProps) {
  const name = useCustomerName()(customer);
  const { customerId, email } = customer;
  const page = `/app/customers/${customerId}`;
  return (
    <TableRow id={String(customerId)} position={position} selected={isTicked}>
      <TwoLineCell url={page} title={name} details={[email === name ? null : email]} />
      {columns.map((column) => (
        <TableCell key={column}>
          <Value column={column} customer={customer} categories={categories} />
        </TableCell>
      ))}
      <TableCell>
        <RowActions name={name} page={page} why={search === null ? null : { customerId, search }} />
      </TableCell>
    </TableRow>
  );
}

interface ValueProps {
  column: Column;
  customer: ListLine;
  categories: readonly CategoryChoice[];
}

function Value({ column, customer, categories }: ValueProps) {
  const format = useFormat();
  switch (column) {
    case 'lastOrder':
      return (
        <span className="one-line">{customer.lastOrderAt ? format.day(customer.lastOrderAt) : '–'}</span>
      );
    case 'city':
      return <div className="wrapping wrapping-short">{customer.city ?? '–'}</div>;
    case 'phone':
      return (
        <bdi dir="ltr" className="one-line">
          {customer.phone ?? '–'}
        </bdi>
      );
    case 'category':
      return <>{categoryName(customer, categories)}</>;
    case 'orders':
      return <Orders customer={customer} />;
    case 'sales':
      return <Figure>{format.money(customer.spendMinor)}</Figure>;
    case 'balance':
      return customer.balances.length === 0 ? (
        <Figure>{format.number(0)}</Figure>
      ) : (
        customer.balances.map(({ unit, available }) => (
          <Figure key={unit}>{format.amount(available, unit)}</Figure>
        ))
      );
  }
}

function categoryName({ categoryId }: ListLine, categories: readonly CategoryChoice[]): string {
  const own = categories.find((category) =>
    categoryId === null ? category.isDefault : category.categoryId === categoryId,
  );
  return own?.name ?? '–';
}

function Figure({ children }: { children: ReactNode }) {
  return (
    <Text as="p" alignment="end" numeric>
      {children}
    </Text>
  );
}

/** How many valid orders and items, and what became of the latest order. */
function Orders({ customer: { orders, items, lastOrderStatus } }: { customer: ListLine }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <BlockStack gap="050" inlineAlign="start">
      <span className="one-line">
        {t('customer_list.orders', { count: orders, amount: format.number(orders) })}
        {items > 0 && ` · ${t('customer_list.items', { count: items, amount: format.number(items) })}`}
      </span>
      {lastOrderStatus !== null && (
        <OrderStatus order={{ financial: lastOrderStatus, isCancelled: lastOrderStatus === 'cancelled' }} />
      )}
    </BlockStack>
  );
}

interface RowActionsProps {
  name: string;
  page: string;
  why: { customerId: bigint; search: string } | null;
}

function RowActions({ name, page, why }: RowActionsProps) {
  const { t } = useTranslation();
  const [isOpen, setIsOpen] = useState(false);
  const [isAsked, setIsAsked] = useState(false);
  return (
    // A press here must not tick the row.
    <div onClick={(event) => event.stopPropagation()} role="presentation">
      <Popover
        active={isOpen}
        preferredAlignment="right"
        onClose={() => setIsOpen(false)}
        activator={
          <Button
            icon={MenuHorizontalIcon}
            variant="tertiary"
            accessibilityLabel={t('customer_list.actions_for', { name })}
            onClick={() => setIsOpen(!isOpen)}
          />
        }
      >
        <ActionList
          actionRole="menuitem"
          onActionAnyItem={() => setIsOpen(false)}
          items={[
            { content: t('customer_list.view'), url: page },
            ...(why === null
              ? []
              : [{ content: t('segments.why.action'), onAction: () => setIsAsked(true) }]),
            { content: t('customer_list.edit'), url: `${page}/edit` },
            { content: t('customer_list.remove'), url: `${page}?remove=1`, destructive: true },
          ]}
        />
      </Popover>
      {why !== null && isAsked && <WhyDialog {...why} name={name} onClose={() => setIsAsked(false)} />}
    </div>
  );
}
