import { Banner, FormLayout, Modal, Select, TextField } from '@shopify/polaris';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
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
    <Modal
      open
      title={t('club.change_tier')}
      onClose={onClose}
      primaryAction={{ content: t('common.save'), loading: action.isBusy, onAction: save }}
      secondaryActions={[{ content: t('common.cancel'), onAction: onClose }]}
    >
      <Modal.Section>
        <FormLayout>
          {action.errors.form && <Banner tone="critical">{errorOf('form')}</Banner>}
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
            autoComplete="off"
            onChange={(value) => {
              setReason(value);
              action.clear();
            }}
          />
        </FormLayout>
      </Modal.Section>
    </Modal>
  );
}
