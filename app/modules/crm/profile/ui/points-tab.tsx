import { BlockStack, Card, Layout, Text } from '@shopify/polaris';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { CardTitle } from '#app/components/card-title.tsx';
import { useFormat } from '#app/components/use-format.ts';
import { LedgerCard } from './ledger-card.tsx';
import type { PointsView } from '../points-tab.server.ts';
import { BalanceChart } from './balance-chart.tsx';
import { BalanceTiles } from './balance-tiles.tsx';
import { LotsCard } from './lots-card.tsx';

interface PointsTabProps {
  view: PointsView;
  /** The way to pay value out, which belongs to rewards. */
  payoutCard: ReactNode;
  /** What became of the codes that points were taken for. */
  codesCard: ReactNode;
}

/** What a customer has, until when, and how it came about. */
export function PointsTab({ view, payoutCard, codesCard }: PointsTabProps) {
  const { customer, balances, entries, olderThan, isFirstPage } = view;
  return (
    <Layout>
      <Layout.Section variant="fullWidth">
        <BalanceTiles customerId={customer.customerId} balances={balances} />
      </Layout.Section>
      <Layout.Section>
        <div className="stack">
          {view.lines.map((line) => (
            <BalanceChart key={line.unit} line={line} />
          ))}
          <LedgerCard
            customerId={customer.customerId}
            entries={entries}
            olderThan={olderThan}
            isFirstPage={isFirstPage}
          />
        </div>
      </Layout.Section>
      <Layout.Section variant="oneThird">
        <div className="stack">
          <LotsCard lots={view.lots} />
          {codesCard}
          <PrintedPoints points={view.printedPoints} />
          {payoutCard}
        </div>
      </Layout.Section>
    </Layout>
  );
}

function PrintedPoints({ points }: { points: bigint }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <Card>
      <BlockStack gap="100">
        <CardTitle>{t('customer_detail.points.printed')}</CardTitle>
        <Text as="p" variant="headingLg">
          {format.units(points, 'POINTS')}
        </Text>
        <Text as="p" tone="subdued">
          {t('customer_detail.points.printed_help')}
        </Text>
      </BlockStack>
    </Card>
  );
}
