import { Button } from '@shopify/polaris';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Action } from '#app/components/use-action.ts';
import type { CampaignPageView } from '../campaign-screen.server.ts';
import { ActionRow } from './action-row.tsx';
import { Confirm } from './confirm.tsx';

/** What can be done with a draft, and with one whose recipients are being worked out. */
export function DraftActions({ view, action }: { view: CampaignPageView; action: Action }) {
  const { t } = useTranslation();
  const [isAsked, setAsked] = useState(false);
  const { campaign } = view;
  const isDraft = campaign.state === 'draft';
  const canPrice = view.account !== null && campaign.texts.length > 0;
  return (
    <ActionRow>
      {isDraft ? (
        <Button tone="critical" variant="tertiary" onClick={() => setAsked(true)}>
          {t('campaigns.delete')}
        </Button>
      ) : (
        <Button
          variant="tertiary"
          loading={action.isBusy}
          onClick={() => action.act({ intent: 'cancel' }, t('campaigns.stopped'))}
        >
          {t('campaigns.stop')}
        </Button>
      )}
      <Button url={`/app/messages/campaigns/${campaign.campaignId}/edit`}>{t('campaigns.edit')}</Button>
      {isDraft && canPrice && (
        <Button
          variant="primary"
          loading={action.isBusy && !isAsked}
          onClick={() => action.act({ intent: 'freeze' }, t('campaigns.freezing.begun'))}
        >
          {t('campaigns.continue')}
        </Button>
      )}
      <Confirm
        isOpen={isAsked}
        action={action}
        isDestructive
        title={t('campaigns.delete_title')}
        text={t('campaigns.delete_text')}
        confirm={t('campaigns.delete')}
        onConfirm={() => action.act({ intent: 'delete' }, t('campaigns.deleted'))}
        onCancel={() => setAsked(false)}
      />
    </ActionRow>
  );
}
