import { BlockStack, Card, Text } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { CardTitle } from '#app/components/card-title.tsx';
import { DataTable } from '#app/components/table.tsx';
import { useFormat } from '#app/components/use-format.ts';
import type { CampaignPageView } from '../campaign-screen.server.ts';
import type { ExclusionReason } from '../campaign-reasons.ts';

type QuoteView = NonNullable<CampaignPageView['quote']>;

/** What a draft would send and cost: by country, who is left out and why, and the texts themselves. */
export function QuoteCard({ view, quote }: { view: CampaignPageView; quote: QuoteView }) {
  const { t, i18n } = useTranslation();
  const format = useFormat();
  const regions = new Intl.DisplayNames(i18n.language, { type: 'region' });
  const isPaid = view.account === 'platform';
  const money = (micros: bigint) => (isPaid ? format.micros(micros, view.currency) : '–');
  return (
    <Card>
      <BlockStack gap="400">
        <CardTitle>{t('campaigns.quote.title')}</CardTitle>
        <Text as="p" variant="headingLg">
          {t('campaigns.quote.messages', {
            count: quote.recipients,
            number: format.number(quote.recipients),
          })}
          {isPaid && ` · ${format.micros(quote.micros, view.currency)}`}
        </Text>
        {!isPaid && view.account === 'own' && <Text as="p">{t('campaigns.quote.own')}</Text>}
        {quote.countries.length > 0 && (
          <DataTable
            columnContentTypes={['text', 'numeric', 'numeric', 'numeric']}
            headings={[
              t('campaigns.quote.country'),
              t('campaigns.recipients'),
              t('campaigns.quote.parts'),
              t('campaigns.quote.price'),
            ]}
            rows={quote.countries.map(({ country, recipients, parts, micros }) => [
              regions.of(country) ?? country,
              format.number(recipients),
              format.number(parts),
              money(micros),
            ])}
          />
        )}
        <Excluded excluded={quote.excluded} />
      </BlockStack>
    </Card>
  );
}

/** Customers of the audience without a message, by reason. */
export function Excluded({
  excluded,
}: {
  excluded: readonly { reason: ExclusionReason; customers: number }[];
}) {
  const { t } = useTranslation();
  const format = useFormat();
  if (excluded.length === 0) return null;
  return (
    <BlockStack gap="100">
      <Text as="h3" variant="headingSm">
        {t('campaigns.excluded_title')}
      </Text>
      {excluded.map(({ reason, customers }) => (
        <Text as="p" key={reason}>
          {t('campaigns.excluded_line', {
            customers: format.number(customers),
            reason: t(`campaigns.excluded.${reason}`),
          })}
        </Text>
      ))}
    </BlockStack>
  );
}
