import { Badge, BlockStack, Card, InlineStack, Link, ProgressBar, Text } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { CardTitle } from '#app/components/card-title.tsx';
import { useFormat } from '#app/components/use-format.ts';
import type { Completeness } from '../rules/completeness.ts';

const BP_A_PERCENT = 100;

/** How much is known of a customer, and what is missing. */
export function CompletenessCard({ completeness }: { completeness: Completeness }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { score, missing } = completeness;
  return (
    <Card>
      <BlockStack gap="300">
        <InlineStack align="space-between" gap="200">
          <CardTitle id="completeness">{t('customer_detail.completeness.title')}</CardTitle>
          <Text as="p" fontWeight="semibold">
            {format.percent(score * BP_A_PERCENT)}
          </Text>
        </InlineStack>
        <ProgressBar size="small" tone="primary" progress={score} ariaLabelledBy="completeness" />
        {missing.length === 0 ? (
          <Text as="p" tone="subdued">
            {t('customer_detail.completeness.whole')}
          </Text>
        ) : (
          <BlockStack gap="200">
            <Text as="p" tone="subdued">
              {t('customer_detail.completeness.missing')}
            </Text>
            <InlineStack gap="100">
              {missing.map((field) => (
                <Badge key={field}>{t(`customer_detail.field.${field}`)}</Badge>
              ))}
            </InlineStack>
          </BlockStack>
        )}
        <Link url="/app/customers/to-complete">{t('customer_detail.completeness.show_list')}</Link>
      </BlockStack>
    </Card>
  );
}
