import { useFetcher, useNavigate } from '@remix-run/react';
import { useAppBridge } from '@shopify/app-bridge-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCustomerName } from '#app/modules/customers/ui/customer-name.ts';
import { useShop } from '#app/components/shop-context.tsx';
import { AFTER_SAVE } from '#app/components/unsaved.ts';
import { useFormat } from '#app/components/use-format.ts';
import type { FieldErrors } from '#app/lib/field-errors.ts';
import { readAdjustForm, type AdjustDraft, type AdjustValues } from '../adjust-form.ts';
import { kindOfReason } from '#app/modules/ledger/rules/adjustment.ts';
import type { AdjustAnswer } from '../adjust-screen.server.ts';
import type { AdjustedCustomer } from '../find-to-adjust.queries.server.ts';

const blank = (today: string): AdjustValues => ({
  reason: '',
  unit: 'POINTS',
  amount: '',
  effectiveOn: today,
  validFromOn: today,
  lifetime: 'never',
  expiresOn: '',
  orderId: '',
  note: '',
});

/**
 * The Adjust form while it is filled in. It has one key from opening to saving: what is sent twice, by a double click
 * or after a lost answer, is posted once.
 */
export function useAdjustForm(customer: AdjustedCustomer, today: string) {
  const { i18n } = useTranslation();
  const { currency } = useShop();
  const fetcher = useFetcher<AdjustAnswer>();
  const [formKey] = useState(() => crypto.randomUUID());
  const [values, setValues] = useState(() => blank(today));
  const [answer, setAnswer] = useState<Extract<AdjustAnswer, { ok: false }> | null>(null);
  const sent = useRef<{ draft: AdjustDraft | null; startAnother: boolean }>({
    draft: null,
    startAnother: false,
  });
  const form = readAdjustForm(values, { locale: i18n.language, currency, today });
  const finish = useFinish(customer);

  useEffect(() => {
    if (fetcher.state !== 'idle' || !fetcher.data) return;
    if (fetcher.data.ok) return finish(fetcher.data, sent.current);
    setAnswer(fetcher.data);
    document.getElementById(Object.keys(fetcher.data.errors)[0] ?? '')?.focus();
  }, [fetcher.state, fetcher.data]);

  const errors: FieldErrors = answer?.errors ?? {};
  return {
    values,
    draft: form.ok ? form.draft : null,
    errors,
    /** What can be taken off, after more was refused. */
    available: answer?.available,
    isDirty: Object.entries(blank(today)).some(([field, value]) => values[field] !== value),
    isSaving: fetcher.state !== 'idle' || fetcher.data?.ok === true,
    set(field: string, value: string) {
      setValues((current) => ({ ...current, [field]: value }));
      setAnswer(null);
    },
    discard() {
      setValues(blank(today));
      setAnswer(null);
    },
    save(startAnother: boolean) {
      sent.current = { draft: form.ok ? form.draft : null, startAnother };
      const body = { ...values, formKey, customerId: String(customer.customerId), locale: i18n.language };
      fetcher.submit(body, { method: 'post', encType: 'application/json' });
    },
  };
}

export type AdjustState = ReturnType<typeof useAdjustForm>;

/** Says what was saved and goes on: to the customer, or to the next form. */
function useFinish(customer: AdjustedCustomer) {
  const { t } = useTranslation();
  const format = useFormat();
  const shopify = useAppBridge();
  const navigate = useNavigate();
  const name = useCustomerName()(customer);
  return (
    { isRepeat }: { isRepeat: boolean },
    { draft, startAnother }: { draft: AdjustDraft | null; startAnother: boolean },
  ) => {
    if (draft) {
      const saved = kindOfReason(draft.reason) === 'manual_deduct' ? 'saved_deduct' : 'saved_add';
      const units = format.units(draft.amount, draft.unit);
      shopify.toast.show(isRepeat ? t('adjust.saved_before') : t(`adjust.${saved}`, { units, name }));
    }
    navigate(startAnother ? '/app/activity/adjust' : `/app/customers/${customer.customerId}`, {
      state: AFTER_SAVE,
    });
  };
}
