import { useFetcher } from '@remix-run/react';
import { useAppBridge } from '@shopify/app-bridge-react';
import { BlockStack, Text } from '@shopify/polaris';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Checkbox } from '#app/components/fields.tsx';
import { FormDialog } from '#app/components/dialog.tsx';
import { useFieldErrorText } from '#app/components/use-field-errors.ts';
import { PercentFields, type PercentValues } from '#app/modules/pricing/percents/ui/percent-fields.tsx';
import type { PercentsSet } from '../set-percents.server.ts';
import type { BulkSelection } from './bulk-selection.ts';

const EMPTY: PercentValues = { discount: '', discountFrom: '', discountUntil: '', discountNote: '' };

interface BulkPercentProps {
  selection: BulkSelection;
  onClose: () => void;
  onDone: () => void;
}

/** Sets a percent of their own for all selected customers, or removes theirs. */
export function BulkPercent({ selection, onClose, onDone }: BulkPercentProps) {
  const { t, i18n } = useTranslation();
  const shopify = useAppBridge();
  const writer = useFetcher<PercentsSet>();
  const [values, setValues] = useState(EMPTY);
  const [isRemoval, setIsRemoval] = useState(false);
  const isBusy = writer.state !== 'idle';
  const answer = isBusy ? undefined : writer.data;
  const errorOf = useFieldErrorText(answer && !answer.ok ? answer.errors : {});
  useEffect(() => {
    if (!answer?.ok) return;
    const { changed, notAllowed } = answer;
    const skipped = notAllowed > 0 ? ` ${t('pricing.percent.skipped', { count: notAllowed })}` : '';
    shopify.toast.show(t('pricing.percent.set', { count: changed }) + skipped);
    onDone();
    // Only the answer matters: the callbacks are others with each rendering.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [answer]);
  const save = (): void => {
    const body = {
      intent: isRemoval ? 'no_percent' : 'percent',
      ...values,
      locale: i18n.language,
      selection: { ...selection.sent },
    };
    writer.submit(body, { method: 'post', action: '/app/resellers?index', encType: 'application/json' });
  };
  return (
    <FormDialog
      title={t('pricing.percent.bulk_title', { words: selection.words })}
      action={{
        label: isRemoval ? t('pricing.percent.remove') : t('pricing.percent.give'),
        isDestructive: isRemoval,
        isBusy,
        onAction: save,
      }}
      error={errorOf('form')}
      onClose={onClose}
    >
      <BlockStack gap="400">
        {!isRemoval && (
          <PercentFields
            values={values}
            errorOf={errorOf}
            onChange={(part) => setValues((current) => ({ ...current, ...part }))}
          />
        )}
        <Checkbox label={t('pricing.percent.remove_all')} checked={isRemoval} onChange={setIsRemoval} />
        <Text as="p" tone="subdued">
          {t('pricing.percent.bulk_help')}
        </Text>
      </BlockStack>
    </FormDialog>
  );
}
