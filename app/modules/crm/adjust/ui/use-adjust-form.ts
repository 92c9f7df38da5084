import { useFetcher, useNavigate } from '@remix-run/react';
import { useAppBridge } from '@shopify/app-bridge-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCustomerName } from '#app/modules/customers/ui/customer-name.ts';
import { useShop } from '#app/components/shop-context.tsx';
import { AFTER_SAVE } from '#app/components/unsaved.ts';
import { useFormat } from '#app/components/use-format.ts';
import { addDays } from '#app/lib/calendar-days.ts';
import type { FieldErrors } from '#app/lib/field-errors.ts';
import { readAdjustForm, type AdjustDraft, type AdjustValues } from '../adjust-form.ts';
import { kindOfReason } from '#app/modules/ledger/rules/adjustment.ts';
import type { AdjustAnswer } from '../adjust-screen.server.ts';
import type { AdjustedCustomer } from '../find-to-adjust.queries.server.ts';

const blank = (today: string, lifetimeDays: number | null): AdjustValues => ({
  direction: 'add',
  reason: '',
  unit: 'POINTS',
  amount: '',
  effectiveOn: today,
  validFromOn: today,
  lifetime: lifetimeDays === null ? 'never' : 'until',
  expiresOn: lifetimeDays === null ? '' : addDays(today, lifetimeDays),
  orderId: '',
  note: '',
});

/**
 * The Adjust form while it is filled in. It has one key from opening to saving: what is sent twice, by a double click
 * or after a lost answer, is posted once.
 */
export function useAdjustForm(customer: AdjustedCustomer, today: string, lifetimeDays: number | null) {
  const { i18n } = useTranslation();
  const { currency } = useShop();
  const fetcher = useFetcher<AdjustAnswer>();
  const [formKey] = useState(() => crypto.randomUUID());
  const unfilled = blank(today, lifetimeDays);
  const [values, setValues] = useState(unfilled);
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

  const send = (startAnother: boolean, meant: string) => {
    sent.current = { draft: form.ok ? form.draft : null, startAnother };
    const customerId = String(customer.customerId);
    const body = { ...values, formKey, customerId, meant, locale: i18n.language };
    fetcher.submit(body, { method: 'post', encType: 'application/json' });
  };
  const errors: FieldErrors = answer?.errors ?? {};
  return {
    values,
    draft: form.ok ? form.draft : null,
    errors,
    /** What can be taken off, after more was refused. */
    available: answer?.available,
    isDirty: Object.entries(unfilled).some(([field, value]) => values[field] !== value),
    isSaving: fetcher.state !== 'idle' || fetcher.data?.ok === true,
    /** What has to be meant before it is saved. */
    question: answer?.question ?? null,
    set(field: string, value: string) {
      // Reasons belong to a direction.
      const also = field === 'direction' ? { reason: '', orderId: '' } : {};
      setValues((current) => ({ ...current, ...also, [field]: value }));
      setAnswer(null);
    },
    /** Saves with the question's figure; null to go back to the form. */
    answer(meant: string | null) {
      if (meant === null) setAnswer(null);
      else send(sent.current.startAnother, meant);
    },
    discard() {
      setValues(unfilled);
      setAnswer(null);
    },
    save: (startAnother: boolean) => send(startAnother, ''),
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
