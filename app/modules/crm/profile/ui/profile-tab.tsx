import { Layout } from '@shopify/polaris';
import type { ReactNode } from 'react';
import { CompletenessCard } from '../../worklist/ui/completeness-card.tsx';
import { HistoryCard } from '../../form/ui/history-card.tsx';
import { ClubCard } from './club-card.tsx';
import { MembershipCard } from './membership-card.tsx';
import { TierCard } from './tier-card.tsx';
import { TrialCard } from './trial-card.tsx';
import type { ProfileView } from '../profile-tab.server.ts';
import { MetricsCard } from './metrics-card.tsx';
import { RecordCard } from './record-card.tsx';

interface ProfileTabProps {
  view: ProfileView;
  /** The national ID with the button that shows it, which belongs to privacy; false for none. */
  nationalId: ReactNode;
  /** Tags, which have a module of their own. */
  tags: ReactNode;
  /** All that happened. */
  timeline: ReactNode;
  /** Who looked at sensitive data. */
  accessLog: ReactNode;
}

/** What the club knows of a customer: what they have, what happened, who they are, and their figures. */
export function ProfileTab({ view, nationalId, tags, timeline, accessLog }: ProfileTabProps) {
  const { customer, club, metrics, completeness } = view;
  const isActive = customer.state === 'active';
  return (
    <Layout>
      <Layout.Section>
        <div className="stack">
          <ClubCard customerId={customer.customerId} club={view.clubCard} tiers={club.standing.tiers} />
          {timeline}
          <RecordCard view={view} nationalId={nationalId} />
          <MetricsCard metrics={metrics} />
        </div>
      </Layout.Section>
      <Layout.Section variant="oneThird">
        <div className="stack">
          {isActive && <CompletenessCard completeness={completeness} />}
          {isActive && tags}
          <MembershipCard standing={club.standing} isForMembers={club.isForMembers} isActive={isActive} />
          {club.standing.tiers && (
            <TierCard tiers={club.standing.tiers} history={club.history} isActive={isActive} />
          )}
          {isActive && <TrialCard isTrial={club.details.isTrial} />}
          <HistoryCard customerId={customer.customerId} />
          {accessLog}
        </div>
      </Layout.Section>
    </Layout>
  );
}
