import { useFetcher, useNavigate } from '@remix-run/react';
import { useAppBridge } from '@shopify/app-bridge-react';
import type { MenuActionDescriptor } from '@shopify/polaris';
import { useEffect, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { AFTER_SAVE } from '#app/components/unsaved.ts';
import { ConfirmModal } from '#app/components/confirm-modal.tsx';
import type { SaveAnswer } from '#app/components/use-draft.ts';

/** The page's action that ends an offer, and the dialog that asks before. */
export function useEndOffer(name: string): { action: MenuActionDescriptor; dialog: ReactNode } {
  const { t, i18n } = useTranslation();
  const shopify = useAppBridge();
  const navigate = useNavigate();
  const fetcher = useFetcher<SaveAnswer>();
  const [isAsked, setIsAsked] = useState(false);
  const isBusy = fetcher.state !== 'idle';
  const answer = isBusy ? undefined : fetcher.data;
  useEffect(() => {
    if (!answer) return;
    setIsAsked(false);
    if (!answer.ok) shopify.toast.show(t('errors.field.not_saved'), { isError: true });
    else if (answer.goTo !== undefined) {
      shopify.toast.show(t('offers.ended'));
      navigate(answer.goTo, { state: AFTER_SAVE });
    }
  }, [answer, shopify, navigate, t]);
  const end = () =>
    fetcher.submit({ intent: 'end', locale: i18n.language }, { method: 'post', encType: 'application/json' });
  return {
    action: { content: t('offers.end'), destructive: true, onAction: () => setIsAsked(true) },
    dialog: (
      <ConfirmModal
        isOpen={isAsked}
        title={t('offers.end_title', { name })}
        text={t('offers.end_text')}
        confirm={t('offers.end')}
        isDestructive
        isBusy={isBusy}
        onConfirm={end}
        onCancel={() => setIsAsked(false)}
      />
    ),
  };
}
