import { BlockStack, Card, Text } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { CardTitle } from '#app/components/card-title.tsx';
import { useShop } from '#app/components/shop-context.tsx';
import { useFormat } from '#app/components/use-format.ts';
import type { RedemptionRate } from '#app/modules/shops/rules/club-settings.ts';
import { beatsPayingFrom, type RewardPrice } from '../../rules/reward-cost.ts';
import { readRewardForm, type RewardValues } from '../reward-form.ts';
import { useRewardLabels } from './reward-labels.tsx';

/** The reward as the form stands, in the words that shoppers read. */
export function RewardPreview({ values, rate }: { values: RewardValues; rate: RedemptionRate | null }) {
  const { t, i18n } = useTranslation();
  const words = useRewardLabels();
  const read = readRewardForm(values, i18n.language, useShop().currency);
  return (
    <div className="sticky">
      <Card>
        <BlockStack gap="300">
          <CardTitle>{t('rewards.preview')}</CardTitle>
          <div aria-live="polite" className="preview">
            {read.ok ? (
              <BlockStack gap="200">
                <Text as="p" variant="headingSm" breakWord>
                  {words.offer(read.input)}
                </Text>
                {read.input.pictureUrl !== null && (
                  <img className="reward-picture" src={read.input.pictureUrl} alt={read.input.name} />
                )}
                {read.input.description !== '' && (
                  <Text as="p" breakWord>
                    {read.input.description}
                  </Text>
                )}
                {words.terms(read.input).map((term) => (
                  <Text key={term} as="p" tone="subdued">
                    {term}
                  </Text>
                ))}
                <BeatsPaying reward={read.input} rate={rate} />
              </BlockStack>
            ) : (
              <Text as="p" tone="subdued">
                {t('rewards.preview_incomplete')}
              </Text>
            )}
          </div>
        </BlockStack>
      </Card>
    </div>
  );
}

/** A customer with the points may pay with them instead: says when the reward is the better deal. */
function BeatsPaying({ reward, rate }: { reward: RewardPrice; rate: RedemptionRate | null }) {
  const { t } = useTranslation();
  const format = useFormat();
  const fromMinor = beatsPayingFrom(reward, rate);
  if (fromMinor === null) return null;
  return (
    <Text as="p" tone="caution">
      {fromMinor === 0n
        ? t('rewards.beats_paying')
        : t('rewards.beats_paying_above', { cart: format.money(fromMinor) })}
    </Text>
  );
}
