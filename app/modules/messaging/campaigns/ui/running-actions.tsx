import { Button } from '@shopify/polaris';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Action } from '#app/components/use-action.ts';
import type { CampaignPageView } from '../campaign-screen.server.ts';
import { ActionRow } from './action-row.tsx';
import { Confirm } from './confirm.tsx';

interface RunningProps {
  view: CampaignPageView;
  action: Action;
  onExport: () => void;
}

/** Pausing, resuming and cancelling what is being sent; duplicating and exporting what was. */
export function RunningActions({ view, action, onExport }: RunningProps) {
  const { t } = useTranslation();
  const [isAsked, setAsked] = useState(false);
  const { state } = view.campaign;
  const isPaused = state === 'paused';
  const isOpen = isPaused || state === 'running';
  return (
    <ActionRow>
      {isOpen && (
        <Button tone="critical" variant="tertiary" onClick={() => setAsked(true)}>
          {t('campaigns.cancel')}
        </Button>
      )}
      <Button onClick={onExport}>{t('campaigns.results.export')}</Button>
      <DuplicateButton view={view} action={action} />
      {isOpen && (
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
      )}
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
    </ActionRow>
  );
}

/** Makes a draft like this one, and opens it. */
export function DuplicateButton({ view, action }: { view: CampaignPageView; action: Action }) {
  const { t } = useTranslation();
  return (
    <Button
      disabled={action.isBusy}
      onClick={() =>
        action.act(
          { intent: 'duplicate', name: t('campaigns.copy_of', { name: view.campaign.name }) },
          t('campaigns.duplicated'),
        )
      }
    >
      {t('campaigns.duplicate')}
    </Button>
  );
}
