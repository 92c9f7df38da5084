import { Text } from '@shopify/polaris';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Dialog } from './dialog.tsx';

interface OfflineDialogProps {
  /** The connection is back. */
  onTryAgain: () => void;
  onStay: () => void;
}

/** Says that there is no connection: the screen behind it stays, with what was typed. */
export function OfflineDialog({ onTryAgain, onStay }: OfflineDialogProps) {
  const { t } = useTranslation();
  const [isStillOffline, setIsStillOffline] = useState(false);
  return (
    <Dialog
      title={t('errors.offline.title')}
      action={{
        label: t('errors.offline.try_again'),
        onAction: () => (navigator.onLine ? onTryAgain() : setIsStillOffline(true)),
      }}
      error={isStillOffline && t('errors.offline.still')}
      onClose={onStay}
    >
      <Text as="p">{t('errors.offline.text')}</Text>
    </Dialog>
  );
}
