import { Button, Card, Link, Text } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { EmptyNote } from '#app/components/empty-note.tsx';
import { useFormat } from '#app/components/use-format.ts';
import type { RewardListView } from '../reward-screens.server.ts';
import { RewardBadge, useRewardLabels } from './reward-labels.tsx';

/** All rewards of a program, the cheapest first. */
export function RewardList({ view }: { view: RewardListView }) {
  const { t } = useTranslation();
  const { program, rewards } = view;
  if (rewards.length === 0) {
    return (
      <Card>
        <EmptyNote title={t('rewards.empty_title')} text={t('rewards.empty_text')}>
          <Button variant="primary" url={createRewardAddress(program.programId)}>
            {t('rewards.create')}
          </Button>
        </EmptyNote>
      </Card>
    );
  }
  return (
    <Card padding="0">
      <ul className="bare-list" aria-label={t('rewards.title')}>
        {rewards.map((reward) => (
          <RewardLine key={String(reward.rewardId)} reward={reward} />
        ))}
      </ul>
    </Card>
  );
}

export const createRewardAddress = (programId: bigint): string =>
  `/app/loyalty/rewards/new?program=${programId}`;

interface RewardLineProps {
  reward: RewardListView['rewards'][number];
  /** Where rewards of several programs are listed. */
  programName?: string;
}

/** A reward as shoppers see it; below it what only staff sees. */
export function RewardLine({ reward, programName }: RewardLineProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const words = useRewardLabels();
  const taken = t('rewards.taken', { count: reward.taken, times: format.number(reward.taken) });
  const forStaff = programName === undefined ? [taken] : [programName, taken];
  return (
    <li className="ruled reward-line">
      {reward.pictureUrl !== null && <img className="reward-line-picture" src={reward.pictureUrl} alt="" />}
      <div className="reward-line-text">
        <Link url={`/app/loyalty/rewards/${reward.rewardId}`} dataPrimaryLink removeUnderline monochrome>
          <Text as="span" fontWeight="semibold">
            {reward.name}
          </Text>
        </Link>
        <Text as="p">{words.offer(reward)}</Text>
        {reward.description !== '' && <Text as="p">{reward.description}</Text>}
        <Text as="p" variant="bodySm" tone="subdued">
          {words.terms(reward).join(' · ')}
        </Text>
        <Text as="p" variant="bodySm" tone="subdued">
          {forStaff.join(' · ')}
        </Text>
      </div>
      <span className="one-line">
        <RewardBadge status={reward.status} />
      </span>
    </li>
  );
}
