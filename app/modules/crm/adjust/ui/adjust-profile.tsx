import { BlockStack, Card, Link } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { CardTitle } from '#app/components/card-title.tsx';
import { useCustomerName } from '#app/modules/customers/ui/customer-name.ts';
import { useFormat } from '#app/components/use-format.ts';
import type { Balance } from '#app/modules/ledger/balances.queries.server.ts';
import type { AdjustedCustomer } from '../find-to-adjust.queries.server.ts';

/** Who it is, so that staff can compare it with whom they talk to, and what they have now. */
export function AdjustProfile({ customer, balances }: { customer: AdjustedCustomer; balances: Balance[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const name = useCustomerName()(customer);
  const day = (text: string | null) => (text === null ? null : format.calendarDay(text));
  const facts = [
    { name: t('adjust.profile.phone'), value: customer.phone },
    { name: t('adjust.profile.email'), value: customer.email },
    { name: t('adjust.profile.national_id'), value: customer.nationalIdMasked },
    { name: t('adjust.profile.birth_date'), value: day(customer.birthDate) },
    { name: t('adjust.profile.wedding_date'), value: day(customer.weddingDate) },
  ];
  return (
    <Card>
      <BlockStack gap="300">
        <CardTitle>{name}</CardTitle>
        <dl className="facts">
          {facts.map((fact) => (
            <div key={fact.name}>
              <dt>{fact.name}</dt>
              <dd>{fact.value ?? t('adjust.profile.missing')}</dd>
            </div>
          ))}
          {balances.map((balance) => (
            <div key={balance.unit}>
              <dt>{t('balance.available')}</dt>
              <dd>{format.units(balance.available, balance.unit)}</dd>
            </div>
          ))}
        </dl>
        <Link url={`/app/customers/${customer.customerId}`}>{t('adjust.profile.open')}</Link>
        <Link url="/app/activity/adjust">{t('adjust.other_customer')}</Link>
      </BlockStack>
    </Card>
  );
}
