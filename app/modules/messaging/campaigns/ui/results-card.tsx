import { BlockStack, Card, Link, Text } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { CardTitle } from '#app/components/card-title.tsx';
import { DataTable } from '#app/components/table.tsx';
import { useFormat } from '#app/components/use-format.ts';
import { whyText } from '../../history/message-words.ts';
import type { CampaignPageView } from '../campaign-screen.server.ts';
import type { SalesGroup } from '../read-results.server.ts';
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
  const { startedAt, campaignId } = view.campaign;
  return (
    <Card>
      <BlockStack gap="400">
        <CardTitle>{t('campaigns.results.title')}</CardTitle>
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
                {t('campaigns.excluded_line', {
                  reason: whyText(t, { errorCode: code, reason: null }) ?? String(code),
                  customers: format.number(messages),
                })}
              </Text>
            ))}
          </BlockStack>
        )}
        <Excluded excluded={results.excluded} />
        <Responses results={results} />
        <Sales view={view} results={results} />
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

/** What people did with the message, besides ordering. */
function Responses({
  results: { clicks, answers, stops },
}: {
  results: NonNullable<CampaignPageView['results']>;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const line = (key: 'clicks' | 'answers' | 'stops', count: number) => (
    <Text as="p">{t(`campaigns.results.${key}`, { count, number: format.number(count) })}</Text>
  );
  return (
    <>
      {clicks !== null && line('clicks', clicks)}
      {answers > 0 && line('answers', answers)}
      {stops > 0 && line('stops', stops)}
    </>
  );
}

/** Orders after the messages, and how those held back ordered meanwhile. */
function Sales({
  view,
  results: { sales, compared },
}: {
  view: CampaignPageView;
  results: NonNullable<CampaignPageView['results']>;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const row = (name: string, { customers, buyers, orders, netMinor }: SalesGroup) => [
    name,
    format.number(customers),
    format.number(buyers),
    customers === 0 ? '–' : format.percent(Math.round((buyers * BASIS_POINTS) / customers)),
    format.number(orders),
    format.money(netMinor),
  ];
  return (
    <BlockStack gap="200">
      <Text as="h3" variant="headingSm">
        {t('campaigns.results.sales_title')}
      </Text>
      <Text as="p">
        {t('campaigns.results.sales', {
          count: sales.orders,
          number: format.number(sales.orders),
          money: format.money(sales.netMinor),
          hours: format.number(view.salesHours),
        })}
      </Text>
      <Text as="p" tone="subdued">
        {t('campaigns.results.sales_help')}
      </Text>
      {compared && (
        <>
          <Text as="h3" variant="headingSm">
            {t('campaigns.results.compare_title')}
          </Text>
          <DataTable
            columnContentTypes={['text', 'numeric', 'numeric', 'numeric', 'numeric', 'numeric']}
            headings={[
              t('campaigns.results.group'),
              t('campaigns.results.customers'),
              t('campaigns.results.buyers'),
              t('campaigns.results.per_hundred'),
              t('campaigns.results.orders'),
              t('campaigns.results.net'),
            ]}
            rows={[
              row(t('campaigns.results.sent'), compared.sent),
              row(t('campaigns.results.held'), compared.held),
            ]}
          />
        </>
      )}
    </BlockStack>
  );
}

const BASIS_POINTS = 10_000;
