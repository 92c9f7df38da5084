import { useTranslation } from 'react-i18next';
import { useFormat } from '#app/components/use-format.ts';
import type { CategoryLine } from '../categories.server.ts';

/** What the customers of a category pay, in a few words: "10% off, 12% from 10 items"; the shop's price without any. */
export function usePriceWords() {
  const { t } = useTranslation();
  const format = useFormat();
  return ({ discountBp, breaks, listed }: CategoryLine): string => {
    const words = [
      ...(discountBp > 0 ? [t('pricing.words.percent', { percent: format.percent(discountBp) })] : []),
      ...breaks.map(({ quantity, bp }) =>
        t('pricing.words.break', { percent: format.percent(bp), quantity: format.number(quantity) }),
      ),
      ...(listed > 0 ? [t('pricing.words.list', { count: listed, number: format.number(listed) })] : []),
    ];
    return words.length === 0 ? t('pricing.words.none') : words.join(' · ');
  };
}
