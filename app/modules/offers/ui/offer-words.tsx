import { Badge } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { useFormat } from '#app/components/use-format.ts';
import type { EarnOffer } from '#app/modules/loyalty/rules/program.ts';

export function OfferBadge({ isActive }: { isActive: boolean }) {
  const { t } = useTranslation();
  return isActive ? (
    <Badge tone="success">{t('offers.active')}</Badge>
  ) : (
    <Badge tone="attention">{t('offers.paused')}</Badge>
  );
}

/** Sentences about an offer. */
export function useOfferWords() {
  const { t } = useTranslation();
  const format = useFormat();
  return {
    above: ({ minimumMinor }: Pick<EarnOffer, 'minimumMinor'>) =>
      t('offers.above', { minimum: format.money(minimumMinor) }),
    gives: ({ percentBp, unit }: Pick<EarnOffer, 'percentBp' | 'unit'>) => {
      const percent = format.percent(percentBp);
      return unit === 'CREDIT'
        ? t('offers.gives_credit', { percent })
        : t('offers.gives_points', { percent });
    },
    usable: ({ fromDays, untilDays }: Pick<EarnOffer, 'fromDays' | 'untilDays'>) => {
      const from =
        fromDays === 0 ? t('offers.usable_at_once') : t('offers.usable_after', { count: fromDays });
      const until =
        untilDays === null ? t('offers.usable_for_ever') : t('offers.usable_until', { count: untilDays });
      return `${from}, ${until}`;
    },
  };
}
