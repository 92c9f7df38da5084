import { Banner, Text } from '@shopify/polaris';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ConfirmModal } from '#app/components/confirm-modal.tsx';
import { useAction } from '#app/components/use-action.ts';
import type { HomeView } from '../read-home.server.ts';

/** Credit of the shop's former currency, of which nothing can be spent before staff has decided. */
export function HeldCredit({ held }: { held: NonNullable<HomeView['heldCredit']> }) {
  const { t } = useTranslation();
  const action = useAction();
  const [isAsking, setIsAsking] = useState(false);
  const keep = () => {
    setIsAsking(false);
    action.act({ intent: 'keep_credit' }, t('home.held_credit.kept'));
  };
  return (
    <Banner
      tone="warning"
      title={t('home.held_credit.title', held)}
      action={{
        content: t('home.held_credit.keep'),
        loading: action.isBusy,
        onAction: () => setIsAsking(true),
      }}
      secondaryAction={{ content: t('home.held_credit.adjust'), url: '/app/activity/adjust' }}
    >
      <Text as="p">{t('home.held_credit.text', held)}</Text>
      <ConfirmModal
        isOpen={isAsking}
        title={t('home.held_credit.ask_title', held)}
        text={t('home.held_credit.ask_text', held)}
        confirm={t('home.held_credit.keep')}
        isDestructive
        isBusy={action.isBusy}
        onConfirm={keep}
        onCancel={() => setIsAsking(false)}
      />
    </Banner>
  );
}
