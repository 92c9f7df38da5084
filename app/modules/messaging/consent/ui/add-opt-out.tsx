import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FormDialog } from '#app/components/dialog.tsx';
import { TextField } from '#app/components/fields.tsx';
import { useAction } from '#app/components/use-action.ts';
import { useFieldErrorText } from '#app/components/use-field-errors.ts';

const PHONE_ID = 'opt-out-phone';

/** A number that staff were asked not to write to. */
export function AddOptOut({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const action = useAction();
  const errorOf = useFieldErrorText(action.errors);
  const [phone, setPhone] = useState('');
  useEffect(() => document.getElementById(PHONE_ID)?.focus(), []);
  return (
    <FormDialog
      title={t('opt_outs.add')}
      action={{
        label: t('opt_outs.add'),
        isBusy: action.isBusy,
        onAction: () => action.act({ intent: 'add', phone }, t('opt_outs.added'), onClose),
      }}
      error={errorOf('form')}
      onClose={onClose}
    >
      <TextField
        id={PHONE_ID}
        type="tel"
        label={t('opt_outs.number')}
        helpText={t('opt_outs.add_help')}
        value={phone}
        error={errorOf('phone')}
        onChange={setPhone}
      />
    </FormDialog>
  );
}
