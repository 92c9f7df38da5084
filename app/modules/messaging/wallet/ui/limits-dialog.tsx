import { BlockStack } from '@shopify/polaris';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FormDialog } from '#app/components/dialog.tsx';
import { TextField } from '#app/components/fields.tsx';
import { useAction } from '#app/components/use-action.ts';
import { useFieldErrorText } from '#app/components/use-field-errors.ts';
import { useFormat } from '#app/components/use-format.ts';
import { currencyMark } from '#app/lib/format.ts';
import type { WalletScreenView } from '../wallet-screen.server.ts';

const MICROS_A_CENT = 10_000n;

/** What messages may cost in a month, and when staff are warned. */
export function LimitsDialog({ view, onClose }: { view: WalletScreenView; onClose: () => void }) {
  const { t, i18n } = useTranslation();
  const format = useFormat();
  const action = useAction();
  const errorOf = useFieldErrorText(action.errors);
  const typed = (micros: bigint | null) => (micros === null ? '' : format.fixed(micros / MICROS_A_CENT, 2));
  const [limit, setLimit] = useState(typed(view.monthlyLimitMicros));
  const [low, setLow] = useState(typed(view.lowMicros));
  const field = {
    prefix: currencyMark(view.currency, i18n.language),
    inputMode: 'decimal' as const,
  };
  return (
    <FormDialog
      title={t('wallet.limits.title')}
      action={{
        label: t('wallet.limits.save'),
        isBusy: action.isBusy,
        onAction: () =>
          action.act(
            { intent: 'limits', limit, low, locale: i18n.language },
            t('wallet.limits.saved'),
            onClose,
          ),
      }}
      error={errorOf('form')}
      onClose={onClose}
    >
      <BlockStack gap="400">
        <TextField
          {...field}
          id="limit"
          label={t('wallet.limits.limit')}
          helpText={t('wallet.limits.limit_help')}
          value={limit}
          error={errorOf('limit')}
          onChange={setLimit}
        />
        <TextField
          {...field}
          id="low"
          label={t('wallet.limits.low')}
          helpText={t('wallet.limits.low_help')}
          value={low}
          error={errorOf('low')}
          onChange={setLow}
        />
      </BlockStack>
    </FormDialog>
  );
}
