import { BlockStack, Box, Button, Card, InlineStack, Link, Text } from '@shopify/polaris';
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
          <Button variant="primary" url={`/app/loyalty/rewards/new?program=${program.programId}`}>
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

function RewardLine({ reward }: { reward: RewardListView['rewards'][number] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const words = useRewardLabels();
  const taken = t('rewards.taken', { count: reward.taken, times: format.number(reward.taken) });
  return (
    <li className="ruled">
      <Box padding="400" paddingBlock="300">
        <InlineStack gap="400" align="space-between" blockAlign="center" wrap={false}>
          <BlockStack gap="050">
            <Link url={`/app/loyalty/rewards/${reward.rewardId}`} dataPrimaryLink removeUnderline monochrome>
              <Text as="span" fontWeight="semibold">
                {reward.name}
              </Text>
            </Link>
            <Text as="p" breakWord>
              {words.offer(reward)}
            </Text>
            <Text as="p" variant="bodySm" tone="subdued">
              {[...words.terms(reward), taken].join(' · ')}
            </Text>
          </BlockStack>
          <span className="one-line">
            <RewardBadge status={reward.status} />
          </span>
        </InlineStack>
      </Box>
    </li>
  );
}
