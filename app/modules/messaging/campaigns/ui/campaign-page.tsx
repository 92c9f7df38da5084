import { Badge, Banner, BlockStack, Card, InlineStack, ProgressBar, Text } from '@shopify/polaris';
import type { TFunction } from 'i18next';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { CardTitle } from '#app/components/card-title.tsx';
import { useAction } from '#app/components/use-action.ts';
import { useFormat } from '#app/components/use-format.ts';
import { useProgress } from '#app/components/use-progress.ts';
import { SendingTroubleBanner } from '../../channels/ui/sending-trouble.tsx';
import type { CampaignPageView } from '../campaign-screen.server.ts';
import { NoChannel } from './campaign-list.tsx';
import { STATE_TONES } from './campaign-tones.ts';
import { DraftActions } from './draft-actions.tsx';
import { PreviewCard } from './preview-card.tsx';
import { QuoteCard } from './quote-card.tsx';
import { ResultsCard } from './results-card.tsx';
import { RunningActions } from './running-actions.tsx';
import { SendActions } from './send-actions.tsx';

/** One campaign: whom it is for and what it says; its price while it can be sent, then what became of it. */
export function CampaignPage({ view, onExport }: { view: CampaignPageView; onExport: () => void }) {
  // Here, because what was pressed is gone as soon as it was done.
  const { t } = useTranslation();
  const action = useAction();
  const { campaign, quote, results } = view;
  const isMoving = ['freezing', 'scheduled', 'running'].includes(campaign.state);
  useProgress(isMoving || (results?.openMessages ?? 0) > 0);
  return (
    <div className="stack">
      {view.account === null && <NoChannel />}
      {view.sendingTrouble && <SendingTroubleBanner trouble={view.sendingTrouble} />}
      <Notes view={view} />
      {view.audience.hasUnknownExclusion && results === null && (
        <Banner tone="critical">{t('campaigns.exclusion_gone')}</Banner>
      )}
      <AboutCard view={view} />
      {campaign.state === 'freezing' && <Freezing view={view} />}
      {(campaign.state === 'draft' || campaign.state === 'freezing') && (
        <DraftActions view={view} action={action} />
      )}
      {quote && (
        <>
          <QuoteCard view={view} quote={quote} />
          {view.preview && <PreviewCard preview={view.preview} />}
          <SendActions view={view} quote={quote} action={action} />
        </>
      )}
      {results && <ResultsCard view={view} results={results} />}
      {results && <RunningActions view={view} action={action} onExport={onExport} />}
    </div>
  );
}

function Notes({ view: { campaign } }: { view: CampaignPageView }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (campaign.state === 'paused') return <Banner tone="warning">{pauseText(t, campaign)}</Banner>;
  if (campaign.state === 'scheduled' && campaign.dueAt !== null)
    return (
      <Banner tone="info">
        {t('campaigns.scheduled_note', { timestamp: format.timestamp(campaign.dueAt) })}
      </Banner>
    );
  if (campaign.state === 'approval')
    return (
      <Banner tone="warning">
        {t('campaigns.approval_note', { name: campaign.askedBy ?? t('campaigns.staff') })}
      </Banner>
    );
  return null;
}

function pauseText(t: TFunction, { pauseReason, pauseCode }: CampaignPageView['campaign']): string {
  if (pauseReason === 'late' || pauseReason === 'filtered') return t(`campaigns.paused_${pauseReason}`);
  if (pauseCode === null) return t('campaigns.paused');
  const code = String(pauseCode);
  return pauseReason === 'refused'
    ? t('campaigns.paused_refused', { code })
    : t('campaigns.paused_by_code', { code });
}

function AboutCard({ view }: { view: CampaignPageView }) {
  const { t } = useTranslation();
  const { campaign } = view;
  return (
    <Card>
      <BlockStack gap="200">
        <InlineStack align="space-between" blockAlign="center">
          <CardTitle>{t('campaigns.form.text_title')}</CardTitle>
          <Badge {...STATE_TONES[campaign.state]}>{t(`campaigns.state.${campaign.state}`)}</Badge>
        </InlineStack>
        <Facts view={view} />
        {campaign.texts.map(({ language, text }) => (
          <BlockStack gap="100" key={language}>
            {campaign.texts.length > 1 && (
              <Text as="p" tone="subdued">
                {t(`campaigns.language.${language}`)}
              </Text>
            )}
            <div className="sms-preview" dir="auto">
              {text}
            </div>
          </BlockStack>
        ))}
        {campaign.texts.length === 0 && <Text as="p">{t('campaigns.no_text')}</Text>}
      </BlockStack>
    </Card>
  );
}

function Facts({ view }: { view: CampaignPageView }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { audience, campaign } = view;
  const { timing, holdoutPercent, approvedBy } = campaign;
  const counted = { count: audience.customers, customers: format.number(audience.customers) };
  const whom =
    audience.kind === 'segment' ||
    audience.kind === 'tier' ||
    audience.kind === 'category' ||
    audience.kind === 'shopify'
      ? (audience.name ?? t('campaigns.audience_gone'))
      : audience.kind === 'ticked' || audience.kind === 'numbers'
        ? t(`campaigns.audience.of_${audience.kind}`, counted)
        : t(`campaigns.audience.${audience.kind}`);
  return (
    <BlockStack gap="100">
      <Text as="p" tone="subdued">
        {t('campaigns.to', { audience: whom })}
        {audience.without.length > 0 &&
          ` ${t('campaigns.without', { segments: format.list(audience.without) })}`}
      </Text>
      {holdoutPercent > 0 && (
        <Text as="p" tone="subdued">
          {t('campaigns.holdout', { percent: format.percent(holdoutPercent * 100) })}
        </Text>
      )}
      {timing.kind === 'local' && (
        <Text as="p" tone="subdued">
          {t('campaigns.timing.at', {
            day: format.calendarDay(timing.sendAt.slice(0, 10)),
            time: format.timeOfDay(timing.sendAt.slice(11)),
          })}
        </Text>
      )}
      {timing.kind === 'spread' && (
        <Text as="p" tone="subdued">
          {t('campaigns.timing.over', { count: timing.hours, hours: format.number(timing.hours) })}
        </Text>
      )}
      {approvedBy !== null && (
        <Text as="p" tone="subdued">
          {t('campaigns.approved_by', { name: approvedBy })}
        </Text>
      )}
    </BlockStack>
  );
}

/** How far the worker is with the recipients. */
function Freezing({ view }: { view: CampaignPageView }) {
  const { t } = useTranslation();
  const format = useFormat();
  const titleId = useId();
  const { freezeTotal, freezeDone } = view.campaign;
  const total = freezeTotal ?? 0;
  return (
    <Card>
      <BlockStack gap="200">
        <div id={titleId}>
          <CardTitle>{t('campaigns.freezing.title')}</CardTitle>
        </div>
        <div role="status">
          <Text as="p" tone="subdued">
            {freezeTotal === null
              ? t('campaigns.freezing.listing')
              : t('campaigns.freezing.progress', {
                  done: format.number(freezeDone),
                  total: format.number(total),
                })}
          </Text>
        </div>
        <ProgressBar
          progress={total === 0 ? 0 : Math.round((freezeDone / total) * 100)}
          size="small"
          ariaLabelledBy={titleId}
        />
      </BlockStack>
    </Card>
  );
}
