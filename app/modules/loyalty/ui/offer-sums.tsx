import { Badge, BlockStack, Card, InlineStack, Text } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { useFormat } from '#app/components/use-format.ts';
import type { OfferOutcome } from '../rules/offer-earning.ts';
import type { TierBonus } from '../rules/tier-bonus.ts';
import { SumRow, Usable } from './program-sum.tsx';

/** What each group of offers gives: the minimums of all, the one that counts and what of the order it is. */
export function OfferSums({ offers }: { offers: OfferOutcome[] }) {
  return (
    <>
      {offers.map((outcome) => (
        <OfferSum key={String(outcome.groupId)} outcome={outcome} />
      ))}
    </>
  );
}

function OfferSum({ outcome }: { outcome: OfferOutcome }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { groupName, base, offers, offer: counted, entitlement } = outcome;
  return (
    <Card>
      <BlockStack gap="300">
        <InlineStack align="space-between" gap="200">
          <Text as="h2" variant="headingMd">
            {t('explain.offers', { group: groupName })}
          </Text>
          {entitlement && <Badge tone="success">{format.units(entitlement.amount, entitlement.unit)}</Badge>}
        </InlineStack>
        <ul className="bare-list stack">
          {offers.map((offer) => (
            <SumRow
              key={String(offer.offerId)}
              name={offer.name}
              detail={t('explain.offer_terms', {
                minimum: format.money(offer.minimumMinor),
                percent: format.percent(offer.percentBp),
              })}
              amount={offer === counted ? t('explain.offer_counts') : ''}
            />
          ))}
        </ul>
        <Text as="p">
          {counted
            ? t('explain.offer_sum', {
                base: format.money(base.totalMinor),
                percent: format.percent(counted.percentBp),
                earned: format.units(entitlement?.amount ?? 0n, counted.unit),
              })
            : t('explain.offer_none', { base: format.money(base.totalMinor) })}
        </Text>
        {entitlement && <Usable entitlement={entitlement} />}
      </BlockStack>
    </Card>
  );
}

/** What the customer's tier adds to what programs give. */
export function BonusSums({ bonuses }: { bonuses: TierBonus[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <>
      {bonuses.map(({ tier, unit, sum, entitlement }) => (
        <Card key={unit}>
          <BlockStack gap="200">
            <InlineStack align="space-between" gap="200">
              <Text as="h2" variant="headingMd">
                {t('explain.tier', { tier: tier.name })}
              </Text>
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
