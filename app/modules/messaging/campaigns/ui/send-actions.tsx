import { Banner, BlockStack, Button, Text } from '@shopify/polaris';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Dialog } from '#app/components/dialog.tsx';
import { Checkbox } from '#app/components/fields.tsx';
import type { Action } from '#app/components/use-action.ts';
import { useFieldErrorText } from '#app/components/use-field-errors.ts';
import { useFormat } from '#app/components/use-format.ts';
import type { CampaignPageView } from '../campaign-screen.server.ts';
import { ActionRow } from './action-row.tsx';
import { Confirm } from './confirm.tsx';
import { DuplicateButton } from './running-actions.tsx';
import { TestDialog } from './test-dialog.tsx';

interface SendProps {
  view: CampaignPageView;
  quote: NonNullable<CampaignPageView['quote']>;
  action: Action;
}

/** What can be done with a campaign whose price is known: test it, change it, send it or approve it. */
export function SendActions({ view, quote, action }: SendProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const { campaign } = view;
  const [asked, setAsked] = useState<'send' | 'test' | 'cancel' | null>(null);
  const isShort =
    campaign.state !== 'scheduled' && view.account === 'platform' && quote.micros > view.freeMicros;
  const cost = format.micros(quote.micros, view.currency);
  const close = () => setAsked(null);
  const isTheirs = campaign.state === 'approval' && view.isOwn;
  return (
    <BlockStack gap="300">
      {isShort && (
        <Banner tone="warning" action={{ content: t('campaigns.top_up'), url: '/app/messages/wallet' }}>
          {t('campaigns.wallet_short', { cost, free: format.micros(view.freeMicros, view.currency) })}
        </Banner>
      )}
      <ActionRow>
        {campaign.state !== 'ready' && (
          <Button tone="critical" variant="tertiary" onClick={() => setAsked('cancel')}>
            {t(campaign.state === 'scheduled' ? 'campaigns.unschedule' : 'campaigns.reject')}
          </Button>
        )}
        <DuplicateButton view={view} action={action} />
        <Button url={`/app/messages/campaigns/${campaign.campaignId}/edit`}>{t('campaigns.edit')}</Button>
        <Recount action={action} />
        <Button onClick={() => setAsked('test')}>{t('campaigns.test.open')}</Button>
        {campaign.state !== 'scheduled' && (
          <Button
            variant="primary"
            disabled={quote.recipients === 0 || isShort || isTheirs || view.account === null}
            onClick={() => setAsked('send')}
          >
            {t(sendLabel(view))}
          </Button>
        )}
      </ActionRow>
      {asked === 'send' && <SendDialog view={view} quote={quote} action={action} onClose={close} />}
      {asked === 'test' && <TestDialog view={view} onClose={close} />}
      <Withdraw view={view} action={action} isOpen={asked === 'cancel'} onClose={close} />
    </BlockStack>
  );
}

function sendLabel({ campaign }: CampaignPageView) {
  if (campaign.state === 'approval') return 'campaigns.approve';
  return campaign.timing.kind === 'local' ? 'campaigns.schedule' : 'campaigns.send';
}

/** Works the recipients out again: prices, segments and balances change. */
function Recount({ action }: { action: Action }) {
  const { t } = useTranslation();
  return (
    <Button
      disabled={action.isBusy}
      onClick={() => action.act({ intent: 'freeze' }, t('campaigns.freezing.begun'))}
    >
      {t('campaigns.recount')}
    </Button>
  );
}

interface WithdrawProps {
  view: CampaignPageView;
  action: Action;
  isOpen: boolean;
  onClose: () => void;
}

function Withdraw({ view, action, isOpen, onClose }: WithdrawProps) {
  const { t } = useTranslation();
  const isScheduled = view.campaign.state === 'scheduled';
  return (
    <Confirm
      isOpen={isOpen}
      action={action}
      isDestructive
      title={t(isScheduled ? 'campaigns.unschedule_title' : 'campaigns.reject_title')}
      text={t(isScheduled ? 'campaigns.unschedule_text' : 'campaigns.reject_text')}
      confirm={t(isScheduled ? 'campaigns.unschedule' : 'campaigns.reject')}
      onConfirm={() => action.act({ intent: 'cancel' }, t('campaigns.withdrawn'), onClose)}
      onCancel={onClose}
    />
  );
}

function SendDialog({ view, quote, action, onClose }: SendProps & { onClose: () => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const errorOf = useFieldErrorText(action.errors);
  const [isConfirmed, setConfirmed] = useState(false);
  const { campaign, approveAboveMicros } = view;
  const isPaid = view.account === 'platform';
  const isDear = isPaid && approveAboveMicros !== null && quote.micros > approveAboveMicros;
  const needsOther = isDear && view.approveByOther && campaign.state === 'ready';
  const cost = format.micros(quote.micros, view.currency);
  const amounts = { count: quote.recipients, number: format.number(quote.recipients), cost };
  return (
    <Dialog
      title={t(campaign.timing.kind === 'local' ? 'campaigns.schedule_title' : 'campaigns.send_title')}
      action={{
        label: t(needsOther ? 'campaigns.ask_approval' : sendLabel(view)),
        isDisabled: isDear && !isConfirmed,
        isBusy: action.isBusy,
        onAction: () =>
          action.act(
            {
              intent: 'send',
              version: String(campaign.version),
              micros: String(quote.micros),
              confirmed: isConfirmed ? 'yes' : '',
            },
            t(
              needsOther
                ? 'campaigns.asked'
                : campaign.timing.kind === 'local'
                  ? 'campaigns.scheduled'
                  : 'campaigns.begun',
            ),
            onClose,
          ),
      }}
      error={errorOf('form')}
      onClose={() => {
        action.clear();
        onClose();
      }}
    >
      <BlockStack gap="300">
        <Text as="p">
          {isPaid ? t('campaigns.send_text_paid', amounts) : t('campaigns.send_text', amounts)}
        </Text>
        {needsOther && <Text as="p">{t('campaigns.second_person')}</Text>}
        {isDear && (
          <Checkbox
            label={t('campaigns.confirm_cost', { cost })}
            checked={isConfirmed}
            onChange={setConfirmed}
          />
        )}
      </BlockStack>
    </Dialog>
  );
}
