import { BlockStack, Card, Link, ProgressBar, Text } from '@shopify/polaris';
import { useId, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { CardTitle } from '#app/components/card-title.tsx';
import { useFormat } from '#app/components/use-format.ts';
import type { TierStandingView } from '#app/modules/membership/read-standing.server.ts';
import type { ClubCardView } from '../read-club-card.server.ts';

interface ClubCardProps {
  customerId: bigint;
  club: ClubCardView;
  /** Null while the shop's tiers are off. */
  tiers: TierStandingView | null;
}

/** What a person at the counter asks first: what the customer has, until when, and what comes next. */
export function ClubCard({ customerId, club, tiers }: ClubCardProps) {
  const { t } = useTranslation();
  return (
    <Card>
      <BlockStack gap="300">
        <CardTitle>{t('club_card.title')}</CardTitle>
        <div className="club-card">
          <BalancePart customerId={customerId} club={club} />
          <ExpiryPart expiring={club.expiring} />
          <RewardPart club={club} />
          {tiers !== null && <TierPart tiers={tiers} />}
        </div>
      </BlockStack>
    </Card>
  );
}

interface PartProps {
  name: string;
  figure: ReactNode;
  children?: ReactNode;
}

function Part({ name, figure, children }: PartProps) {
  return (
    <BlockStack gap="100">
      <Text as="h3" variant="bodySm" tone="subdued">
        {name}
      </Text>
      <Text as="p" variant="headingMd" numeric>
        {figure}
      </Text>
      {children}
    </BlockStack>
  );
}

function Detail({ id, children }: { id?: string; children: ReactNode }) {
  return (
    <Text as="p" variant="bodySm" tone="subdued" {...(id === undefined ? {} : { id })}>
      {children}
    </Text>
  );
}

function BalancePart({ customerId, club }: Pick<ClubCardProps, 'customerId' | 'club'>) {
  const { t } = useTranslation();
  const format = useFormat();
  const { points, credit, pendingPoints, pointsWorthMinor } = club;
  return (
    <Part
      name={t('club_card.balance')}
      figure={
        <Link url={`/app/customers/${customerId}/points`} monochrome removeUnderline>
          {format.units(points, 'POINTS')}
        </Link>
      }
    >
      {pointsWorthMinor !== null && points > 0n && (
        <Detail>{t('club_card.worth', { amount: format.money(pointsWorthMinor) })}</Detail>
      )}
      {pendingPoints > 0n && (
        <Detail>{t('club_card.pending', { amount: format.units(pendingPoints, 'POINTS') })}</Detail>
      )}
      {credit > 0n && <Detail>{t('club_card.credit', { amount: format.money(credit) })}</Detail>}
    </Part>
  );
}

const MS_BEFORE_MIDNIGHT = 1;

function ExpiryPart({ expiring }: Pick<ClubCardView, 'expiring'>) {
  const { t } = useTranslation();
  const format = useFormat();
  const name = t('club_card.expiring');
  if (expiring === null) return <Part name={name} figure={t('club_card.nothing_expires')} />;
  // It ends with its last day: the moment itself is the next one already.
  const lastDay = format.day(new Date(expiring.at.getTime() - MS_BEFORE_MIDNIGHT));
  return (
    <Part name={name} figure={format.units(expiring.amount, expiring.unit)}>
      <Detail>{t('club_card.last_day', { day: lastDay })}</Detail>
    </Part>
  );
}

function RewardPart({ club: { affordable, next, hasRewards } }: Pick<ClubCardProps, 'club'>) {
  const { t } = useTranslation();
  const format = useFormat();
  const id = useId();
  const name = t('club_card.next_reward');
  if (!hasRewards) return <Part name={name} figure={t('club_card.no_rewards')} />;
  const canTake = affordable !== null && (
    <Detail>{t('club_card.can_take', { reward: affordable.name })}</Detail>
  );
  if (next === null)
    return (
      <Part name={name} figure={t('club_card.every_reward')}>
        {canTake}
      </Part>
    );
  const { reward, missing } = next;
  return (
    <Part name={name} figure={reward.name}>
      <ProgressBar
        size="small"
        tone="primary"
        progress={share(reward.units - missing, reward.units)}
        ariaLabelledBy={id}
      />
      <Detail id={id}>{t('club_card.missing', { amount: format.units(missing, reward.unit) })}</Detail>
      {canTake}
    </Part>
  );
}

function TierPart({ tiers: { current, next, measured, rule } }: { tiers: TierStandingView }) {
  const { t } = useTranslation();
  const format = useFormat();
  const id = useId();
  const amount = (value: bigint) => format.units(value, rule.measure === 'spend' ? 'CREDIT' : 'POINTS');
  return (
    <Part name={t('club.tier')} figure={current?.name ?? t('club.no_tier')}>
      {next === null ? (
        <Detail>{t('club.highest')}</Detail>
      ) : (
        <>
          <ProgressBar
            size="small"
            tone="primary"
            progress={share(measured, next.tier.threshold)}
            ariaLabelledBy={id}
          />
          <Detail id={id}>
            {next.missing > 0n
              ? t('club.missing', { amount: amount(next.missing), tier: next.tier.name })
              : t('club.next_soon', { tier: next.tier.name })}
          </Detail>
        </>
      )}
    </Part>
  );
}

/** Whole percent of the way, from none to all of it. */
function share(reached: bigint, goal: bigint): number {
  if (goal <= 0n || reached >= goal) return 100;
  return reached <= 0n ? 0 : Number((reached * 100n) / goal);
}
