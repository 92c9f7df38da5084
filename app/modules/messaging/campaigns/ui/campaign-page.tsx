import { Banner, BlockStack, Button, Card, InlineStack, Text } from '@shopify/polaris';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CardTitle } from '#app/components/card-title.tsx';
import { ConfirmModal } from '#app/components/confirm-modal.tsx';
import { useAction, type Action } from '#app/components/use-action.ts';
import { useFieldErrorText } from '#app/components/use-field-errors.ts';
import { useFormat } from '#app/components/use-format.ts';
import { useProgress } from '#app/components/use-progress.ts';
import type { CampaignPageView } from '../campaign-screen.server.ts';
import { NoChannel } from './campaign-list.tsx';
import { QuoteCard } from './quote-card.tsx';
import { ResultsCard } from './results-card.tsx';

/** One campaign: its text and audience; what it would cost while it is a draft, then what became of it. */
export function CampaignPage({ view }: { view: CampaignPageView }) {
  const { t } = useTranslation();
  const { campaign, quote, results } = view;
  useProgress(campaign.state === 'running' || (results?.openMessages ?? 0) > 0);
  return (
    <div className="stack">
      {view.account === null && <NoChannel />}
      {campaign.state === 'paused' && (
        <Banner tone="warning">
          {campaign.pauseCode === null
            ? t('campaigns.paused')
            : t('campaigns.paused_by_code', { code: String(campaign.pauseCode) })}
        </Banner>
      )}
      <Card>
        <BlockStack gap="200">
          <CardTitle>{t('campaigns.form.text_title')}</CardTitle>
          <Text as="p" tone="subdued">
            {t('campaigns.to', {
              audience:
                view.audience === null
                  ? t('campaigns.everyone')
                  : view.audience || t('campaigns.audience_gone'),
            })}
          </Text>
          <div className="sms-preview" dir="auto">
            {campaign.text}
          </div>
        </BlockStack>
      </Card>
      {quote && view.account !== null && (
        <>
          <QuoteCard view={view} quote={quote} />
          <Send view={view} quote={quote} />
        </>
      )}
      {results && <ResultsCard view={view} results={results} />}
      {(campaign.state === 'running' || campaign.state === 'paused') && <Running view={view} />}
    </div>
  );
}

function Send({ view, quote }: { view: CampaignPageView; quote: NonNullable<CampaignPageView['quote']> }) {
  const { t } = useTranslation();
  const format = useFormat();
  const action = useAction();
  const [isAsked, setAsked] = useState(false);
  const isPaid = view.account === 'platform';
  const isShort = isPaid && quote.micros > view.freeMicros;
  const cost = format.micros(quote.micros, view.currency);
  const amounts = {
    count: quote.recipients,
    number: format.number(quote.recipients),
    cost,
  };
  return (
    <BlockStack gap="300">
      {isShort && (
        <Banner tone="warning" action={{ content: t('campaigns.top_up'), url: '/app/messages/wallet' }}>
          {t('campaigns.wallet_short', { cost, free: format.micros(view.freeMicros, view.currency) })}
        </Banner>
      )}
      <InlineStack align="end" gap="200">
        <Button url={`/app/messages/campaigns/${view.campaign.campaignId}/edit`}>
          {t('campaigns.edit')}
        </Button>
        <Button variant="primary" disabled={quote.recipients === 0 || isShort} onClick={() => setAsked(true)}>
          {t('campaigns.send')}
        </Button>
      </InlineStack>
      <Confirm
        isOpen={isAsked}
        action={action}
        title={t('campaigns.send_title')}
        text={isPaid ? t('campaigns.send_text_paid', amounts) : t('campaigns.send_text', amounts)}
        confirm={t('campaigns.send')}
        onConfirm={() =>
          action.act(
            {
              intent: 'send',
              version: String(view.campaign.version),
              micros: String(quote.micros),
            },
            t('campaigns.begun'),
            () => setAsked(false),
          )
        }
        onCancel={() => setAsked(false)}
      />
    </BlockStack>
  );
}

function Running({ view }: { view: CampaignPageView }) {
  const { t } = useTranslation();
  const action = useAction();
  const [isAsked, setAsked] = useState(false);
  const isPaused = view.campaign.state === 'paused';
  return (
    <InlineStack align="end" gap="200">
      <Button tone="critical" variant="tertiary" onClick={() => setAsked(true)}>
        {t('campaigns.cancel')}
      </Button>
      <Button
        loading={action.isBusy && !isAsked}
        onClick={() =>
          action.act(
            { intent: isPaused ? 'resume' : 'pause' },
            t(isPaused ? 'campaigns.resumed' : 'campaigns.paused'),
          )
        }
      >
        {t(isPaused ? 'campaigns.resume' : 'campaigns.pause')}
      </Button>
      <Confirm
        isOpen={isAsked}
        action={action}
        isDestructive
        title={t('campaigns.cancel_title')}
        text={t('campaigns.cancel_text')}
        confirm={t('campaigns.cancel')}
        onConfirm={() => action.act({ intent: 'cancel' }, t('campaigns.canceled'), () => setAsked(false))}
        onCancel={() => setAsked(false)}
      />
    </InlineStack>
  );
}

interface ConfirmProps {
  isOpen: boolean;
  action: Action;
  title: string;
  text: string;
  confirm: string;
  isDestructive?: boolean;
  onConfirm: () => void;
  onCancel: () => void;
}

function Confirm({ action, onCancel, ...rest }: ConfirmProps) {
  const errorOf = useFieldErrorText(action.errors);
  return (
    <ConfirmModal
      {...rest}
      isBusy={action.isBusy}
      error={errorOf('form')}
      onCancel={() => {
        action.clear();
        onCancel();
      }}
    />
  );
}
