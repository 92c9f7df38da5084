import { Badge, BlockStack, Card, InlineStack, Link, Text } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { CardTitle } from '#app/components/card-title.tsx';
import { DataTable } from '#app/components/table.tsx';
import { useFormat } from '#app/components/use-format.ts';
import type { CampaignPageView } from '../campaign-screen.server.ts';
import { STATE_TONES } from './campaign-tones.ts';
import { Excluded } from './quote-card.tsx';

/** What became of the messages of a campaign, and what they cost. */
export function ResultsCard({
  view,
  results,
}: {
  view: CampaignPageView;
  results: NonNullable<CampaignPageView['results']>;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const { state, startedAt, campaignId } = view.campaign;
  return (
    <Card>
      <BlockStack gap="400">
        <InlineStack align="space-between" blockAlign="center">
          <CardTitle>{t('campaigns.results.title')}</CardTitle>
          <Badge {...STATE_TONES[state]}>{t(`campaigns.state.${state}`)}</Badge>
        </InlineStack>
        {startedAt !== null && (
          <Text as="p" tone="subdued">
            {t('campaigns.results.started', { timestamp: format.timestamp(startedAt) })}
          </Text>
        )}
        <DataTable
          columnContentTypes={['text', 'numeric']}
          headings={[t('campaigns.state_title'), t('campaigns.results.messages')]}
          rows={results.states.map(({ state: each, messages }) => [
            t(`sms_history.state.${each}`),
            format.number(messages),
          ])}
        />
        {results.errors.length > 0 && (
          <BlockStack gap="100">
            <Text as="h3" variant="headingSm">
              {t('campaigns.results.errors')}
            </Text>
            {results.errors.map(({ code, messages }) => (
              <Text as="p" key={code}>
                {t('campaigns.results.error', { code: String(code), messages: format.number(messages) })}
              </Text>
            ))}
          </BlockStack>
        )}
        <Excluded excluded={results.excluded} />
        {view.account === 'platform' && (
          <Text as="p">
            {t(results.openMessages > 0 ? 'campaigns.results.charged_open' : 'campaigns.results.charged', {
              money: format.micros(results.chargedMicros, view.currency),
            })}
          </Text>
        )}
        <Link url={`/app/messages/history?campaign=${campaignId}`}>{t('campaigns.results.history')}</Link>
      </BlockStack>
    </Card>
  );
}
