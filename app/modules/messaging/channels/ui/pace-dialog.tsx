import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FormDialog } from '#app/components/dialog.tsx';
import { TextField } from '#app/components/fields.tsx';
import { useAction } from '#app/components/use-action.ts';
import { useFieldErrorText } from '#app/components/use-field-errors.ts';
import { useFormat } from '#app/components/use-format.ts';
import { readablePhone } from '#app/lib/phone.ts';
import type { ChannelScreenView } from '../channel-screen.server.ts';

export type SenderView = NonNullable<ChannelScreenView['channel']>['senders'][number];

/** A number in groups, or the name. */
export const shownAddress = ({ kind, address }: SenderView): string =>
  kind === 'number' ? readablePhone(address) : address;

/** How many parts a second a sender sends at most. */
export function PaceDialog({ sender, onClose }: { sender: SenderView; onClose: () => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const action = useAction();
  const errorOf = useFieldErrorText(action.errors);
  const [perSecond, setPerSecond] = useState(String(sender.perSecond));
  return (
    <FormDialog
      title={t('messaging.senders.change_pace')}
      action={{
        label: t('messaging.senders.pace_save'),
        isBusy: action.isBusy,
        onAction: () =>
          action.act(
            { intent: 'pace', address: sender.address, perSecond },
            t('messaging.senders.pace_saved'),
            onClose,
          ),
      }}
      error={errorOf('form')}
      onClose={onClose}
    >
      <TextField
        id="perSecond"
        inputMode="numeric"
        label={t('messaging.senders.pace_title', { sender: shownAddress(sender) })}
        helpText={t('messaging.senders.pace_help', {
          max: format.number(BigInt(sender.perSecondMax)),
          default: format.number(BigInt(sender.perSecondDefault)),
        })}
        value={perSecond}
        error={errorOf('perSecond')}
        onChange={setPerSecond}
      />
    </FormDialog>
  );
}
