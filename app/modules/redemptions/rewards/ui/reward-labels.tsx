import { Badge } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { useFormat } from '#app/components/use-format.ts';
import type { RewardInput } from '../reward-rows.server.ts';
import type { RewardStatus } from '../../rules/reward.ts';

export type TellableReward = Pick<
  RewardInput,
  | 'name'
  | 'kind'
  | 'unit'
  | 'units'
  | 'percentBp'
  | 'amountMinor'
  | 'mostOffMinor'
  | 'minimumCartMinor'
  | 'validDays'
  | 'limitPerCustomer'
  | 'limitTotal'
>;

/** Functions from a reward to sentences: what it gives for what ("1,000 points: 10% off"), and under which terms. */
export function useRewardLabels() {
  const { t } = useTranslation();
  const format = useFormat();
  const gift = ({ kind, percentBp, amountMinor, mostOffMinor, name }: TellableReward): string => {
    if (kind === 'percent' && mostOffMinor !== null)
      return t('rewards.gives_percent_most', {
        percent: format.percent(percentBp ?? 0),
        most: format.money(mostOffMinor),
      });
    if (kind === 'percent') return t('rewards.gives_percent', { percent: format.percent(percentBp ?? 0) });
    if (kind === 'amount') return t('rewards.gives_amount', { amount: format.money(amountMinor ?? 0n) });
    return name;
  };
  return {
    offer: (reward: TellableReward): string =>
      t('rewards.offer', { units: format.units(reward.units, reward.unit), gift: gift(reward) }),
    terms: (reward: TellableReward): string[] => {
      const terms: string[] = [];
      if (reward.kind !== 'other') {
        if (reward.minimumCartMinor > 0n)
          terms.push(t('rewards.term_minimum', { amount: format.money(reward.minimumCartMinor) }));
        terms.push(
          t('rewards.term_valid', { count: reward.validDays, days: format.number(reward.validDays) }),
        );
      }
      if (reward.limitPerCustomer !== null)
        terms.push(
          t('rewards.term_customer', {
            count: reward.limitPerCustomer,
            times: format.number(reward.limitPerCustomer),
          }),
        );
      if (reward.limitTotal !== null)
        terms.push(
          t('rewards.term_total', { count: reward.limitTotal, times: format.number(reward.limitTotal) }),
        );
      return terms;
    },
  };
}

/** Whether a reward can be taken. */
export function RewardBadge({ status }: { status: RewardStatus }) {
  const { t } = useTranslation();
  return status === 'active' ? (
    <Badge tone="success">{t('rewards.active')}</Badge>
  ) : (
    <Badge>{t('rewards.paused')}</Badge>
  );
}
