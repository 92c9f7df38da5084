import { useFetcher } from '@remix-run/react';
import { BlockStack, Text } from '@shopify/polaris';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FormDialog } from '#app/components/dialog.tsx';
import { ChoiceList, TextField } from '#app/components/fields.tsx';
import { useFieldErrorText } from '#app/components/use-field-errors.ts';
import { useFormat } from '#app/components/use-format.ts';
import { currencyMark } from '#app/lib/format.ts';
import { minorToMicros, WALLET_CURRENCY } from '#app/lib/micros.ts';
import type { TopupStarted } from '../top-up.server.ts';

const SUGGESTED_MINOR = [1_000n, 2_500n, 5_000n, 10_000n];
const OTHER = 'other';

/** Asks how much, and goes to the page of Shopify's where it is approved. */
export function TopUpDialog({ onClose }: { onClose: () => void }) {
  const { t, i18n } = useTranslation();
  const format = useFormat();
  const fetcher = useFetcher<TopupStarted>();
  const errorOf = useFieldErrorText(fetcher.data?.ok === false ? fetcher.data.errors : {});
  const [choice, setChoice] = useState('2500');
  const [typed, setTyped] = useState('');
  const isLeaving = fetcher.data?.ok === true;
  useEffect(() => {
    if (fetcher.data?.ok) open(fetcher.data.confirmationUrl, '_top');
  }, [fetcher.data]);
  const amount = choice === OTHER ? typed : format.fixed(BigInt(choice), 2);
  return (
    <FormDialog
      title={t('wallet.top_up')}
      action={{
        label: t('wallet.continue'),
        isBusy: fetcher.state !== 'idle' || isLeaving,
        onAction: () =>
          fetcher.submit({ amount, locale: i18n.language }, { method: 'post', encType: 'application/json' }),
      }}
      error={errorOf('form')}
      onClose={onClose}
    >
      <BlockStack gap="400">
        <ChoiceList
          title={t('wallet.amount')}
          choices={[
            ...SUGGESTED_MINOR.map((minor) => ({
              value: String(minor),
              label: format.micros(minorToMicros(minor, WALLET_CURRENCY), WALLET_CURRENCY),
            })),
            {
              value: OTHER,
              label: t('wallet.other_amount'),
              renderChildren: (isChosen: boolean) =>
                isChosen && (
                  <TextField
                    id="amount"
                    label={t('wallet.other_amount')}
                    labelHidden
                    prefix={currencyMark(WALLET_CURRENCY, i18n.language)}
                    inputMode="decimal"
                    value={typed}
                    error={errorOf('amount')}
                    onChange={setTyped}
                  />
                ),
            },
          ]}
          selected={[choice]}
          onChange={([next]) => setChoice(next ?? OTHER)}
        />
        <Text as="p" tone="subdued">
          {t('wallet.top_up_text')}
        </Text>
      </BlockStack>
    </FormDialog>
  );
}
