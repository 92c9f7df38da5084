import { useFetcher } from '@remix-run/react';
import { useAppBridge } from '@shopify/app-bridge-react';
import { BlockStack, Text } from '@shopify/polaris';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Dialog } from '#app/components/dialog.tsx';
import { TextField } from '#app/components/fields.tsx';
import { NOTE_CHARACTERS_MAX } from '../claim-limits.ts';
import type { ClaimAnswer } from '../claim-screens.server.ts';

export type ClaimMove = 'approved' | 'delivered' | 'refused';

/** What is asked before a claim is moved. */
export interface ClaimAsk {
  claimId: string;
  to: ClaimMove;
  gift: string;
  customer: string;
  units: string;
}

/** Asks before a claim is moved, with a note for the shopper. */
export function ClaimDialog({ asked, onEnd }: { asked: ClaimAsk; onEnd: () => void }) {
  const { t, i18n } = useTranslation();
  const shopify = useAppBridge();
  const fetcher = useFetcher<ClaimAnswer>();
  const [note, setNote] = useState('');
  const { claimId, to, gift, customer, units } = asked;

  useEffect(() => {
    if (fetcher.state !== 'idle' || !fetcher.data) return;
    const answer = fetcher.data;
    onEnd();
    if (answer.ok) shopify.toast.show(t(`claims.done.${to}`));
    else if (answer.reason === 'not_allowed') {
      const state = t(`claims.state.${answer.state}`);
      shopify.toast.show(t('claims.not_allowed', { state }), { isError: true });
    } else {
      const text = answer.reason === 'not_sent' ? t('errors.field.not_saved') : t('claims.note_too_long');
      shopify.toast.show(text, { isError: true });
    }
    // Once an answer: everything else here is created on each render.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [fetcher.state, fetcher.data]);

  return (
    <Dialog
      title={t(`claims.confirm.${to}_title`, { gift, customer })}
      action={{
        label: t(`claims.action.${to}`),
        isDestructive: to === 'refused',
        isBusy: fetcher.state !== 'idle',
        onAction: () =>
          fetcher.submit(
            { claimId, to, note, locale: i18n.language },
            { method: 'post', action: '/app/activity/reward-requests', encType: 'application/json' },
          ),
      }}
      onClose={onEnd}
    >
      <BlockStack gap="400">
        <Text as="p">{t(`claims.confirm.${to}_text`, { units })}</Text>
        <TextField
          label={t('claims.note')}
          helpText={t('claims.note_help')}
          multiline={2}
          value={note}
          maxLength={NOTE_CHARACTERS_MAX}
          onChange={setNote}
        />
      </BlockStack>
    </Dialog>
  );
}
