import { Banner, BlockStack, Card, InlineGrid, Layout, Text } from '@shopify/polaris';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '#app/components/use-format.ts';
import type { HomeView, WorthTotals } from '../read-home.server.ts';
import { HeldCredit } from './held-credit.tsx';
import { InboxCard } from './inbox-card.tsx';
import { Trouble } from './trouble.tsx';
import { SetupChecklist } from './setup-checklist.tsx';
import { UnapprovedBanner } from './unapproved-banner.tsx';

/** `news` comes first while there is any; `data` is about what comes from Shopify. */
export function Home({ view, news, data }: { view: HomeView; news: ReactNode; data: ReactNode }) {
  return (
    <Layout>
      {view.unapproved.length > 0 && (
        <Layout.Section variant="fullWidth">
          <UnapprovedBanner unapproved={view.unapproved} />
        </Layout.Section>
      )}
      {view.heldCredit !== null && (
        <Layout.Section variant="fullWidth">
          <HeldCredit held={view.heldCredit} />
        </Layout.Section>
      )}
      {(view.failing.length > 0 || view.unknownZone !== null) && (
        <Layout.Section variant="fullWidth">
          <Trouble failing={view.failing} unknownZone={view.unknownZone} />
        </Layout.Section>
      )}
      {view.isWalletLow && (
        <Layout.Section variant="fullWidth">
          <WalletLow />
        </Layout.Section>
      )}
      {news && <Layout.Section variant="fullWidth">{news}</Layout.Section>}
      <Layout.Section variant="fullWidth">
        <div className="stack">
          {view.totals.map((totals) => (
            <Totals key={totals.unit} totals={totals} />
          ))}
        </div>
      </Layout.Section>
      <Layout.Section>
        <SetupChecklist checklist={view.checklist} />
      </Layout.Section>
      <Layout.Section variant="oneThird">
        <div className="stack">
          <InboxCard inbox={view.inbox} now={view.now} />
          {data}
        </div>
      </Layout.Section>
    </Layout>
  );
}

function WalletLow() {
  const { t } = useTranslation();
  return (
    <Banner
      tone="warning"
      title={t('wallet.low_title')}
      action={{ content: t('wallet.to_wallet'), url: '/app/messages/wallet' }}
    >
      <Text as="p">{t('wallet.low_text')}</Text>
    </Banner>
  );
}

function Totals({ totals }: { totals: WorthTotals }) {
  const { t } = useTranslation();
  const format = useFormat();
  const unit = totals.unit === 'CREDIT' ? t('units.credit') : t('units.points_title');
  const tiles = [
    { name: t('home.issued'), amount: totals.issued, worthMinor: totals.issuedMinor },
    { name: t('home.spent'), amount: totals.spent, worthMinor: totals.spentMinor },
    { name: t('home.outstanding'), amount: totals.outstanding, worthMinor: totals.outstandingMinor },
  ];
  return (
    <section aria-label={unit}>
      <InlineGrid columns={{ xs: 1, sm: 3 }} gap="400">
        {tiles.map(({ name, amount, worthMinor }) => (
          <Card key={name}>
            <BlockStack gap="100">
              <Text as="h2" variant="bodyMd" tone="subdued">
                {t('home.tile', { unit, name })}
              </Text>
              <Text as="p" variant="headingXl" numeric>
                {format.amount(amount, totals.unit)}
              </Text>
              <Text as="p" tone="subdued">
                {totals.unit === 'CREDIT' ? '\u00A0' : t('home.worth', { money: format.money(worthMinor) })}
              </Text>
            </BlockStack>
          </Card>
        ))}
      </InlineGrid>
    </section>
  );
}
