import { Layout } from '@shopify/polaris';
import type { ReactNode } from 'react';
import { LedgerCard } from '../../ui/ledger-card.tsx';
import type { PointsView } from '../points-tab.server.ts';
import { BalanceTiles } from './balance-tiles.tsx';

interface PointsTabProps {
  view: PointsView;
  /** The way to pay value out, which belongs to rewards. */
  payoutCard: ReactNode;
}

/** What a customer has, until when, and how it came about. */
export function PointsTab({ view, payoutCard }: PointsTabProps) {
  const { customer, balances, entries, olderThan, isFirstPage } = view;
  return (
    <Layout>
      <Layout.Section variant="fullWidth">
        <BalanceTiles customerId={customer.customerId} balances={balances} />
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
        <div className="stack">{payoutCard}</div>
      </Layout.Section>
    </Layout>
  );
}
