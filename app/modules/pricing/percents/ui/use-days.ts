import { useTranslation } from 'react-i18next';
import { useFormat } from '#app/components/use-format.ts';

/** The days in words: "Always", "From Jan 1", "Jan 1 – Dec 31". */
export function useDays() {
  const { t } = useTranslation();
  const format = useFormat();
  return ({ from, until }: { from: string | null; until: string | null }): string => {
    const day = (text: string | null) => (text === null ? '' : format.calendarDay(text));
    if (from === null && until === null) return t('pricing.percents.always');
    if (until === null) return t('pricing.percents.since', { day: day(from) });
    if (from === null) return t('pricing.percents.to', { day: day(until) });
    return `${day(from)} – ${day(until)}`;
  };
}
