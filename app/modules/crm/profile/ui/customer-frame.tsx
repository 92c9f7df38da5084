import { Badge, InlineStack } from '@shopify/polaris';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useCustomerName } from '#app/modules/customers/ui/customer-name.ts';
import { Screen } from '#app/components/screen.tsx';
import { useFormat } from '#app/components/use-format.ts';
import { useCustomerActions } from '../../form/ui/customer-actions.tsx';
import type { CustomerHeader } from '../read-header.server.ts';
import { CustomerTabs } from './customer-tabs.tsx';

interface CustomerFrameProps {
  header: CustomerHeader;
  /** Where the customer stands, which belongs to segments. */
  lifecycle: ReactNode;
  children: ReactNode;
}

/** A customer's page around its tab: who it is, what they have, what can be done. */
export function CustomerFrame({ header, lifecycle, children }: CustomerFrameProps) {
  const { t } = useTranslation();
  const nameOf = useCustomerName();
  const { customer } = header;
  const name = nameOf(customer);
  const { actions, dialog } = useCustomerActions({
    customerId: customer.customerId,
    name,
    isActive: customer.state === 'active',
    hasLeft: header.hasLeft,
  });
  return (
    <Screen
      title={name}
      titleMetadata={<Badges header={header} lifecycle={lifecycle} />}
      subtitle={useBalanceLine(header)}
      backAction={{ content: t('customers.title'), url: '/app/customers' }}
      secondaryActions={[
        ...actions,
        { content: t('adjust.title'), url: `/app/activity/adjust?customer=${customer.customerId}` },
      ]}
    >
      <CustomerTabs customerId={customer.customerId}>{children}</CustomerTabs>
      {dialog}
    </Screen>
  );
}

function Badges({ header, lifecycle }: Pick<CustomerFrameProps, 'header' | 'lifecycle'>) {
  const { t } = useTranslation();
  const { customer, tierName, categoryName, hasLeft } = header;
  return (
    <InlineStack gap="100">
      {customer.state !== 'active' && <Badge tone="attention">{t('customer.not_active')}</Badge>}
      {hasLeft && <Badge tone="attention">{t('customer_detail.has_left')}</Badge>}
      {lifecycle}
      {tierName !== null && <Badge tone="magic">{tierName}</Badge>}
      {categoryName !== null && <Badge>{categoryName}</Badge>}
    </InlineStack>
  );
}

/** "1,250 points · Rp 50,000 can be spent" */
function useBalanceLine({ balances }: CustomerHeader): string {
  const { t } = useTranslation();
  const format = useFormat();
  const amounts = balances
    .filter(({ unit, available }) => unit === 'POINTS' || available > 0n)
    .map(({ unit, available }) => format.units(available, unit));
  return t('customer_detail.can_spend', {
    amounts: amounts.length > 0 ? amounts.join(' · ') : format.units(0n, 'POINTS'),
  });
}
