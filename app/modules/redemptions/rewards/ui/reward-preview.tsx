import { BlockStack, Card, Text } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { CardTitle } from '#app/components/card-title.tsx';
import { useShop } from '#app/components/shop-context.tsx';
import { readRewardForm, type RewardValues } from '../reward-form.ts';
import { useRewardLabels } from './reward-labels.tsx';

/** The reward as the form stands, in the words that shoppers read. */
export function RewardPreview({ values }: { values: RewardValues }) {
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
