import { useFetcher, useNavigate } from '@remix-run/react';
import { useAppBridge } from '@shopify/app-bridge-react';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { CampaignAnswer } from '../campaign-screen.server.ts';

/** For lists of customers: begins a campaign for all selected customers, and opens it (F38). */
export function useBulkSms(selection: { sent: { ids: string[] } | { filter: string }; words: string }): {
  id: string;
  content: string;
  onAction: () => void;
} {
  const { t } = useTranslation();
  const shopify = useAppBridge();
  const navigate = useNavigate();
  const fetcher = useFetcher<CampaignAnswer>();
  const { data: answer, state } = fetcher;
  useEffect(() => {
    if (state !== 'idle' || !answer) return;
    if (!answer.ok) shopify.toast.show(t('errors.field.not_saved'), { isError: true });
    else if (answer.goTo !== undefined) navigate(answer.goTo);
  }, [answer, state, navigate, shopify, t]);
  return {
    id: 'send-sms',
    content: t('campaigns.select.action'),
    onAction: () =>
      fetcher.submit(
        {
          intent: 'begin',
          name: t('campaigns.select.name', { words: selection.words }),
          selection: { ...selection.sent },
        },
        { method: 'post', action: '/app/messages/campaigns/new', encType: 'application/json' },
      ),
  };
}
