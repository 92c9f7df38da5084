import { BlockStack, Button, Card, InlineStack, Text } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { CardTitle } from '#app/components/card-title.tsx';
import { useFormat } from '#app/components/use-format.ts';
import { useSearchChange } from '#app/components/use-search-change.ts';
import { readablePhone } from '#app/lib/phone.ts';
import type { CampaignPageView } from '../campaign-screen.server.ts';

/** The text on a recipient's phone, one recipient after the other. */
export function PreviewCard({ preview }: { preview: NonNullable<CampaignPageView['preview']> }) {
  const { t } = useTranslation();
  const format = useFormat();
  const change = useSearchChange();
  const go = (to: bigint | null) => {
    if (to !== null) change({ recipient: String(to) }, { replace: true, preventScrollReset: true });
  };
  const number = preview.to === null ? '' : readablePhone(preview.to);
  return (
    <Card>
      <BlockStack gap="200">
        <CardTitle>{t('campaigns.preview.title')}</CardTitle>
        <Text as="p" tone="subdued">
          {[preview.name, number].filter((part) => part !== '').join(' · ')}
        </Text>
        <div className="sms-preview" dir="auto">
          {preview.body}
        </div>
        <Text as="p" tone="subdued">
          {t('campaigns.quote.sample_parts', {
            count: preview.parts,
            parts: format.number(preview.parts),
            units: format.number(preview.units),
            encoding: preview.encoding,
          })}
        </Text>
        {(preview.previous !== null || preview.next !== null) && (
          <InlineStack gap="200">
            <Button disabled={preview.previous === null} onClick={() => go(preview.previous)}>
              {t('campaigns.quote.previous')}
            </Button>
            <Button disabled={preview.next === null} onClick={() => go(preview.next)}>
              {t('campaigns.quote.next')}
            </Button>
          </InlineStack>
        )}
      </BlockStack>
    </Card>
  );
}
