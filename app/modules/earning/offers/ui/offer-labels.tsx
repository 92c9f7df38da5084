import { Badge } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { useFormat } from '#app/components/use-format.ts';
import type { EarnOffer } from '../../rules/program.ts';

/** "Off" while offers are switched off for the whole club, whatever the offer's own state is. */
export function OfferBadge({ isActive, isClubOn }: { isActive: boolean; isClubOn: boolean }) {
  const { t } = useTranslation();
  if (!isClubOn) return <Badge>{t('offers.off')}</Badge>;
  return isActive ? (
    <Badge tone="success">{t('offers.active')}</Badge>
  ) : (
    <Badge tone="attention">{t('offers.paused')}</Badge>
  );
}

/** Sentences about an offer. */
export function useOfferLabels() {
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
    usable: ({ fromDays: from, untilDays: until }: Pick<EarnOffer, 'fromDays' | 'untilDays'>) => {
      if (until === null) {
        return from === 0
          ? t('offers.usable_for_ever')
          : t('offers.usable_from', { from: format.number(from) });
      }
      return from === 0
        ? t('offers.usable_until', { until: format.number(until) })
        : t('offers.usable_between', { from: format.number(from), until: format.number(until) });
    },
  };
}
