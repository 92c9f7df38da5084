import { Badge, BlockStack, Card, InlineGrid, Layout, Link, Text } from '@shopify/polaris';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { PlannedMessagesCard } from '#app/components/planned-messages-card.tsx';
import { useFormat } from '#app/components/use-format.ts';
import { useShop } from '#app/components/shop-context.tsx';
import type { Balance } from '#app/modules/loyalty/ledger.queries.server.ts';
import type { CustomerView } from '../customer-screen.server.ts';
import type { CustomerProfile } from '../customers.queries.server.ts';
import { DetailsForm } from './details-form.tsx';
import { LedgerCard } from './ledger-card.tsx';
import { MembershipCard } from './membership-card.tsx';
import { TierCard } from './tier-card.tsx';

interface CustomerDetailsProps {
  view: CustomerView;
  isFirstPage: boolean;
  /** The way to pay value out, which belongs to rewards. */
  payoutCard: ReactNode;
}

export function CustomerDetails({ view, isFirstPage, payoutCard }: CustomerDetailsProps) {
  const { customer, balances, entries, olderThan, club, messages } = view;
  const isActive = customer.state === 'active';
  const shown = balances.some(({ unit }) => unit === 'POINTS')
    ? balances
    : [noPoints(customer.customerId), ...balances];
  return (
    <Layout>
      <Layout.Section variant="fullWidth">
        <div className="stack">
          {shown.map((balance) => (
            <BalanceTiles key={balance.unit} balance={balance} />
          ))}
        </div>
      </Layout.Section>
      <Layout.Section>
        <LedgerCard
          customerId={customer.customerId}
          entries={entries}
          olderThan={olderThan}
          isFirstPage={isFirstPage}
        />
      </Layout.Section>
      <Layout.Section variant="oneThird">
        <div className="stack">
          <ProfileCard customer={customer} />
          <MembershipCard standing={club.standing} isActive={isActive} />
          {club.standing.tiers && (
            <TierCard tiers={club.standing.tiers} history={club.history} isActive={isActive} />
          )}
          {payoutCard}
          {isActive && <DetailsForm club={club} />}
          <PlannedMessagesCard customerId={customer.customerId} messages={messages} />
        </div>
      </Layout.Section>
    </Layout>
  );
}

function noPoints(customerId: bigint): Balance {
  return { customerId, unit: 'POINTS', balance: 0n, available: 0n, held: 0n, pending: 0n, debt: 0n };
}

const TILES = ['available', 'pending', 'held', 'debt', 'balance'] as const;

function BalanceTiles({ balance }: { balance: Balance }) {
  const { t } = useTranslation();
  const format = useFormat();
  const unit = balance.unit === 'CREDIT' ? t('units.credit') : t('units.points_title');
  return (
    <Card>
      <section aria-label={unit}>
        <InlineGrid columns={{ xs: 2, sm: 3, md: 5 }} gap="400">
          {TILES.map((field) => (
            <BlockStack key={field} gap="100">
              <Text as="h2" variant="bodySm" tone="subdued">
                {t(`balance.${field}`)}
              </Text>
              <Text
                as="p"
                variant="headingLg"
                numeric
                {...(field === 'debt' && balance.debt > 0n ? { tone: 'critical' } : {})}
              >
                {format.amount(balance[field], balance.unit)}
              </Text>
              <Text as="p" variant="bodySm" tone="subdued">
                {t(`balance.${field}_help`)}
              </Text>
            </BlockStack>
          ))}
        </InlineGrid>
      </section>
    </Card>
  );
}

function ProfileCard({ customer }: { customer: CustomerProfile }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { domain } = useShop();
  const isActive = customer.state === 'active';
  return (
    <Card>
      <BlockStack gap="200">
        <Text as="h2" variant="headingMd">
          {t('customer.profile')}
        </Text>
        {!isActive && <Badge tone="attention">{t('customer.not_active')}</Badge>}
        <Text as="p" breakWord>
          {customer.email ?? t('customer.no_email')}
        </Text>
        <Text as="p">{customer.phone ?? t('customer.no_phone')}</Text>
        <Text as="p" tone="subdued">
          {t('customer.known_since', { day: format.day(customer.createdAt) })}
        </Text>
        {isActive && (
          <Link url={`https://${domain}/admin/customers/${customer.customerId}`} external>
            {t('customer.open_in_shopify')}
          </Link>
        )}
      </BlockStack>
    </Card>
  );
}
