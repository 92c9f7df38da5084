import { Banner, BlockStack, Card, InlineGrid, Layout, Link, Text } from '@shopify/polaris';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useAction } from '#app/components/use-action.ts';
import { useFormat } from '#app/components/use-format.ts';
import { SendingTroubleBanner } from '#app/modules/messaging/channels/ui/sending-trouble.tsx';
import type { HomeView, WorthTotals } from '../read-home.server.ts';
import { HeldCredit } from './held-credit.tsx';
import { HealthLine } from './health-line.tsx';
import { Trouble } from './trouble.tsx';
import { LaunchCard } from './launch-card.tsx';
import { PlacementCard } from './placement-card.tsx';
import { SetupChecklist } from './setup-checklist.tsx';
import { UnapprovedBanner } from './unapproved-banner.tsx';
import { WaitingCard } from './waiting-card.tsx';

/** `news` comes first while there is any. */
export function Home({ view, news }: { view: HomeView; news: ReactNode }) {
  // Here, and not in the card: that is gone when the launch is done, and could not say so.
  const launching = useAction();
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
      {view.sendingTrouble && (
        <Layout.Section variant="fullWidth">
          <SendingTroubleBanner trouble={view.sendingTrouble} />
        </Layout.Section>
      )}
      {view.isWalletLow && (
        <Layout.Section variant="fullWidth">
          <WalletLow />
        </Layout.Section>
      )}
      {view.launch.isDraft && (
        <Layout.Section variant="fullWidth">
          <LaunchCard launch={view.launch} checklist={view.checklist} action={launching} />
        </Layout.Section>
      )}
      <Layout.Section variant="fullWidth">
        <WaitingCard waiting={view.waiting} />
      </Layout.Section>
      {news && <Layout.Section variant="fullWidth">{news}</Layout.Section>}
      <Layout.Section variant="fullWidth">
        <div className="stack">
          {view.totals.map((totals) => (
            <Totals key={totals.unit} totals={totals} />
          ))}
        </div>
      </Layout.Section>
      <Layout.Section>
        <div className="stack">
          {!view.launch.isDraft && (
            <SetupChecklist checklist={view.checklist} launchedAt={view.launch.launchedAt} />
          )}
          <PlacementCard isKnown={view.checklist.isThemeOn} />
        </div>
      </Layout.Section>
      <Layout.Section variant="fullWidth">
        <HealthLine inbox={view.inbox} now={view.now} />
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
  // In the order in which they add up: what was issued, less the next three, is outstanding.
  const tiles = [
    { name: t('home.issued'), amount: totals.issued, worthMinor: totals.issuedMinor },
    { name: t('home.spent'), amount: -totals.spent, worthMinor: -totals.spentMinor },
    { name: t('home.expired'), amount: -totals.expired, worthMinor: -totals.expiredMinor },
    { name: t('home.taken_back'), amount: -totals.takenBack, worthMinor: -totals.takenBackMinor },
    { name: t('home.outstanding'), amount: totals.outstanding, worthMinor: totals.outstandingMinor },
  ];
  return (
    <section aria-label={unit}>
      <Card>
        <InlineGrid columns={{ xs: 2, md: 5 }} gap="400">
          {tiles.map(({ name, amount, worthMinor }) => (
            <BlockStack key={name} gap="100">
              <Text as="h2" variant="bodyMd" tone="subdued">
                {t('home.tile', { unit, name })}
              </Text>
              <Text as="p" variant="headingLg" numeric>
                <Link
                  url="/app/reports/liability"
                  removeUnderline
                  monochrome
                  accessibilityLabel={`${t('home.tile', { unit, name })}: ${format.amount(amount, totals.unit)}`}
                >
                  {format.amount(amount, totals.unit)}
                </Link>
              </Text>
              {totals.unit === 'POINTS' && (
                <Text as="p" tone="subdued">
                  {t('home.worth', { money: format.money(worthMinor) })}
                </Text>
              )}
            </BlockStack>
          ))}
        </InlineGrid>
      </Card>
    </section>
  );
}
