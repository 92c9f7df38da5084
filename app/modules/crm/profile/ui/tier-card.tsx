import { BlockStack, Button, Card, InlineStack, ProgressBar, Text } from '@shopify/polaris';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CardTitle } from '#app/components/card-title.tsx';
import { useFormat } from '#app/components/use-format.ts';
import type { TierStandingView } from '#app/modules/membership/read-standing.server.ts';
import type { CustomerClub } from '../club-standing.queries.server.ts';
import { TierModal } from './tier-modal.tsx';

interface TierCardProps {
  tiers: TierStandingView;
  history: CustomerClub['history'];
  isActive: boolean;
}

/** The customer's tier, how far it is to the next, and how it came about. */
export function TierCard({ tiers, history, isActive }: TierCardProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const [isChoosing, setIsChoosing] = useState(false);
  const { current, keptUntil, next, measured, rule } = tiers;
  const amount = (value: bigint) => format.units(value, rule.measure === 'spend' ? 'CREDIT' : 'POINTS');
  return (
    <Card>
      <BlockStack gap="300">
        <BlockStack gap="100">
          <CardTitle>{t('club.tier')}</CardTitle>
          <Text as="p" variant="headingLg">
            {current?.name ?? t('club.no_tier')}
          </Text>
          <Text as="p" tone="subdued">
            {t(`club.measured.${rule.measure}`, {
              amount: amount(measured),
              day: format.day(tiers.periodStart),
            })}
          </Text>
          {keptUntil && (
            <Text as="p" tone="subdued">
              {t('club.kept_until', { day: format.day(new Date(keptUntil.getTime() - 1)) })}
            </Text>
          )}
        </BlockStack>
        {next ? (
          <BlockStack gap="100">
            <ProgressBar
              size="small"
              tone="primary"
              progress={share(measured, next.tier.threshold)}
              ariaLabelledBy="tier-distance"
            />
            <Text as="p" id="tier-distance">
              {next.missing > 0n
                ? t('club.missing', { amount: amount(next.missing), tier: next.tier.name })
                : t('club.next_soon', { tier: next.tier.name })}
            </Text>
          </BlockStack>
        ) : (
          <Text as="p">{t('club.highest')}</Text>
        )}
        {isActive && tiers.all.length > 0 && (
          <InlineStack>
            <Button onClick={() => setIsChoosing(true)}>{t('club.change_tier')}</Button>
          </InlineStack>
        )}
        {history.length > 0 && <History history={history} amount={amount} />}
      </BlockStack>
      {isChoosing && <TierModal tiers={tiers} onClose={() => setIsChoosing(false)} />}
    </Card>
  );
}

/** Whole percent of the way, at most all of it. */
function share(measured: bigint, threshold: bigint): number {
  if (threshold <= 0n || measured >= threshold) return 100;
  return Number((measured * 100n) / threshold);
}

const REASONS = ['reached', 'no_longer_reached', 'tier_removed', 'merged'] as const;

function History({
  history,
  amount,
}: {
  history: CustomerClub['history'];
  amount: (value: bigint) => string;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <BlockStack gap="200">
      <Text as="h3" variant="headingSm">
        {t('club.history')}
      </Text>
      <ol className="bare-list">
        {history.map((change) => {
          const reason = REASONS.find((known) => known === change.reason);
          const isByStaff = change.actor !== 'setia' && reason === undefined;
          return (
            <li key={String(change.changeId)}>
              <Text as="p">
                {t('club.history_line', {
                  day: format.day(change.since),
                  tier: change.tierName ?? t('club.no_tier'),
                })}
              </Text>
              <Text as="p" variant="bodySm" tone="subdued">
                {reason ? t(`club.reason.${reason}`, { amount: amount(change.measured) }) : change.reason}
                {isByStaff && ` · ${change.staffName ?? t('common.staff')}`}
              </Text>
            </li>
          );
        })}
      </ol>
    </BlockStack>
  );
}
