import { Badge, BlockStack, Card, InlineStack, Text } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { CardTitle } from '#app/components/card-title.tsx';
import { useFormat } from '#app/components/use-format.ts';
import type { OfferOutcome } from '../../rules/offer-earning.ts';
import type { TierBonus } from '../../rules/tier-bonus.ts';
import { SumRow, Usable } from './program-sum.tsx';

/** What each group of offers gives: the minimums of all, the one that counts and what of the order it is. */
export function OffersBreakdown({ offers, currency }: { offers: OfferOutcome[]; currency: string }) {
  return (
    <>
      {offers.map((outcome) => (
        <OfferSum key={String(outcome.groupId)} outcome={outcome} currency={currency} />
      ))}
    </>
  );
}

function OfferSum({ outcome, currency }: { outcome: OfferOutcome; currency: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const money = (amountMinor: bigint) => format.moneyOf(amountMinor, currency);
  const { groupName, base, offers, offer: counted, entitlement } = outcome;
  return (
    <Card>
      <BlockStack gap="300">
        <InlineStack align="space-between" gap="200">
          <CardTitle>{t('explain.offers', { group: groupName })}</CardTitle>
          {entitlement && <Badge tone="success">{format.units(entitlement.amount, entitlement.unit)}</Badge>}
        </InlineStack>
        <ul className="bare-list stack">
          {offers.map((offer) => (
            <SumRow
              key={String(offer.offerId)}
              name={offer.name}
              detail={t('explain.offer_terms', {
                minimum: money(offer.minimumMinor),
                percent: format.percent(offer.percentBp),
              })}
              amount={offer === counted ? t('explain.offer_counts') : ''}
            />
          ))}
        </ul>
        <Text as="p">
          {counted
            ? t('explain.offer_sum', {
                base: money(base.totalMinor),
                percent: format.percent(counted.percentBp),
                earned: format.units(entitlement?.amount ?? 0n, counted.unit),
              })
            : t('explain.offer_none', { base: money(base.totalMinor) })}
        </Text>
        {entitlement && <Usable entitlement={entitlement} />}
      </BlockStack>
    </Card>
  );
}

/** What the customer's tier adds to what programs give. */
export function TierBonusBreakdown({ bonuses }: { bonuses: TierBonus[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <>
      {bonuses.map(({ tier, unit, sum, entitlement }) => (
        <Card key={unit}>
          <BlockStack gap="200">
            <InlineStack align="space-between" gap="200">
              <CardTitle>{t('explain.tier', { tier: tier.name })}</CardTitle>
              {entitlement && <Badge tone="success">{format.units(entitlement.amount, unit)}</Badge>}
            </InlineStack>
            <Text as="p">
              {t('explain.tier_sum', {
                sum: format.units(sum, unit),
                percent: format.percent(tier.multiplierPercent * 100),
                all: format.units(sum + (entitlement?.amount ?? 0n), unit),
                bonus: format.units(entitlement?.amount ?? 0n, unit),
              })}
            </Text>
          </BlockStack>
        </Card>
      ))}
    </>
  );
}
