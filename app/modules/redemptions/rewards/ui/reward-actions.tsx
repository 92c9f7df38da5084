import { useFetcher, useNavigate } from '@remix-run/react';
import { useAppBridge } from '@shopify/app-bridge-react';
import type { MenuActionDescriptor } from '@shopify/polaris';
import { useEffect, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { AFTER_SAVE } from '#app/components/unsaved.ts';
import { ConfirmModal } from '#app/components/confirm-modal.tsx';
import type { SaveAnswer } from '#app/components/use-draft.ts';
import type { Reward } from '../../rules/reward.ts';

type Intent = 'pause' | 'resume' | 'remove';

/** Pause or resume, remove: the page's actions and the dialog that asks before. */
export function useRewardActions({ name, status }: Pick<Reward, 'name' | 'status'>): {
  actions: MenuActionDescriptor[];
  dialog: ReactNode;
} {
  const { t, i18n } = useTranslation();
  const shopify = useAppBridge();
  const navigate = useNavigate();
  const fetcher = useFetcher<SaveAnswer>();
  const [asked, setAsked] = useState<Intent | null>(null);
  const isBusy = fetcher.state !== 'idle';

  useEffect(() => {
    if (fetcher.state !== 'idle' || !fetcher.data) return;
    setAsked(null);
    if (!fetcher.data.ok) shopify.toast.show(t('errors.field.not_saved'), { isError: true });
    else if (fetcher.data.goTo === undefined) shopify.toast.show(t('common.saved'));
    else {
      shopify.toast.show(t('rewards.removed'));
      navigate(fetcher.data.goTo, { replace: true, state: AFTER_SAVE });
    }
  }, [fetcher.state, fetcher.data, shopify, navigate, t]);

  const ask = (intent: Intent) => ({
    content: t(`rewards.action_${intent}`),
    disabled: isBusy,
    onAction: () => setAsked(intent),
  });
  return {
    actions: [ask(status === 'active' ? 'pause' : 'resume'), { ...ask('remove'), destructive: true }],
    dialog: asked && (
      <ConfirmModal
        isOpen
        title={t(`rewards.confirm_${asked}_title`, { name })}
        text={t(`rewards.confirm_${asked}_text`)}
        confirm={t(`rewards.action_${asked}`)}
        isDestructive={asked === 'remove'}
        isBusy={isBusy}
        onConfirm={() =>
          fetcher.submit(
            { intent: asked, locale: i18n.language },
            { method: 'post', encType: 'application/json' },
          )
        }
        onCancel={() => setAsked(null)}
      />
    ),
  };
}
