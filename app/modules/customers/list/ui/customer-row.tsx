import { ActionList, BlockStack, Button, IndexTable, Link, Popover, Text } from '@shopify/polaris';
import { MenuHorizontalIcon } from '@shopify/polaris-icons';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useCustomerName } from '#app/components/customer-name.ts';
import { OrderStatus } from '#app/components/order-status.tsx';
import { useFormat } from '#app/components/use-format.ts';
import type { CategoryChoice, ListLine } from '../customer-list.server.ts';
import type { Column } from './use-columns.ts';

interface CustomerRowProps {
  customer: ListLine;
  position: number;
  columns: readonly Column[];
  categories: readonly CategoryChoice[];
  isTicked: boolean;
}

export function CustomerRow({ customer, position, columns, categories, isTicked }: CustomerRowProps) {
  const name = useCustomerName()(customer);
  const { customerId, email } = customer;
  const page = `/app/customers/${customerId}`;
  return (
    <IndexTable.Row id={String(customerId)} position={position} selected={isTicked}>
      <IndexTable.Cell>
        <div className="wrapping">
          <Link url={page} dataPrimaryLink removeUnderline monochrome>
            <Text as="span" fontWeight="semibold">
              {name}
            </Text>
          </Link>
          {email !== null && email !== name && (
            <Text as="p" variant="bodySm" tone="subdued">
              {email}
            </Text>
          )}
        </div>
      </IndexTable.Cell>
      {columns.map((column) => (
        <IndexTable.Cell key={column}>
          <Value column={column} customer={customer} categories={categories} />
        </IndexTable.Cell>
      ))}
      <IndexTable.Cell>
        <RowActions name={name} page={page} />
      </IndexTable.Cell>
    </IndexTable.Row>
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
      return <div className="wrapping">{customer.city ?? '–'}</div>;
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

/** How many valid orders and pieces, and what became of the latest order. */
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

function RowActions({ name, page }: { name: string; page: string }) {
  const { t } = useTranslation();
  const [isOpen, setIsOpen] = useState(false);
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
            { content: t('customer_list.edit'), url: `${page}/edit` },
            { content: t('customer_list.remove'), url: `${page}?remove=1`, destructive: true },
          ]}
        />
      </Popover>
    </div>
  );
}
