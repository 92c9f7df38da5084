import { ActionList, Button, Card, Popover, Tabs } from '@shopify/polaris';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { EmptyNote } from '#app/components/empty-note.tsx';
import { useFormat } from '#app/components/use-format.ts';
import { useSearchChange } from '#app/components/use-search-change.ts';
import type { RewardListView } from '../reward-screens.server.ts';
import { createRewardAddress, RewardLine } from './reward-list.tsx';

export const REWARD_STATES = ['active', 'paused'] as const;
export type RewardState = (typeof REWARD_STATES)[number];

interface AllRewardsProps {
  lists: readonly RewardListView[];
  /** What is shown; null for all. */
  state: RewardState | null;
}

/** The rewards of all programs as shoppers see them, the cheapest first, with what only staff sees below each. */
export function AllRewards({ lists, state }: AllRewardsProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const change = useSearchChange();
  const all = lists
    .flatMap(({ program, rewards }) => rewards.map((reward) => ({ program, reward })))
    .toSorted((a, b) => compareBigints(a.reward.units, b.reward.units));
  const countOf = (each: RewardState) => all.filter(({ reward }) => reward.status === each).length;
  const shown = all.filter(({ reward }) => state === null || reward.status === state);
  return (
    <Card padding="0">
      <Tabs
        tabs={[
          { id: 'all', content: t('rewards.all'), panelID: 'rewards-panel' },
          ...REWARD_STATES.map((each) => ({
            id: each,
            content: t(`rewards.${each}`),
            panelID: 'rewards-panel',
            badge: format.number(countOf(each)),
          })),
        ]}
        selected={state === null ? 0 : REWARD_STATES.indexOf(state) + 1}
        onSelect={(index) => change({ state: REWARD_STATES[index - 1] ?? null })}
      />
      <div id="rewards-panel">
        {shown.length === 0 ? (
          <EmptyNote
            title={t('rewards.empty_title')}
            text={all.length === 0 ? t('rewards.empty_text') : t('rewards.none_in_state')}
          >
            {all.length === 0 && <CreateReward lists={lists} />}
          </EmptyNote>
        ) : (
          <ul className="bare-list" aria-label={t('rewards.title')}>
            {shown.map(({ program, reward }) => (
              <RewardLine key={String(reward.rewardId)} reward={reward} programName={program.name} />
            ))}
          </ul>
        )}
      </div>
    </Card>
  );
}

const compareBigints = (a: bigint, b: bigint): number => (a < b ? -1 : a > b ? 1 : 0);

/** A reward belongs to a program: with several, staff chooses one. */
export function CreateReward({ lists }: Pick<AllRewardsProps, 'lists'>) {
  const { t } = useTranslation();
  const [isOpen, setIsOpen] = useState(false);
  const [first, second] = lists;
  if (!first) return null;
  if (!second)
    return (
      <Button variant="primary" url={createRewardAddress(first.program.programId)}>
        {t('rewards.create')}
      </Button>
    );
  return (
    <Popover
      active={isOpen}
      onClose={() => setIsOpen(false)}
      activator={
        <Button variant="primary" disclosure onClick={() => setIsOpen(!isOpen)}>
          {t('rewards.create')}
        </Button>
      }
    >
      <ActionList
        actionRole="menuitem"
        sections={[
          {
            title: t('rewards.in_program'),
            items: lists.map(({ program: { programId, name } }) => ({
              content: name,
              url: createRewardAddress(programId),
            })),
          },
        ]}
      />
    </Popover>
  );
}
