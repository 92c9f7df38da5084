import { useTranslation } from 'react-i18next';
import { useFormat } from '#app/components/use-format.ts';
import type { MoveRule } from '../../rules/move-people.ts';

/** A rule that moves people in words. */
export function useRuleWords() {
  const { t } = useTranslation();
  const format = useFormat();
  const categoryName = (name: string | null): string => name ?? t('pricing.moves.removed_category');
  const measured = (measure: MoveRule['measure'], amount: bigint): string =>
    measure === 'spend'
      ? format.money(amount)
      : t(`pricing.moves.measured.${measure}`, { count: Number(amount), number: format.number(amount) });
  return {
    /** "Lead → Customer" */
    way: (from: string | null, to: string | null): string =>
      t('pricing.moves.way', { from: categoryName(from), to: categoryName(to) }),
    /** "5 orders" */
    measured,
    /** "From 5 orders within 90 days, and back below" */
    terms: ({ measure, threshold, days, goesBack }: Omit<MoveRule, 'ruleId' | 'fromId' | 'toId'>): string => {
      const from = t('pricing.moves.from', { measured: measured(measure, threshold) });
      const within =
        days === null ? from : t('pricing.moves.within', { from, count: days, days: format.number(days) });
      return goesBack ? t('pricing.moves.and_back', { terms: within }) : within;
    },
  };
}
