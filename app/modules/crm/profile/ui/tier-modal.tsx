import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Dialog } from '#app/components/dialog.tsx';
import { FormLayout, Select, TextField } from '#app/components/fields.tsx';
import { useFieldErrorText } from '#app/components/use-field-errors.ts';
import type { TierStandingView } from '#app/modules/membership/read-standing.server.ts';
import { useAction } from '#app/components/use-action.ts';

/** Asks which tier, and why. */
export function TierModal({ tiers, onClose }: { tiers: TierStandingView; onClose: () => void }) {
  const { t } = useTranslation();
  const action = useAction();
  const errorOf = useFieldErrorText(action.errors);
  const [tierId, setTierId] = useState(String(tiers.current?.tierId ?? tiers.all[0]?.tierId ?? ''));
  const [reason, setReason] = useState('');
  const save = () => action.act({ intent: 'tier', tierId, reason }, t('club.tier_changed'), onClose);
  return (
    <Dialog
      title={t('club.change_tier')}
      action={{ label: t('common.save'), isBusy: action.isBusy, onAction: save }}
      error={errorOf('form')}
      onClose={onClose}
    >
      <FormLayout>
        <Select
          label={t('club.tier')}
          options={tiers.all.map((tier) => ({ label: tier.name, value: String(tier.tierId) }))}
          value={tierId}
          error={errorOf('tierId')}
          onChange={(value) => {
            setTierId(value);
            action.clear();
          }}
        />
        <TextField
          label={t('club.tier_reason')}
          helpText={t('club.tier_reason_help')}
          value={reason}
          error={errorOf('reason')}
          maxLength={200}
          onChange={(value) => {
            setReason(value);
            action.clear();
          }}
        />
      </FormLayout>
    </Dialog>
  );
}
